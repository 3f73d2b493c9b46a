import { AppError, type ErrorCode, type FieldError } from '../kernel/index.js';

/** The only table from the rooms' error codes to HTTP. A code that is missing here does not compile. */
export const problemTypes = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'not-authenticated': { status: 401, title: 'Sign in first' },
  'not-permitted': { status: 403, title: 'Not permitted' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Not done here by this method' },
  'not-acceptable': { status: 406, title: 'Not offered in this form' },
  'already-exists': { status: 409, title: 'It exists already' },
  conflict: { status: 409, title: 'Somebody else changed it' },
  'precondition-failed': { status: 412, title: 'Changed since you read it' },
  'precondition-required': { status: 428, title: 'If-Match is required' },
  'rule-violated': { status: 422, title: 'A rule is broken' },
  'too-large': { status: 413, title: 'Too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Not available now' },
} as const satisfies Record<ErrorCode, { readonly status: number; readonly title: string }>;

/** A problem document (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly errors?: readonly FieldError[];
}

/** What the caller is told of an error. One that is not an `AppError` is ours: nothing of it is sent. */
export function problemOf(error: unknown, requestId: string, publicUrl: string): Problem {
  if (error instanceof AppError) {
    const { status, title } = problemTypes[error.code];
    return {
      type: `${publicUrl}/problems/${error.code}`,
      title,
      status,
      detail: namingTheField(error),
      instance: `urn:touchstone:request:${requestId}`,
      ...(error.errors.length === 0 ? {} : { errors: error.errors }),
    };
  }
  return {
    type: 'about:blank',
    title: 'Internal error',
    status: 500,
    detail:
      'Something went wrong on our side. Nothing of your request was lost that was acknowledged before.',
    instance: `urn:touchstone:request:${requestId}`,
  };
}

/** A rule that is said alone gets the name of its field before it. */
function namingTheField({ message, errors }: AppError): string {
  const first = errors[0];
  return first?.detail === message && first.pointer !== '' ? `${first.pointer} ${message}` : message;
}

/** The JSON Schema of a problem document. */
export const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What is wrong and the way out, for a person.' },
    instance: { type: 'string', description: 'Names the request, for support.' },
    errors: {
      type: 'array',
      description: 'Each field at fault.',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: {
          pointer: { type: 'string', description: 'JSON Pointer into the body.' },
          detail: { type: 'string' },
        },
      },
    },
  },
} as const;
