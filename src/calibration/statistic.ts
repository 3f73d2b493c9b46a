/**
 * What every agreement statistic answers. Undefined stays undefined, with the reason, to the last page:
 * never 0, 1 or NaN in its place.
 */
export interface Statistic {
  readonly value: number | undefined;
  /** Why there is no value; null when there is one. */
  readonly reason: 'too-few-pairs' | 'no-variation' | null;
  /** Pairs (or ratings) that it rests on, after missing ones are left out. */
  readonly n: number;
  /** Categories that the rubric declares, used or not. */
  readonly q: number;
  readonly raters: number;
  /** Name of the statistic, with its variant. */
  readonly method: string;
}

/** A statistic with a value. */
export function defined(value: number, of: Omit<Statistic, 'value' | 'reason'>): Statistic {
  return { value, reason: null, ...of };
}

/** A statistic without one. */
export function undefinedBecause(
  reason: NonNullable<Statistic['reason']>,
  of: Omit<Statistic, 'value' | 'reason'>,
): Statistic {
  return { value: undefined, reason, ...of };
}
