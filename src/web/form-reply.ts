import { AppError, type ErrorCode } from '../kernel/index.js';
import type { FormState } from './components/index.js';
import { problemTypes } from './problem.js';
import type { Reply } from './route.js';

/** Failures that another try with other words can mend: the form is shown again. Others get the error page. */
const mendable: readonly ErrorCode[] = [
  'invalid-request',
  'rule-violated',
  'already-exists',
  'conflict',
  'precondition-failed',
  'too-large',
  'unsupported-media-type',
  'unavailable',
];

/**
 * Carries out what a form asks for. When it is refused for what was typed, shows the form again: status of the
 * problem, the faults, and everything that was typed.
 */
export async function formReply(
  typed: { readonly [name: string]: unknown },
  carryOut: () => Promise<Reply>,
  again: (form: FormState) => string | Promise<string>,
): Promise<Reply> {
  try {
    return await carryOut();
  } catch (error) {
    if (!(error instanceof AppError) || !mendable.includes(error.code)) throw error;
    const form: FormState = { values: typed, errors: error.errors, problem: error.message };
    return { status: problemTypes[error.code].status, html: await again(form) };
  }
}

/** The fields of a form body by name. */
export function fieldsOfForm(body: unknown): { readonly [name: string]: unknown } {
  return typeof body === 'object' && body !== null ? (body as { [name: string]: unknown }) : {};
}

/** The text of one field, trimmed; '' when it was not sent. */
export function textOf(fields: { readonly [name: string]: unknown }, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value.trim() : '';
}

/**
 * The whole number in a hidden field of our own form: which version of a text was shown.
 * @throws invalid-request when it is none, which takes somebody who changed the form.
 */
export function shownNumberOf(fields: { readonly [name: string]: unknown }, name: string): number {
  const text = textOf(fields, name);
  if (!/^\d+$/.test(text)) throw new AppError('invalid-request', 'Open the form again.');
  return Number(text);
}

/** Every value of a field that may be chosen more than once. */
export function listOf(fields: { readonly [name: string]: unknown }, name: string): string[] {
  const value = fields[name];
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' && value !== '' ? [value] : [];
}
