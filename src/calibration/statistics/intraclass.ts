import fQuantile from '@stdlib/stats-base-dists-f-quantile';
import { AppError } from '../../kernel/index.js';
import { defined, undefinedBecause, type Interval, type Statistic } from '../statistic.js';
import { completeRows, patternsOf, ratersOf, sum, weightedPairs, type RatingData } from './rating-data.js';

/** Which of Shrout and Fleiss's six: the model (1 one-way, 2 two-way random, 3 two-way mixed), of one rating or the mean of all. */
export interface IccType {
  readonly model: 1 | 2 | 3;
  readonly of: 'single' | 'mean';
}

/** Mean squares of an items by raters table. */
interface MeanSquares {
  readonly n: number;
  readonly k: number;
  readonly items: number;
  readonly within: number;
  readonly raters: number;
  readonly error: number;
}

/**
 * An intraclass correlation of complete ratings, with its F interval (Shrout & Fleiss 1979; McGraw & Wong 1996). Model
 * 3 is blind to a constant shift; model 2 is not. May be below 0. Undefined for fewer than two items or raters, where
 * nothing varies, and where a rating is missing. Model 1 can be made of counts, the others cannot.
 */
export function intraclassCorrelation(data: RatingData, type: IccType, level = 0.95): Statistic {
  if (!(level > 0 && level < 1))
    throw new AppError('rule-violated', `The level of an interval lies between 0 and 1; ${level} does not.`);
  const k = ratersOf(data);
  const method = `ICC(${type.model},${type.of === 'single' ? 1 : k})`;
  const squares = meanSquares(data);
  const n = typeof squares === 'string' ? 0 : squares.n;
  const about = { n, q: data.categories.length, raters: k, method };
  if (typeof squares === 'string') return undefinedBecause(squares, about);
  if (n < 2 || k < 2) return undefinedBecause('too-few-pairs', about);
  if (type.model !== 1 && Number.isNaN(squares.raters))
    return undefinedBecause('needs-ratings-by-rater', about);
  const value = correlation(squares, type);
  if (value === undefined) return undefinedBecause('no-variation', about);
  const interval = intervalOf(squares, type, level);
  return defined(value, about, interval === undefined ? {} : { interval });
}

function correlation(squares: MeanSquares, { model, of }: IccType): number | undefined {
  const { n, k, items, within, raters, error } = squares;
  const single = of === 'single';
  const quotient = (above: number, below: number) => (below === 0 ? undefined : above / below);
  switch (model) {
    case 1:
      return quotient(items - within, single ? items + (k - 1) * within : items);
    case 2:
      return quotient(
        items - error,
        single ? items + (k - 1) * error + (k * (raters - error)) / n : items + (raters - error) / n,
      );
    case 3:
      return quotient(items - error, single ? items + (k - 1) * error : items);
  }
}

/** Undefined where no spread is left to compare with: the F of a quotient by 0. */
function intervalOf(squares: MeanSquares, type: IccType, level: number): Interval | undefined {
  const { n, k, items, within, raters, error } = squares;
  const tail = (1 - level) / 2;
  const f = (d1: number, d2: number) => fQuantile(1 - tail, d1, d2);
  const rest = (n - 1) * (k - 1);
  const byF = (ratio: number, d2: number): Interval => {
    const low = ratio / f(n - 1, d2);
    const high = ratio * f(d2, n - 1);
    return type.of === 'single'
      ? { lower: (low - 1) / (low + k - 1), upper: (high - 1) / (high + k - 1), level }
      : { lower: 1 - 1 / low, upper: 1 - 1 / high, level };
  };
  switch (type.model) {
    case 1:
      return within === 0 ? undefined : byF(items / within, n * (k - 1));
    case 3:
      return error === 0 ? undefined : byF(items / error, rest);
    case 2: {
      const icc = correlation(squares, { model: 2, of: 'single' });
      if (error === 0 || icc === undefined) return undefined;
      const ratio = raters / error;
      const spread = n * (1 + (k - 1) * icc) - k * icc;
      // Satterthwaite's degrees of freedom.
      const v =
        (rest * (k * icc * ratio + spread) ** 2) / ((n - 1) * k ** 2 * icc ** 2 * ratio ** 2 + spread ** 2);
      const up = f(n - 1, v);
      const down = f(v, n - 1);
      const others = k * raters + (k * n - k - n) * error;
      // With next to no degrees of freedom F has no upper quantile that can be told: then its limit.
      const lower = Number.isFinite(up)
        ? (n * (items - up * error)) / (up * others + n * items)
        : (-n * error) / others;
      const upper = Number.isFinite(down) ? (n * (down * items - error)) / (others + n * down * items) : 1;
      const stepUp = (r: number) => (type.of === 'single' ? r : (r * k) / (1 + r * (k - 1)));
      const interval = { lower: stepUp(lower), upper: stepUp(upper), level };
      return Number.isFinite(interval.lower) && Number.isFinite(interval.upper) ? interval : undefined;
    }
  }
}

