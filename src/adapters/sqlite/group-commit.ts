import type { Database } from 'better-sqlite3';
import { AppError } from '../../kernel/index.js';
import { awaitLock, type LockPatience } from './await-lock.js';
import { unavailable } from './failures.js';

interface Waiting {
  readonly write: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** Writes that one commit takes at most: a huge batch must not hold the loop or other processes for long. */
const writesPerCommit = 1000;

/**
 * Runs writes so that all which wait in one turn of the event loop share one commit, hence one flush to the disk.
 * Every caller is answered only after that commit. One write's refusal does not touch the others: each write is
 * one statement, which SQLite undoes alone when a constraint stops it. Any other failure undoes the whole group.
 * A group that meets another process's lock is tried again as a whole, nothing of it having been kept.
 */
export function groupCommit(db: Database, patience: LockPatience) {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  async function flushAll(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.slice(0, writesPerCommit);
      waiting = waiting.slice(writesPerCommit);
      await commit(db, patience, group);
      if (waiting.length > 0) await turn();
    }
    running = undefined;
  }

  return {
    /**
     * Runs `write` (one statement) in the next commit and gives what it returned.
     * @throws the AppError that `write` threw; `unavailable` when the commit did not happen.
     */
    write<R>(write: () => R): Promise<R> {
      return new Promise<R>((resolve, reject) => {
        waiting.push({ write, resolve: resolve as (value: unknown) => void, reject });
        running ??= turn().then(flushAll);
      });
    },
    /** Resolves when no write waits any more. */
    async idle(): Promise<void> {
      while (running !== undefined) await running;
    },
  };
}

/** The next turn of the event loop. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function commit(db: Database, patience: LockPatience, group: readonly Waiting[]): Promise<void> {
  try {
    const answers = await awaitLock(patience, () => attempt(db, group));
    for (const answer of answers) answer();
  } catch (error) {
    for (const { reject } of group) reject(unavailable(error));
  }
}

/** Writes the group in one commit, in one go: nothing else of this process comes between. Gives how to answer. */
function attempt(db: Database, group: readonly Waiting[]): (() => void)[] {
  try {
    db.exec('BEGIN IMMEDIATE');
    const answers = group.map(({ write, resolve, reject }) => {
      try {
        const value = write();
        return () => resolve(value);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return () => reject(error);
      }
    });
    db.exec('COMMIT');
    return answers;
  } catch (error) {
    // A full disk or a failed flush can end the transaction by itself; whatever is left of it is undone here.
    try {
      if (db.inTransaction) db.exec('ROLLBACK');
    } catch {
      // the first failure is the one to tell
    }
    throw error;
  }
}
