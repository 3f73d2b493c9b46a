import { afterAll } from '@jest/globals';
import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { describeCollections } from './collection.contract.js';

const folder = mkdtempSync(join(tmpdir(), 'touchstone-sqlite-'));
const file = join(folder, 'store.sqlite');
afterAll(() => rmSync(folder, { recursive: true }));

describeCollections('SQLite', {
  open: () => openSqlite({ file }),
  async cutOff() {
    const store = await openSqlite({ file, busyMillis: 20, lockMillis: 200 });
    // Another process that holds the database and does not let go.
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    return {
      store,
      restore: async () => {
        other.close();
      },
    };
  },
});
