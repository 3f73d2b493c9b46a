import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { AppError } from '../../kernel/index.js';
import type { Interval, Statistic, UndefinedReason } from '../statistic.js';
import { seededRandom } from './random.js';
import type { RatingData } from './rating-data.js';

/** How an interval is made by drawing the items again. */
export interface BootstrapOptions {
  /** Whole number; the same seed gives the same interval. */
  readonly seed: number;
  /** At least 200. */
  readonly resamples?: number;
  readonly level?: number;
  /** `bca`: corrected for bias and acceleration (Efron 1987); `percentile`: the bare quantiles. */
  readonly method?: 'bca' | 'percentile';
}

export interface BootstrapInterval {
  readonly interval: Interval | undefined;
  readonly reason: UndefinedReason | null;
  readonly resamples: number;
  /** Resamples in which the statistic was undefined: left out, and never counted as a value. */
  readonly undefinedResamples: number;
}

/**
 * An interval of any statistic by drawing whole items again with replacement (Efron & Tibshirani 1993, chapters 13 and
 * 14). Undefined where the statistic is, or where more than a tenth of the resamples are.
 * @throws rule-violated for fewer than 200 resamples, or a level that is none.
 */
export function bootstrapInterval(
  data: RatingData,
  statistic: (data: RatingData) => Statistic,
  { seed, resamples = 2000, level = 0.95, method = 'bca' }: BootstrapOptions,
): BootstrapInterval {
  if (!Number.isInteger(resamples) || resamples < 200)
    throw new AppError(
      'rule-violated',
      `A bootstrap needs 200 resamples or more; ${resamples} were asked for.`,
    );
  if (!(level > 0 && level < 1))
    throw new AppError('rule-violated', `The level of an interval lies between 0 and 1; ${level} does not.`);
  const whole = statistic(data);
  const none = (reason: UndefinedReason, undefinedResamples: number): BootstrapInterval => ({
    interval: undefined,
    reason,
    resamples,
    undefinedResamples,
  });
  if (whole.value === undefined) return none(whole.reason ?? 'no-variation', 0);
  const items = itemsOf(data);
  const random = seededRandom(seed);
  const values: number[] = [];
  for (let drawn = 0; drawn < resamples; drawn += 1) {
    const picked = Array.from({ length: items.length }, () => items[Math.floor(random() * items.length)]!);
    const { value } = statistic(gathered(data, picked));
    if (value !== undefined) values.push(value);
  }
  const lost = resamples - values.length;
  if (lost > resamples / 10) return none('no-variation', lost);
  values.sort((a, b) => a - b);
  const tails =
    method === 'percentile'
      ? ([(1 - level) / 2, (1 + level) / 2] as const)
      : correctedTails(data, statistic, items, whole.value, values, level);
  const [lower, upper] = tails.map((tail) => quantile(values, tail)) as [number, number];
  return { interval: { lower, upper, level }, reason: null, resamples, undefinedResamples: lost };
}

/** The tails of BCa: bias from the share of resamples below the estimate, acceleration from leaving each item out. */
function correctedTails(
  data: RatingData,
  statistic: (data: RatingData) => Statistic,
  items: readonly Item[],
  estimate: number,
  values: readonly number[],
  level: number,
): readonly [number, number] {
  const below = values.filter((value) => value < estimate).length;
  const ties = values.filter((value) => value === estimate).length;
  const share = Math.min(
    Math.max((below + ties / 2) / values.length, 0.5 / values.length),
    1 - 0.5 / values.length,
  );
  const bias = normalQuantile(share, 0, 1);
  const acceleration = accelerationOf(data, statistic, items);
  const shifted = (tail: number) => {
    const z = bias + normalQuantile(tail, 0, 1);
    return normalCdf(bias + z / (1 - acceleration * z), 0, 1);
  };
  return [shifted((1 - level) / 2), shifted((1 + level) / 2)];
}

function accelerationOf(
  data: RatingData,
  statistic: (data: RatingData) => Statistic,
  items: readonly Item[],
): number {
  // Items that are alike give the same value when left out: each kind is left out once, and counted as often as it is.
  const kinds = new Map<string, { item: number; count: number }>();
  items.forEach((one, item) => {
    const kind = kinds.get(one.key);
    if (kind === undefined) kinds.set(one.key, { item, count: 1 });
    else kind.count += 1;
  });
  const left = [...kinds.values()].flatMap(({ item, count }) => {
    const { value } = statistic(
      gathered(
        data,
        items.filter((_one, index) => index !== item),
      ),
    );
    return value === undefined ? [] : [{ value, count }];
  });
  const n = left.reduce((total, { count }) => total + count, 0);
  const mean = left.reduce((total, { value, count }) => total + value * count, 0) / n;
  let cubes = 0;
  let squares = 0;
  for (const { value, count } of left) {
    cubes += count * (mean - value) ** 3;
    squares += count * (mean - value) ** 2;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** One item: every rater's rating, or how often it got each category. */
interface Item {
  readonly key: string;
  readonly ratings?: readonly (number | null)[];
  readonly counts?: readonly number[];
}

function itemsOf(data: RatingData): readonly Item[] {
  if (data.byRater !== undefined) {
    return (data.byRater[0] ?? []).map((_rating, item) => {
      const ratings = data.byRater!.map((row) => row[item]!);
      return { key: ratings.join(), ratings };
    });
  }
  if (data.joint !== undefined) {
    if (data.joint.flat().some((cell) => !Number.isInteger(cell)))
      throw new AppError('rule-violated', 'A bootstrap draws items, so it needs counts and not proportions.');
    return data.joint.flatMap((row, a) =>
      row.flatMap((count, b) =>
        Array.from({ length: count }, () => {
          const ratings = [data.categories[a]!, data.categories[b]!];
          return { key: ratings.join(), ratings };
        }),
      ),
    );
  }
  return (data.counts ?? []).map((counts) => ({ key: counts.join(), counts }));
}

function gathered(data: RatingData, items: readonly Item[]): RatingData {
  const { categories } = data;
  if (items[0]?.counts !== undefined) return { categories, counts: items.map(({ counts }) => counts!) };
  const raters = items[0]?.ratings?.length ?? 0;
  return {
    categories,
    byRater: Array.from({ length: raters }, (_row, rater) => items.map(({ ratings }) => ratings![rater]!)),
  };
}

/** The quantile between sorted values, by R's seventh type. */
function quantile(sorted: readonly number[], tail: number): number {
  const place = (sorted.length - 1) * tail;
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (place - low) * (sorted[high]! - sorted[low]!);
}
