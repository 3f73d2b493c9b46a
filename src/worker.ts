import type { Answer, Task } from './adapters/workers/index.js';
import { AppError } from './kernel/index.js';
import { boundedJudge, warmJudge } from './verification/index.js';

// Before the first task, whose clock has not begun yet.
await warmJudge();

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
    throw error;
  }
}
