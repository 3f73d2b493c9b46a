import type { FacetsData, FacetsRating } from '../../src/calibration/index.js';

/** Even and normal numbers that follow from a seed: mulberry32 (public domain, B. Jenkins' hash), Box and Muller. */
export function seededNumbers(seed: number) {
  let state = seed >>> 0;
  const even = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - even())) * Math.cos(2 * Math.PI * even());
  return { even, normal };
}

export interface FacetsTruth {
  readonly severities: readonly number[];
  readonly difficulties: readonly number[];
  readonly steps: readonly number[];
  readonly mean: number;
  readonly deviation: number;
}

/** Ratings drawn from the many-facet Rasch model; `whoRates` says which raters (from 0) read submission i. */
export function drawRatings(
  truth: FacetsTruth,
  submissions: number,
  whoRates: (submission: number) => readonly number[],
  seed: number,
): FacetsData {
  const { even, normal } = seededNumbers(seed);
  const ratings: FacetsRating[] = [];
  for (let submission = 0; submission < submissions; submission += 1) {
    const ability = truth.mean + truth.deviation * normal();
    for (const rater of whoRates(submission)) {
      truth.difficulties.forEach((difficulty, criterion) => {
        const location = ability - difficulty - truth.severities[rater]!;
        const weights = [1];
        for (const step of truth.steps) weights.push(weights.at(-1)! * Math.exp(location - step));
        let rest = even() * weights.reduce((sum, weight) => sum + weight, 0);
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

/** Root mean squared error and correlation of the severities over replications: the recovery bar of the design. */
export function recovery(
  submissions: number,
  replications: number,
  seed: number,
  estimate: (data: FacetsData) => ReadonlyMap<string, number>,
) {
  // Severities, difficulties, steps and θ of the research's simulation; its six severities are not printed.
  const truth: FacetsTruth = {
    severities: [-0.9, -0.4, -0.1, 0.2, 0.4, 0.8],
    difficulties: [-0.5, 0, 0.5],
    steps: [-1.2, 0, 1.2],
    mean: 0.3,
    deviation: 1.3,
  };
  const errors: number[] = [];
  const correlations: number[] = [];
  for (let replication = 0; replication < replications; replication += 1) {
    const found = estimate(drawRatings(truth, submissions, pairsInTurn(6), seed + replication));
    const pairs = truth.severities.map((severity, rater) => [severity, found.get(`r${rater}`)!] as const);
    errors.push(Math.sqrt(pairs.reduce((sum, [a, b]) => sum + (a - b) ** 2, 0) / pairs.length));
    correlations.push(correlation(pairs));
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    rmse: mean(errors),
    rmse95: errors.sort((a, b) => a - b)[Math.ceil(0.95 * errors.length) - 1]!,
    correlation: mean(correlations),
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
