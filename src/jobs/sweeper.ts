import { plusSeconds, type Clock, type Instant } from '../kernel/index.js';

/** A kind of due work: where its documents are found and how one of them is settled. Handed in by `compose.ts`. */
export interface Effect<D extends DueDocument = DueDocument> {
  readonly name: string;
  /** Documents due not after `before`, of every district, oldest first. */
  sweep(before: Instant, limit: number): Promise<readonly D[]>;
  /** Carries the work out and clears the due field. Can be run again from any point. */
  settle(doc: D): Promise<void>;
}

export interface DueDocument {
  readonly id: string;
  readonly district: string;
}

export interface SweeperOptions {
  readonly clock: Clock;
  /** One pass takes them in this order. */
  readonly effects: readonly Effect[];
  /** Told of each failure; ids only. */
  readonly log: (failure: {
    readonly effect: string;
    readonly district: string | null;
    readonly id: string | null;
    readonly error: unknown;
  }) => void;
  /** How often due work is looked for. */
  readonly intervalMillis: number;
  /** Whether `wake` and the interval do anything now; `settleAll` always does. Always, when left out. */
  readonly enabled?: () => boolean;
}

export interface Sweeper {
  /** Looks for due work soon. The promise says when that pass has ended, never fails and need not be awaited. */
  wake(): Promise<void>;
  /** Settles everything due now, what failed before too, and says how many documents were settled and how many failed. */
  settleAll(): Promise<{ readonly settled: number; readonly failed: number }>;
  /** Ends the looking, after the pass that runs. */
  stop(): Promise<void>;
}

/** Documents that one sweep reads at most. */
const sweepLimit = 200;

/** How often one pass goes over all effects: one settles what another made due, and a circle must end. */
const roundsPerPass = 50;

/** The longest time for which a failing document is left alone, in seconds. */
const longestBackoff = 900;

/**
 * Carries out due work: every `intervalMillis`, on `wake`, and when asked to settle all. One pass takes the effects in
 * their order and goes round until nothing is due. A document whose work fails is told to the log and left alone for
 * 5, 10, 20 ... 900 seconds (in memory: after a restart it is tried at once), and stands in no other's way, as long as
 * no more than 1,000 of one effect fail at a time. Passes of
 * one process never overlap; several processes may, for settling is safe to repeat.
 */
export function createSweeper({
  clock,
  effects,
  log,
  intervalMillis,
  enabled = () => true,
}: SweeperOptions): Sweeper {
  const backoffs = new Map<string, { readonly failures: number; readonly until: Instant }>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  let stopped = false;

  /** Passes run one after the other. */
  function queued<R>(pass: () => Promise<R>): Promise<R> {
    const next = last.then(pass);
    last = next.catch(() => undefined);
    return next;
  }

  function wake(): Promise<void> {
    if (stopped || !enabled()) return Promise.resolve();
    waiting ??= queued(async () => {
      waiting = undefined;
      if (!stopped) await pass(false);
    });
    return waiting;
  }

  async function pass(retryNow: boolean): Promise<{ settled: number; failed: number }> {
    const failed = new Set<string>();
    let settled = 0;
    for (let round = 0; round < roundsPerPass; round += 1) {
      let tried = 0;
      for (const effect of effects) {
        if (failed.has(effect.name)) continue;
        const done = await settleDue(effect, failed, retryNow);
        tried += done.tried;
        settled += done.settled;
      }
      if (tried === 0 || (stopped && !retryNow)) break;
    }
    return { settled, failed: failed.size };
  }

  /** Settles what one sweep of an effect finds due, each document once, and says how many. */
  async function settleDue(effect: Effect, failed: Set<string>, retryNow: boolean) {
    const now = clock.now();
    let due: readonly DueDocument[];
    try {
      due = await sweepPast(effect, now, failed, retryNow);
    } catch (error) {
      failed.add(effect.name);
      log({ effect: effect.name, district: null, id: null, error });
      return { tried: 0, settled: 0 };
    }
    let settled = 0;
    for (const doc of due) {
      const key = keyOf(effect, doc);
      try {
        await effect.settle(doc);
        backoffs.delete(key);
        settled += 1;
      } catch (error) {
        failed.add(key);
        const failures = (backoffs.get(key)?.failures ?? 0) + 1;
        const seconds = Math.min(5 * 2 ** (failures - 1), longestBackoff);
        backoffs.set(key, { failures, until: plusSeconds(now, seconds) });
        log({ effect: effect.name, district: doc.district, id: doc.id, error });
      }
    }
    return { tried: due.length, settled };
  }

  /** The due documents that are to be tried; reads on past those left alone, so that many of them hide none. */
  async function sweepPast(effect: Effect, now: Instant, failed: ReadonlySet<string>, retryNow: boolean) {
    for (let limit = sweepLimit; ; limit = Math.min(limit * 2, 1000)) {
      const swept = await effect.sweep(now, limit);
      const due = swept.filter((doc) => {
        const key = keyOf(effect, doc);
        return !failed.has(key) && (retryNow || (backoffs.get(key)?.until ?? now) <= now);
      });
      if (due.length > 0 || swept.length < limit || limit === 1000) return due;
    }
  }

  const timer = setInterval(() => void wake(), intervalMillis);
  timer.unref();
  return {
    wake,
    settleAll: () => queued(() => pass(true)),
    async stop() {
      stopped = true;
      clearInterval(timer);
      await last;
    },
  };
}

function keyOf(effect: Effect, doc: DueDocument): string {
  return `${effect.name}/${doc.district}/${doc.id}`;
}