function meanSquares(data: RatingData): MeanSquares | 'needs-complete-ratings' {
  // Of two raters who rated everything the table says all, in far fewer steps.
  const complete = data.byRater?.length === 2 && !data.byRater.some((row) => row.includes(null));
  const pairs = data.byRater === undefined || complete ? weightedPairs(data) : undefined;
  if (pairs !== undefined) return ofPairs(pairs);
  if (data.byRater === undefined) return ofCounts(data);
  const rows = completeRows(data);
  return rows === undefined ? 'needs-complete-ratings' : ofRows(rows);
}

function ofRows(rows: readonly (readonly number[])[]): MeanSquares {
  const k = rows.length;
  const n = rows[0]?.length ?? 0;
  const grand = sum(rows.map(sum)) / (n * k);
  const byRater = rows.map((row) => sum(row) / n);
  let items = 0;
  let within = 0;
  let error = 0;
  for (let item = 0; item < n; item += 1) {
    const mean = sum(rows.map((row) => row[item]!)) / k;
    items += k * (mean - grand) ** 2;
    rows.forEach((row, rater) => {
      within += (row[item]! - mean) ** 2;
      error += (row[item]! - mean - byRater[rater]! + grand) ** 2;
    });
  }
  const raters = n * sum(byRater.map((mean) => (mean - grand) ** 2));
  return divided({ n, k, items, within, raters, error });
}

function ofPairs(
  pairs: readonly { readonly first: number; readonly second: number; readonly weight: number }[],
): MeanSquares {
  const n = sum(pairs.map(({ weight }) => weight));
  const first = sum(pairs.map((pair) => pair.weight * pair.first)) / n;
  const second = sum(pairs.map((pair) => pair.weight * pair.second)) / n;
  const grand = (first + second) / 2;
  let items = 0;
  let within = 0;
  let error = 0;
  for (const { first: a, second: b, weight } of pairs) {
    const mean = (a + b) / 2;
    items += weight * 2 * (mean - grand) ** 2;
    within += (weight * (a - b) ** 2) / 2;
    error += weight * ((a - mean - first + grand) ** 2 + (b - mean - second + grand) ** 2);
  }
  const raters = n * ((first - grand) ** 2 + (second - grand) ** 2);
  return divided({ n, k: 2, items, within, raters, error });
}

/** Of counts only what does not ask who gave which rating. */
function ofCounts(data: RatingData): MeanSquares | 'needs-complete-ratings' {
  const patterns = patternsOf(data);
  const k = ratersOf(data);
  if (patterns.some(({ counts }) => sum(counts) !== k)) return 'needs-complete-ratings';
  const n = sum(patterns.map(({ weight }) => weight));
  const meanOf = (counts: readonly number[]) =>
    sum(counts.map((count, category) => count * data.categories[category]!)) / k;
  const grand = sum(patterns.map(({ counts, weight }) => weight * meanOf(counts))) / n;
  let items = 0;
  let within = 0;
  for (const { counts, weight } of patterns) {
    const mean = meanOf(counts);
    items += weight * k * (mean - grand) ** 2;
    within += weight * sum(counts.map((count, category) => count * (data.categories[category]! - mean) ** 2));
  }
  return divided({ n, k, items, within, raters: NaN, error: NaN });
}

/** Sums of squares over their degrees of freedom; rounding left by means that are no binary fractions is nothing. */
function divided({ n, k, items, within, raters, error }: MeanSquares): MeanSquares {
  const total = items + within;
  const clean = (squares: number) => (squares < 1e-13 * total ? 0 : squares);
  return {
    n,
    k,
    items: clean(items) / (n - 1),
    within: clean(within) / (n * (k - 1)),
    raters: clean(raters) / (k - 1),
    error: clean(error) / ((n - 1) * (k - 1)),
  };
}
