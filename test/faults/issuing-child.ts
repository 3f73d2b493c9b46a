// Run in a process of its own over the data folder DIR: carries out everything due, and kills itself after STEP.
import { compose } from '../../src/compose.js';
import { settableClock } from '../../src/kernel/index.js';
import { inProcessJudge } from '../../src/verification/index.js';
import { faultConfig, faultSecrets } from './fault-settings.js';

const [dir, step] = process.argv.slice(2);
const service = await compose(faultConfig(dir!), faultSecrets, {
  clock: settableClock('2026-11-20T10:00:00Z'),
  background: () => false,
  judge: inProcessJudge,
  log: (event) =>
    process.stdout.write(
      `${JSON.stringify(event, (_, value) => (value instanceof Error ? value.message : value))}\n`,
    ),
  atStep: (reached) => {
    if (reached === step) process.kill(process.pid, 'SIGKILL');
  },
});
await service.settle();
await service.close();
process.stdout.write('settled\n');
