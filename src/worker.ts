import type { Answer, Task } from './adapters/workers/index.js';
import { parentPort } from 'node:worker_threads';
import { AppError } from './kernel/index.js';
import { boundedJudge, warmJudge } from './verification/index.js';

// Before the first task, whose clock has not begun yet.
await warmJudge();

// What a document left behind must not end the thread: the next one's judging may be under way by now.
const outlive = (error: unknown) =>
  parentPort?.postMessage({ event: 'judging-failed', error: textOf(error) });
process.on('unhandledRejection', outlive);
process.on('uncaughtException', outlive);

/**
 * The entry of the worker threads: foreign documents are parsed and judged here, and nothing is fetched. What the
 * judge needs (contexts, schema, suites) is loaded once, with this file.
 */
export default async function work({ method, args, began }: Task): Promise<Answer> {
  const { user, system } = process.cpuUsage();
  Atomics.store(began, 1, BigInt(user + system));
  Atomics.store(began, 0, process.hrtime.bigint());
  try {
    const call = boundedJudge[method] as (...args: readonly unknown[]) => Promise<unknown>;
    return { kind: 'done', value: await call(...args) };
  } catch (error) {
    if (error instanceof AppError) {
      return { kind: 'refused', code: error.code, detail: error.message, errors: error.errors };
    }
    // The stack overflowed: the thread is as good as before.
    if (error instanceof RangeError) return { kind: 'too-deep' };
    return { kind: 'fault', reason: textOf(error) };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
