import { AppError } from '../../kernel/index.js';

/** Whether a unique index, or `_id`, refused the write. */
export function isTaken(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 11000;
}

/**
 * What the caller is told when the server, the way to it or its write concern failed: `unavailable`, with the failure
 * as cause. Any other error is given back as it is.
 */
export function unavailable(error: unknown): unknown {
  const name = String((error as Error | undefined)?.name);
  if (!name.startsWith('Mongo')) return error;
  return new AppError('unavailable', 'The database cannot be reached at the moment; try again later.', {
    cause: error,
  });
}
