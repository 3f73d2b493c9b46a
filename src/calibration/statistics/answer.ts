import type { Statistic } from '../statistic.js';
import type { RatingData } from './rating-data.js';

/** A number, null where it is undefined; or several, by name or in order. */
export type AnswerValue =
  number | null | string | readonly AnswerValue[] | { readonly [name: string]: AnswerValue };

/** What a named statistic answers to a case; `docs/agreement-format.md`. */
export interface Answer {
  readonly value: AnswerValue;
  /** Why the value, or a part of it, is null; null where all is there. */
  readonly reason: string | null;
}

/** A statistic by its name in a file of cases. */
export interface NamedStatistic {
  /** What it is, in one line. */
  readonly says: string;
  /** The parameters that it knows, all of them optional. */
  readonly params: readonly string[];
  /** The names of a composite value; a plain number where there are none. */
  readonly parts?: readonly string[];
  /** The same of ratings that were read already; only for what is made of ratings alone. */
  readonly ofRatings?: (data: RatingData, params: { readonly [name: string]: unknown }) => Answer;
  /** @throws rule-violated naming the member of the input or the parameter at fault. */
  readonly of: (input: unknown, params: { readonly [name: string]: unknown }) => Answer;
}

/** A statistic as a plain number. */
export function plain(statistic: Statistic): Answer {
  return { value: statistic.value ?? null, reason: statistic.reason };
}

/** A statistic as several numbers, all null where it is undefined, single ones where only they are. */
export function parts(
  statistic: Statistic,
  of: { readonly [name: string]: (statistic: Statistic) => number | undefined },
): Answer {
  const value = Object.fromEntries(Object.entries(of).map(([name, part]) => [name, part(statistic) ?? null]));
  // A part is missing beside a value where no spread is left to make an interval or an error from.
  const missing = Object.values(value).includes(null);
  return { value, reason: statistic.reason ?? (missing ? 'no-variation' : null) };
}
