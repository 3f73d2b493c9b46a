import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { AppError } from '../../kernel/index.js';
import { inProcessJudge, JudgingEnded, type Judge } from '../../verification/index.js';
import type { Answer, Task } from './task.js';
import { stopping, turns } from './turns.js';

export interface WorkerOptions {
  /** The bundled `src/worker.ts`. */
  readonly url: URL;
  /** How long a thread may work on one call. */
  readonly wallClockSeconds: number;
  /** How many of one sender's calls run at once. One thread more is there, for whoever else comes. */
  readonly threads: number;
  /** How many calls may wait for a thread. */
  readonly waiting: number;
  /** What one thread's heap may hold. */
  readonly megabytes: number;
  /** Told of a thread that was ended, and of one that could not be started. */
  readonly log?: (event: object) => void;
}

export interface JudgeInWorkers {
  readonly judge: Judge;
  /** Starts the first thread, so that the first caller does not wait for it. Needs not be called. */
  warm(): void;
  close(): Promise<void>;
}

/** A thread that loads longer than this does not come any more. */
const startSeconds = 60;

/**
 * A judge whose every call runs in a worker thread under a wall clock. When the clock strikes, or the thread runs out
 * of memory, the thread is ended and replaced, and the call alone throws `JudgingEnded`. Senders take turns, and one never
 * has all threads; calls of nobody in particular are one sender's. The first threads start with the first call; up to
 * three are kept, others end after half a minute without work.
 * @throws unavailable when the worker's file is not there.
 */
export function judgeInWorkers(options: WorkerOptions): JudgeInWorkers {
  const filename = fileURLToPath(options.url);
  if (!existsSync(filename)) {
    throw new AppError(
      'unavailable',
      `Credentials are checked in worker threads, whose code ${filename} is not there: make it with "npm run build".`,
    );
  }
  const log = options.log ?? (() => undefined);
  const queue = turns({
    atOnce: options.threads + 1,
    ofOneSender: options.threads,
    waiting: options.waiting,
  });
  let pool: Piscina<Task, Answer> | undefined;
  const threads = () => (pool ??= startPool(filename, options, log));
  let isClosed = false;

  /** A thread may go away before it begins with what it was given: then another is asked. */
  async function inSomeThread(method: Task['method'], args: readonly unknown[]): Promise<Answer> {
    for (let asked = 1; ; asked += 1) {
      try {
        return await inThread(threads(), { method, args }, options.wallClockSeconds);
      } catch (error) {
        if (!(error instanceof NeverBegun)) throw error;
        log({ event: 'worker-failed', error: error.cause });
        if (isClosed) throw stopping();
        if (asked === 3) throw noThread(error.cause);
      }
    }
  }

  async function call(sender: string, method: Task['method'], args: readonly unknown[]): Promise<unknown> {
    const done = await queue.take(sender);
    try {
      if (isClosed) throw stopping();
      return valueOf(await inSomeThread(method, args));
    } catch (error) {
      if (error instanceof JudgingEnded)
        log({
          event: 'judging-ended',
          method,
          usedUp: error.usedUp.kind,
          ...(error.cause === undefined ? {} : { error: error.cause }),
        });
      throw error;
    } finally {
      done();
    }
  }

  // Every call of the port goes the same way, so a new one needs nothing here.
  const judgeFor = (sender: string) =>
    Object.fromEntries(
      (Object.keys(inProcessJudge) as Task['method'][]).map((method) => [
        method,
        (...args: readonly unknown[]) => call(sender, method, args),
      ]),
    ) as unknown as Judge;
  return {
    judge: { ...judgeFor(''), forSender: judgeFor },
    warm: () => {
      if (!isClosed) threads();
    },
    close: async () => {
      isClosed = true;
      queue.close();
      await pool?.destroy();
    },
  };
}

