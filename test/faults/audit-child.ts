// Run in a process of its own over the database FILE: drains the audit record, and kills itself at STEP where one is given.
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { anAuditHouse } from '../support/audit-house.js';
import { killedAt } from '../support/stepped-store.js';

const [file, step] = process.argv.slice(2);
const store = await openSqlite({ file: file! });
const kill = () => process.kill(process.pid, 'SIGKILL');
const house = anAuditHouse(step === undefined ? store : killedAt(store, Number(step), kill));
process.stdout.write('draining\n');
await house.drain();
await store.close();
process.stdout.write('drained\n');
