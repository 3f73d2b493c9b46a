import { AppError } from '../../kernel/index.js';

/** Whether SQLite refused because the id or a unique key is taken. */
export function isTaken(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

/** Whether another process or connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY') || codeOf(error).startsWith('SQLITE_LOCKED');
}

/**
 * What the caller is told when the database failed (full, unreadable, locked too long, closed): `unavailable`, with
 * the failure as cause. An error that is no failure of the database is given back as it is.
 */
export function unavailable(error: unknown): unknown {
  const closed = String((error as Error | undefined)?.message).includes('database connection is not open');
  if (!closed && !codeOf(error).startsWith('SQLITE_')) return error;
  return new AppError('unavailable', 'The database cannot be used at the moment; try again later.', {
    cause: error,
  });
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
