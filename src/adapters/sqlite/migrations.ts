import type { Database } from 'better-sqlite3';

/**
 * The bookkeeping of a database file, numbered from 1. A number that was released is never changed: what comes
 * later gets the next one. The collections' own tables follow from their declarations (`tables.ts`).
 */
const migrations: readonly string[] = [
  // 1: which declaration each collection's table was last made from; a row that `ping` writes.
  `CREATE TABLE collections (name TEXT PRIMARY KEY, declaration TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE liveness (one INTEGER PRIMARY KEY CHECK (one = 1), pings INTEGER NOT NULL);
   INSERT INTO liveness VALUES (1, 0);`,
];

/**
 * Brings the file to the newest number, in one transaction that other processes wait for.
 * @throws Error when the file was written by a newer version of the service.
 */
export function migrate(db: Database): void {
  const run = db.transaction(() => {
    db.exec(`CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)`);
    const { done } = db.prepare('SELECT coalesce(max(number), 0) AS done FROM migrations').get() as {
      done: number;
    };
    if (done > migrations.length) {
      throw new Error(
        `The database is at migration ${done} and this version knows ${migrations.length}: run the version that wrote it, or restore an older backup.`,
      );
    }
    for (const [index, sql] of migrations.entries()) {
      if (index < done) continue;
      db.exec(sql);
      db.prepare(`INSERT INTO migrations VALUES (?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))`).run(index + 1);
    }
  });
  run.immediate();
}
