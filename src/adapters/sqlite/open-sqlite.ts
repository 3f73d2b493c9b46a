import Database from 'better-sqlite3';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  AppError,
  type Collection,
  type CollectionSpec,
  type Store,
  type Stored,
} from '../../kernel/index.js';
import { awaitLock, type LockPatience } from './await-lock.js';
import { sqliteCollection } from './collection.js';
import { unavailable } from './failures.js';
import { groupCommit } from './group-commit.js';
import { migrate } from './migrations.js';

export interface SqliteOptions {
  /** The database file; `:memory:` keeps nothing and is for tests. */
  readonly file: string;
  /** Milliseconds that one attempt waits for another process's lock, holding the event loop; 50 when left out. */
  readonly busyMillis?: number;
  /** Milliseconds that all attempts, with the event loop free between them, take about; 3000 when left out. */
  readonly lockMillis?: number;
}

export interface SqliteStore extends Store {
  /** Writes a consistent copy of the database to `file` while the service goes on (SQLite's online backup). */
  backup(file: string): Promise<void>;
}

/**
 * Opens the embedded store. Commits are on the disk when they are answered (WAL, synchronous=FULL); several
 * processes may open one file, and one that waits for another's lock answers other requests meanwhile. What was deleted is overwritten in the file (secure_delete).
 * @throws unavailable when the file cannot be opened or is no database; Error when a newer version wrote it.
 */
export async function openSqlite({
  file,
  busyMillis = 50,
  lockMillis = 3000,
}: SqliteOptions): Promise<SqliteStore> {
  const patience: LockPatience = { busyMillis, lockMillis };
  const db = await open(file, patience);
  const commits = groupCommit(db, patience);
  const collections = new Map<string, { readonly declaration: string; readonly made: unknown }>();
  let closing: Promise<void> | undefined;

  function collection<T extends Stored>(spec: CollectionSpec<T>): Collection<T> {
    const declaration = JSON.stringify(spec);
    const known = collections.get(spec.name);
    if (known !== undefined) {
      if (known.declaration !== declaration)
        throw new Error(`store: two declarations of the collection ${spec.name}`);
      return known.made as Collection<T>;
    }
    const made = sqliteCollection(db, commits, patience, spec);
    collections.set(spec.name, { declaration, made });
    return made;
  }

  async function close(): Promise<void> {
    await commits.idle();
    db.close();
  }

  return {
    engine: `SQLite ${String(db.prepare('SELECT sqlite_version()').pluck().get())}`,
    collection,
    ping: () =>
      commits.write(() => {
        db.prepare('UPDATE liveness SET pings = pings + 1').run();
      }),
    close: () => (closing ??= close()),
    async backup(target) {
      try {
        await db.backup(target);
      } catch (error) {
        throw unavailable(error);
      }
    },
  };
}

async function open(file: string, patience: LockPatience): Promise<Database.Database> {
  let db: Database.Database | undefined;
  try {
    if (file !== ':memory:') {
      mkdirSync(dirname(file), { recursive: true });
      // SQLite would make it readable for everyone; it holds people's work. The WAL takes over the mode.
      closeSync(openSync(file, 'a', 0o600));
    }
    const opened = (db = new Database(file, { timeout: patience.busyMillis }));
    await awaitLock(patience, () => {
      opened.pragma('journal_mode = WAL');
      opened.pragma('synchronous = FULL');
      opened.pragma('secure_delete = ON');
      migrate(opened);
    });
    return opened;
  } catch (error) {
    db?.close();
    const failure = unavailable(error);
    if (failure !== error || (error as { code?: unknown }).code === undefined) throw failure;
    // EACCES, ENOSPC, EROFS and the like
    throw new AppError('unavailable', 'The database file cannot be opened.', { cause: error });
  }
}
