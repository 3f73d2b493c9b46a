import { defined, undefinedBecause, type About, type Statistic } from '../statistic.js';
import { ratersOf, sum, weightedPairs, type RatingData } from './rating-data.js';

/** Sums over the pairs of two raters. */
interface Moments {
  readonly n: number;
  readonly first: number;
  readonly second: number;
  /** Sums of squared deviations, and of their products. */
  readonly squaresFirst: number;
  readonly squaresSecond: number;
  readonly products: number;
}

/** Pearson's correlation: blind to a constant shift. Undefined where either rater never varies. */
export function pearson(data: RatingData): Statistic {
  return ofPairs(data, 'Pearson’s correlation', (m, about) =>
    m.squaresFirst === 0 || m.squaresSecond === 0
      ? undefinedBecause('no-variation', about)
      : defined(m.products / Math.sqrt(m.squaresFirst * m.squaresSecond), about),
  );
}

/**
 * The standardized mean difference of the second rater from the first, who is the key: more than 0 is lenient
 * (Williamson, Xi & Breyer 2012; variances over n - 1).
 */
export function standardizedMeanDifference(data: RatingData): Statistic {
  return ofPairs(data, 'standardized mean difference', (m, about) => {
    const variance = (m.squaresFirst + m.squaresSecond) / 2 / (m.n - 1);
    return variance === 0
      ? undefinedBecause('no-variation', about)
      : defined((m.second - m.first) / Math.sqrt(variance), about);
  });
}

/**
 * NAEP's t: the mean signed difference of the second rater from the first over its standard error. 0 where no pair
 * differs; undefined where all differ by the same.
 */
export function pairedT(data: RatingData): Statistic {
  return ofPairs(data, 'paired t', (m, about) => {
    const difference = m.second - m.first;
    const squares = Math.max(0, m.squaresFirst + m.squaresSecond - 2 * m.products);
    const same = squares <= 1e-12 * (m.squaresFirst + m.squaresSecond);
    if (same) return difference === 0 ? defined(0, about) : undefinedBecause('no-variation', about);
    return defined(difference / Math.sqrt(squares / (m.n - 1) / m.n), about);
  });
}

/** The mean signed difference of the second rater from the first, in levels, with its standard error. */
export function meanDifference(data: RatingData): Statistic {
  return ofPairs(data, 'mean signed difference', (m, about) => {
    const squares = Math.max(0, m.squaresFirst + m.squaresSecond - 2 * m.products);
    return defined(m.second - m.first, about, { standardError: Math.sqrt(squares / (m.n - 1) / m.n) });
  });
}

function ofPairs(
  data: RatingData,
  method: string,
  statistic: (moments: Moments, about: About) => Statistic,
): Statistic {
  const pairs = weightedPairs(data);
  const n = pairs === undefined ? 0 : sum(pairs.map(({ weight }) => weight));
  const about = { n, q: data.categories.length, raters: ratersOf(data), method };
  if (pairs === undefined) {
    if (data.byRater === undefined) return undefinedBecause('needs-ratings-by-rater', about);
    return undefinedBecause(about.raters < 2 ? 'too-few-pairs' : 'needs-two-raters', about);
  }
  if (n < 2) return undefinedBecause('too-few-pairs', about);
  const first = sum(pairs.map((pair) => pair.weight * pair.first)) / n;
  const second = sum(pairs.map((pair) => pair.weight * pair.second)) / n;
  let squaresFirst = 0;
  let squaresSecond = 0;
  let products = 0;
  for (const pair of pairs) {
    squaresFirst += pair.weight * (pair.first - first) ** 2;
    squaresSecond += pair.weight * (pair.second - second) ** 2;
    products += pair.weight * (pair.first - first) * (pair.second - second);
  }
  return statistic({ n, first, second, squaresFirst, squaresSecond, products }, about);
}
