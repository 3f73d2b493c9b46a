import { normalAtRandom, seededRandom } from '../statistics/random.js';
import { estimateFacets } from './estimate-facets.js';
import type { FacetsData, FacetsRating } from './facets-data.js';

/** The parameters that ratings are drawn from. */
export interface FacetsTruth {
  readonly severities: readonly number[];
  readonly difficulties: readonly number[];
  readonly steps: readonly number[];
  readonly mean: number;
  readonly deviation: number;
}

/** Ratings drawn from the many-facet Rasch model; `whoRates` says which raters (from 0) read submission i. */
export function drawFacets(
  truth: FacetsTruth,
  submissions: number,
  whoRates: (submission: number) => readonly number[],
  seed: number,
): FacetsData {
  const random = seededRandom(seed);
  const ratings: FacetsRating[] = [];
  for (let submission = 0; submission < submissions; submission += 1) {
    const ability = truth.mean + truth.deviation * normalAtRandom(random);
    for (const rater of whoRates(submission)) {
      truth.difficulties.forEach((difficulty, criterion) => {
        const location = ability - difficulty - truth.severities[rater]!;
        const weights = [1];
        for (const step of truth.steps) weights.push(weights.at(-1)! * Math.exp(location - step));
        let rest = random() * weights.reduce((sum, weight) => sum + weight, 0);
        let level = 0;
        while (level < truth.steps.length && rest >= weights[level]!) rest -= weights[level++]!;
        ratings.push({
          submission: `s${submission}`,
          rater: `r${rater}`,
          criterion: `c${criterion}`,
          level: level + 1,
        });
      });
    }
  }
  const criteria = truth.difficulties.map((_, criterion) => ({
    id: `c${criterion}`,
    lowest: 1,
    highest: truth.steps.length + 1,
  }));
  return { criteria, ratings };
}

/** All pairs of `raters` raters, in turn. */
export function pairsInTurn(raters: number): (submission: number) => readonly number[] {
  const pairs = Array.from({ length: raters }, (_, a) =>
    Array.from({ length: raters - a - 1 }, (__, b) => [a, a + b + 1]),
  ).flat();
  return (submission) => pairs[submission % pairs.length]!;
}

/** How well severities are recovered: over replications, of one design. */
export interface Recovery {
  /** Mean root mean squared error, in logits, and its 95 % quantile. */
  readonly rmse: number;
  readonly rmse95: number;
  /** Mean correlation of estimated with true severities. */
  readonly correlation: number;
  /** The same of raters' plain mean levels, turned round. */
  readonly rawCorrelation: number;
  /** Replications whose estimation gave nothing, left out of the rest. */
  readonly undefined: number;
}

/** Six raters and three criteria of four levels: the truth of the recovery bar (calibration.md, 2.1). */
export const recoveryTruth: FacetsTruth = {
  severities: [-0.9, -0.4, -0.1, 0.2, 0.4, 0.8],
  difficulties: [-0.5, 0, 0.5],
  steps: [-1.2, 0, 1.2],
  mean: 0.3,
  deviation: 1.3,
};

/** Simulates `replications` sets of `submissions` submissions, each read by two raters, all pairs in turn. */
export function facetsRecovery(
  submissions: number,
  { seed, replications, truth = recoveryTruth }: { seed: number; replications: number; truth?: FacetsTruth },
): Recovery {
  const found: { rmse: number; correlation: number; raw: number }[] = [];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (let replication = 0; replication < replications; replication += 1) {
    const data = drawFacets(
      truth,
      submissions,
      pairsInTurn(truth.severities.length),
      seed + replication * 7919,
    );
    const result = estimateFacets(data, { steps: 'rating-scale' });
    if (result.kind === 'undefined') continue;
    const estimates = new Map(result.raters.map(({ id, measure }) => [id, measure]));
    const pairs = truth.severities.map(
      (severity, rater) => [severity, estimates.get(`r${rater}`) ?? 0] as const,
    );
    const levels = (rater: number) =>
      data.ratings.filter((one) => one.rater === `r${rater}`).map(({ level }) => level);
    found.push({
      rmse: Math.sqrt(mean(pairs.map(([a, b]) => (a - b) ** 2))),
      correlation: correlation(pairs),
      raw: correlation(truth.severities.map((severity, rater) => [severity, -mean(levels(rater))] as const)),
    });
  }
  if (found.length === 0) throw new Error('not one replication could be estimated');
  const sorted = found.map(({ rmse }) => rmse).sort((a, b) => a - b);
  return {
    rmse: mean(sorted),
    rmse95: sorted[Math.ceil(0.95 * sorted.length) - 1]!,
    correlation: mean(found.map((one) => one.correlation)),
    rawCorrelation: mean(found.map(({ raw }) => raw)),
    undefined: replications - found.length,
  };
}

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const n = pairs.length;
  const sums = pairs.reduce(
    (sum, [a, b]) => [sum[0]! + a, sum[1]! + b, sum[2]! + a * a, sum[3]! + b * b, sum[4]! + a * b],
    [0, 0, 0, 0, 0],
  );
  const [a, b, aa, bb, ab] = sums as [number, number, number, number, number];
  return (n * ab - a * b) / Math.sqrt((n * aa - a * a) * (n * bb - b * b));
}
