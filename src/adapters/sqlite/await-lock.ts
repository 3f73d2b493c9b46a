import { setTimeout as pause } from 'node:timers/promises';
import { isBusy } from './failures.js';

/** Milliseconds between two attempts, in which the event loop is free. */
const pauseMillis = 50;

/** How long another process's lock is waited for. */
export interface LockPatience {
  /** Milliseconds that one attempt waits inside SQLite, which holds the event loop: keep it short. */
  readonly busyMillis: number;
  /** Milliseconds that all attempts and the pauses between them take about. */
  readonly lockMillis: number;
}

/**
 * Runs `attempt` until no other process's lock stands in its way, and gives what it returned. An attempt is
 * synchronous and must leave nothing behind when it fails: no open transaction, nothing written.
 * @throws what `attempt` threw: at once when it is no lock, else when the patience is used up.
 */
export async function awaitLock<R>({ busyMillis, lockMillis }: LockPatience, attempt: () => R): Promise<R> {
  for (let left = Math.ceil(lockMillis / (busyMillis + pauseMillis)); ; left -= 1) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || left <= 1) throw error;
      await pause(pauseMillis);
    }
  }
}
