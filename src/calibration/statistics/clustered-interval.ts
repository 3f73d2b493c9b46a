import type { Interval, Statistic } from '../statistic.js';
import { seededRandom } from './random.js';
import type { RatingData } from './rating-data.js';
import { square } from './weights.js';

/** Pairs of ratings that belong together, such as the criteria of one submission: places of both in the categories. */
export type Cluster = readonly (readonly [number, number])[];

/** The table of all pairs of some clusters. */
export function tableOf(clusters: readonly Cluster[], categories: readonly number[]): RatingData {
  const joint = square(categories.length, () => 0);
  for (const cluster of clusters) for (const [a, b] of cluster) joint[a]![b]! += 1;
  return { categories, joint };
}

/**
 * A percentile interval by drawing whole clusters again (Davison & Hinkley 1997, section 3.8): ratings of one submission
 * are more alike than those of several, so an interval that took them for independent would be too narrow. Undefined
 * for fewer than ten clusters, and where the statistic is undefined in more than a tenth of the draws.
 */
export function clusteredInterval(
  clusters: readonly Cluster[],
  categories: readonly number[],
  statistic: (data: RatingData) => Statistic,
  { seed, resamples = 1000, level = 0.95 }: { seed: number; resamples?: number; level?: number },
): Interval | undefined {
  if (clusters.length < 10) return undefined;
  const random = seededRandom(seed);
  const values: number[] = [];
  for (let drawn = 0; drawn < resamples; drawn += 1) {
    const picked = clusters.map(() => clusters[Math.floor(random() * clusters.length)]!);
    const { value } = statistic(tableOf(picked, categories));
    if (value !== undefined) values.push(value);
  }
  if (values.length < resamples * 0.9) return undefined;
  values.sort((a, b) => a - b);
  const at = (tail: number) => values[Math.round(tail * (values.length - 1))]!;
  return { lower: at((1 - level) / 2), upper: at((1 + level) / 2), level };
}
