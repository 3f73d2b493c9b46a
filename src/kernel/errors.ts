/**
 * The closed set of ways in which a request can fail. Rooms throw `AppError`; only `web/problem.ts`
 * knows which HTTP status a code becomes.
 */
export const errorCodes = [
  'invalid-request',
  'not-authenticated',
  'not-permitted',
  'not-found',
  'method-not-allowed',
  'not-acceptable',
  'already-exists',
  'conflict',
  'precondition-failed',
  'precondition-required',
  'rule-violated',
  'too-large',
  'unsupported-media-type',
  'too-many-requests',
  'unavailable',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** One fault in the request: which member (JSON Pointer, RFC 6901) and what the rule is, with the way out. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/**
 * A failure that the caller is told about. `message` is written for the caller; anything private goes in
 * `cause`, which is logged and never sent.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[];

  constructor(
    code: ErrorCode,
    detail: string,
    options: { readonly cause?: unknown; readonly errors?: readonly FieldError[] } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.errors = options.errors ?? [];
  }
}

/** `value` when it is there, else `not-found` saying which `thing` is not: what one may not see looks the same. */
export function found<T>(value: T | undefined, thing: string): T {
  if (value === undefined) throw new AppError('not-found', `There is no such ${thing}.`);
  return value;
}

/** A broken rule of the domain, about one field of the request. */
export function ruleViolated(pointer: string, detail: string): AppError {
  return new AppError('rule-violated', detail, { errors: [{ pointer, detail }] });
}

/** The failing default of an exhaustive switch: a value that the types say cannot be. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
