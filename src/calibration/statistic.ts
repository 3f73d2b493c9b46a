/** Why a statistic has no value. */
export type UndefinedReason =
  /** Fewer than two items (or pairs) that more than one rater rated. */
  | 'too-few-pairs'
  /** Nothing varies, so that chance or spread is 0 and the quotient 0/0. */
  | 'no-variation'
  /** It is of two raters, and there are more, or one. */
  | 'needs-two-raters'
  /** It is made of each rater's own ratings, and there are only counts. */
  | 'needs-ratings-by-rater'
  /** It needs every rater's rating of every item. */
  | 'needs-complete-ratings'
  /** It needs the values themselves, or a number that was not given. */
  | 'needs-values'
  /** Raters and submissions fall into parts that nobody links. */
  | 'not-linked'
  /** The estimation did not come to rest. */
  | 'not-converged';

/** Two ends of an interval, and the share of such intervals that hold the true value. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}

/**
 * What every agreement statistic answers. Undefined stays undefined, with the reason, to the last page:
 * never 0, 1 or NaN in its place.
 */
export interface Statistic {
  readonly value: number | undefined;
  /** Why there is no value; null when there is one. */
  readonly reason: UndefinedReason | null;
  /** Pairs (or items) that it rests on, after missing ones are left out. */
  readonly n: number;
  /** Categories that the rubric declares, used or not. */
  readonly q: number;
  readonly raters: number;
  /** Name of the statistic, with its variant. */
  readonly method: string;
  /** Asymptotic, where the statistic has one. */
  readonly standardError?: number;
  readonly interval?: Interval;
}

/** What a statistic says of itself beside its value. */
export type About = Omit<Statistic, 'value' | 'reason' | 'standardError' | 'interval'>;

/** A statistic with a value. */
export function defined(
  value: number,
  of: About,
  more: Pick<Statistic, 'standardError' | 'interval'> = {},
): Statistic {
  return { value, reason: null, ...of, ...more };
}

/** A statistic without one. */
export function undefinedBecause(reason: UndefinedReason, of: About): Statistic {
  return { value: undefined, reason, ...of };
}