function startPool(filename: string, options: WorkerOptions, log: (event: object) => void) {
  const ready = new Set<number>();
  const pool = new Piscina<Task, Answer>({
    // A call waits for whichever thread is free first, and is never tied to one that still loads.
    loadBalancer: (_task, workers) =>
      workers.find((worker) => worker.currentUsage === 0 && ready.has(worker.id)) ?? null,
    filename,
    // Three: while one judges what is slow and one loads because the last slow thing has cost it, one is free.
    minThreads: Math.min(3, options.threads + 1),
    maxThreads: options.threads + 1,
    idleTimeout: 30_000,
    // Threads sleep in their event loop, where their memory is collected.
    atomics: 'disabled',
    // Nothing of the environment is theirs to know.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: options.megabytes, maxYoungGenerationSizeMb: 32 },
  });
  pool.on('workerCreate', ({ id }: { readonly id: number }) => ready.add(id));
  pool.on('workerDestroy', ({ id }: { readonly id: number }) => ready.delete(id));
  pool.on('message', log);
  pool.on('error', (error: unknown) => log({ event: 'worker-failed', error }));
  return pool;
}

/**
 * Posts the task and holds a clock over it. The clock counts from the moment at which the thread begins: starting a
 * thread is not the document's doing. On a machine that has no time for us it waits up to twice as long again.
 */
async function inThread(
  pool: Piscina<Task, Answer>,
  call: Pick<Task, 'method' | 'args'>,
  wallClockSeconds: number,
): Promise<Answer> {
  const began = new BigInt64Array(new SharedArrayBuffer(16));
  const posted = process.hrtime.bigint();
  const stop = new AbortController();
  let ended: Error | undefined;
  let timer: NodeJS.Timeout;
  const look = () => {
    const begun = Atomics.load(began, 0);
    const [since, seconds] = begun === 0n ? [posted, startSeconds] : [begun, wallClockSeconds];
    const left = seconds * 1000 - Number(process.hrtime.bigint() - since) / 1e6;
    if (left > 0) {
      timer = setTimeout(look, Math.min(left, wallClockSeconds * 1000));
      return;
    }
    if (begun !== 0n && wasStarved(Atomics.load(began, 1), seconds) && -left < 2 * seconds * 1000) {
      timer = setTimeout(look, seconds * 100);
      return;
    }
    ended = begun === 0n ? noThread() : new JudgingEnded({ kind: 'time', seconds });
    stop.abort();
  };
  timer = setTimeout(look, wallClockSeconds * 1000);
  try {
    return await pool.run({ ...call, began }, { signal: stop.signal });
  } catch (error) {
    throw ended ?? lost(error, Atomics.load(began, 0) !== 0n);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Whether the whole process was given less than half of this time by a processor since: then the machine is slow, and
 * not the document.
 */
function wasStarved(microsecondsBefore: bigint, seconds: number): boolean {
  const { user, system } = process.cpuUsage();
  return (user + system - Number(microsecondsBefore)) / 1e6 < seconds / 2;
}

/** The thread ended with a call that it had not begun: another's doing. */
class NeverBegun extends Error {
  override readonly name = 'NeverBegun';
}

function noThread(cause?: unknown): AppError {
  return new AppError(
    'unavailable',
    'No worker thread could be started to check the credential; try again.',
    {
      cause,
    },
  );
}

/** What an error of the pool means for the call that it hit, whatever the error. */
function lost(error: unknown, hasBegun: boolean): Error {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  // Ours: the pool is taken down.
  if (message === 'Terminating worker thread') return stopping();
  if (!hasBegun) return new NeverBegun(String(message), { cause: error });
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return new JudgingEnded({ kind: 'memory' });
  return new JudgingEnded({ kind: 'fault' }, { cause: error });
}

function valueOf(answer: Answer): unknown {
  switch (answer.kind) {
    case 'done':
      return answer.value;
    case 'refused':
      throw new AppError(answer.code, answer.detail, { errors: answer.errors });
    case 'too-deep':
      throw new JudgingEnded({ kind: 'memory' });
    case 'fault':
      throw new JudgingEnded({ kind: 'fault' }, { cause: answer.reason });
  }
}
