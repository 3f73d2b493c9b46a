// Run in a process of its own over the data folder DIR: withdraws the first proof key of DISTRICT as compromised since
// MOMENT, carries out everything due, and kills itself after STEP.
import { reportKeyCompromise } from '../../src/issuing/index.js';
import { settableClock, type DistrictId } from '../../src/kernel/index.js';
import { compose } from '../../src/compose.js';
import { faultConfig, faultSecrets } from './fault-settings.js';

const [dir, district, moment, step] = process.argv.slice(2);
const service = await compose(faultConfig(dir!), faultSecrets, {
  clock: settableClock('2026-11-23T10:00:00Z'),
  background: () => false,
  log: (event) =>
    process.stdout.write(
      `${JSON.stringify(event, (_, value) => (value instanceof Error ? value.message : value))}\n`,
    ),
  atStep: (reached) => {
    if (reached === step) process.kill(process.pid, 'SIGKILL');
  },
});
await reportKeyCompromise(
  service.rooms.issuing,
  { kind: 'service', district: district as DistrictId },
  { key: 'proof-2026-1', compromisedAt: moment!, reason: 'A laptop was lost.' },
);
await service.settle();
await service.close();
process.stdout.write('settled\n');
