import { AppError } from '../../kernel/index.js';
import type { Answer } from './answer.js';
import { namedStatistics } from './registry.js';

/** One line of `touchstone agreement`. */
export interface CaseAnswer extends Answer {
  /** The case's own id, or its place in the file where it has none. */
  readonly id: string;
  /** Whether the case could not be read: then `reason` says what is wrong with it. */
  readonly fault: boolean;
}

/**
 * Answers every case of a file, in order: `{ cases: [{ id, statistic, input, params? }] }`. A case that cannot be read
 * is answered with its fault, and the others all the same.
 * @throws rule-violated when there is no list of cases.
 */
export function answerCases(file: unknown): readonly CaseAnswer[] {
  const cases = typeof file === 'object' && file !== null ? (file as { cases?: unknown }).cases : undefined;
  if (!Array.isArray(cases))
    throw new AppError('rule-violated', 'The file has no list "cases"; it reads { "cases": [ … ] }.');
  return cases.map((one, index) => answerCase(withRows(one, cases.slice(0, index)), index));
}

/**
 * A case whose rows are a text ("see the case above") with those of the nearest case before it that has rows of
 * submissions and raters; else the case itself.
 */
function withRows(one: unknown, before: readonly unknown[]): unknown {
  const input = inputOf(one);
  if (typeof input['rows'] !== 'string') return one;
  const from = before.map(inputOf).findLast(({ rows, columns }) => {
    const names = Array.isArray(columns) ? columns : Array.isArray(rows) ? Object.keys(rows[0] ?? {}) : [];
    return names.includes('submission') && names.includes('rater');
  });
  return from === undefined ? one : { ...(one as object), input: { ...from, ...input, rows: from['rows'] } };
}

function inputOf(one: unknown): { readonly [member: string]: unknown } {
  const input = typeof one === 'object' && one !== null ? (one as { input?: unknown }).input : undefined;
  return typeof input === 'object' && input !== null ? (input as { readonly [member: string]: unknown }) : {};
}

function answerCase(one: unknown, index: number): CaseAnswer {
  const given = (typeof one === 'object' && one !== null ? one : {}) as { readonly [name: string]: unknown };
  const id = typeof given['id'] === 'string' ? given['id'] : `cases[${index}]`;
  const name = given['statistic'];
  if (typeof name !== 'string' || !Object.hasOwn(namedStatistics, name)) {
    const known = Object.keys(namedStatistics).join(', ');
    return {
      id,
      value: null,
      reason: `no statistic is called ${JSON.stringify(name)}; known are ${known}`,
      fault: true,
    };
  }
  const params = given['params'] ?? {};
  if (typeof params !== 'object' || Array.isArray(params))
    return { id, value: null, reason: 'params must be an object.', fault: true };
  try {
    const answer = namedStatistics[name]!.of(given['input'], params as { readonly [name: string]: unknown });
    return { id, ...answer, fault: false };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { id, value: null, reason: error.message, fault: true };
  }
}
