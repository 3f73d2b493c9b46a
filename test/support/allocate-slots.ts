/**
 * A process that takes the next free slot again and again, eight at a time, and prints each on a line of its own once
 * the store has said that it is taken. Arguments: the database file, the name of this process, how many to take.
 */
import { writeSync } from 'node:fs';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { slots } from './slots.js';

const [file, owner, wanted] = process.argv.slice(2) as [string, string, string];
const store = await openSqlite({ file });
const taken = store.collection(slots);
let left = Number(wanted);

async function take(): Promise<void> {
  while (left > 0) {
    left -= 1;
    for (let done = false; !done;) {
      const last = (await taken.page('dst_a', 'inOrder', [], { limit: 1, descending: true })).items[0];
      const slot = (last?.slot ?? 0) + 1;
      const [result] = await taken.insertMany([{ id: `${owner}-${slot}`, district: 'dst_a', slot, owner }]);
      done = result!.ok;
      if (done) writeSync(1, `${slot}\n`);
    }
  }
}

await Promise.all(Array.from({ length: 8 }, take));
await store.close();
