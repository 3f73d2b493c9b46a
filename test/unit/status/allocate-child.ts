// Run in a process of its own: allocates `count` indexes in the database `file` and writes each to stdout.
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { systemClock, systemRandomness, type DistrictId } from '../../../src/kernel/index.js';
import { allocateStatusIndex, statusStore, type StatusPorts } from '../../../src/status/index.js';

const [file, count] = process.argv.slice(2);
const store = await openSqlite({ file: file! });
const ports = {
  clock: systemClock,
  randomness: systemRandomness,
  publicUrl: 'https://credentials.example.test',
  store: statusStore(store, { block: 16 }),
} as unknown as StatusPorts;
const issuer = { district: 'dst_aaaaaaaaaaaaaaaaaaaaaaaaaa' as DistrictId, did: 'did:web:x' };
for (let i = 0; i < Number(count); i += 1) {
  const { list, index } = await allocateStatusIndex(ports, issuer, 'revocation');
  process.stdout.write(`${list} ${index}\n`);
}
await store.close();
