import type { ErrorCode, FieldError } from '../../kernel/index.js';
import type { Judge } from '../../verification/index.js';

/** One call of the judge, as it is posted to a thread. */
export interface Task {
  readonly method: Exclude<keyof Judge, 'forSender'>;
  readonly args: readonly unknown[];
  /**
   * Shared memory of two numbers, which the thread writes when it begins: the time (`process.hrtime`), and the
   * microseconds of processor time that the process had used by then.
   */
  readonly began: BigInt64Array;
}

/** What comes back. Errors of ours are spelled out: an Error loses its own members on the way between threads. */
export type Answer =
  | { readonly kind: 'done'; readonly value: unknown }
  | {
      readonly kind: 'refused';
      readonly code: ErrorCode;
      readonly detail: string;
      readonly errors: readonly FieldError[];
    }
  | { readonly kind: 'too-deep' }
  /** A fault that nobody foresaw, for the log. */
  | { readonly kind: 'fault'; readonly reason: string };
