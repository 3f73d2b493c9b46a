import { defined, undefinedBecause, type Statistic } from './statistic.js';

/** The ratings of two raters on the same items, in the same order; null where one is missing. */
export interface TwoRaters {
  readonly first: readonly (number | null)[];
  readonly second: readonly (number | null)[];
  /** Every category that the rubric declares, lowest first: never taken from the data. */
  readonly categories: readonly number[];
}

/** The share of pairs in which both gave the same category. Undefined for fewer than two pairs. */
export function exactAgreement(ratings: TwoRaters): Statistic {
  return shareWithin(ratings, 0, 'exact agreement');
}

/** The share of pairs at most one category apart, exact ones included: a floor, never what decides. */
export function adjacentAgreement(ratings: TwoRaters): Statistic {
  return shareWithin(ratings, 1, 'adjacent agreement');
}

/**
 * Cohen's weighted kappa with quadratic weights: 1 - sum(d² O) / sum(d² E), E from the margins (Cohen 1968;
 * denominators n, not n - 1). Undefined for fewer than two pairs, and for no variation (both always the same
 * category: 0/0).
 */
export function quadraticWeightedKappa(ratings: TwoRaters): Statistic {
  const pairs = positions(ratings);
  const about = {
    n: pairs.length,
    q: ratings.categories.length,
    raters: 2,
    method: 'quadratic weighted kappa',
  };
  if (pairs.length < 2) return undefinedBecause('too-few-pairs', about);
  // Whole numbers until one division: a rater who never varies gets exactly 0.
  let observed = 0;
  let expected = 0;
  for (const [a] of pairs) {
    for (const [, b] of pairs) expected += (a - b) ** 2;
  }
  for (const [a, b] of pairs) observed += (a - b) ** 2;
  return expected === 0
    ? undefinedBecause('no-variation', about)
    : defined(1 - (observed * pairs.length) / expected, about);
}

function shareWithin(ratings: TwoRaters, distance: number, method: string): Statistic {
  const pairs = positions(ratings);
  const about = { n: pairs.length, q: ratings.categories.length, raters: 2, method };
  if (pairs.length < 2) return undefinedBecause('too-few-pairs', about);
  return defined(pairs.filter(([a, b]) => Math.abs(a - b) <= distance).length / pairs.length, about);
}

/** Both ratings of each complete pair as positions in the declared categories. */
function positions({ first, second, categories }: TwoRaters): [number, number][] {
  if (first.length !== second.length)
    throw new Error('two raters need as many ratings, with null where one is missing');
  const position = (rating: number) => {
    const index = categories.indexOf(rating);
    if (index < 0) throw new Error(`${rating} is none of the declared categories ${categories.join(', ')}`);
    return index;
  };
  return first.flatMap((rating, item) => {
    const other = second[item];
    return rating === null || other === null || other === undefined
      ? []
      : [[position(rating), position(other)]];
  });
}
