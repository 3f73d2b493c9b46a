import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from '../statistic.js';
import { groupMeanVariances, groupSums, randomIntercept, type GroupSums } from './random-intercept.js';

/** What is known of reviewers before there are any: their mean differences and the variance of one difference. */
export interface SeverityPrior {
  readonly mean: number;
  readonly reviewerVariance: number;
  readonly differenceVariance: number;
}

/** Cold start: mean difference ~ N(0, .25²), one difference varies by .45 (calibration.md, 2.2). */
export const coldStartPrior: SeverityPrior = {
  mean: 0,
  reviewerVariance: 0.25 ** 2,
  differenceVariance: 0.45,
};

/** With fewer reviewers or differences than these, the pool's own variances are noise, and the cold start stands. */
export const fewestForPool = { reviewers: 5, differences: 60 } as const;

/** How far a reviewer's levels lie from the reference, on the whole, as far as their ratings can tell. */
export interface ShrunkSeverity {
  readonly reviewer: string;
  /** Differences that it rests on. */
  readonly n: number;
  /** Mean of given minus reference, in levels. */
  readonly raw: number;
  /** The same, shrunk towards the pool: negative is severe, positive lenient. */
  readonly value: number;
  readonly interval: Interval;
  /** P(|severity| > .25 level). */
  readonly probabilityBeyond: number;
  /** Send work to be rated again, and talk: never a changed result. */
  readonly flagged: boolean;
}

export interface ShrunkSeverities {
  readonly prior: SeverityPrior;
  /** Whose variances: the pool's own by REML, or the cold start. */
  readonly basis: 'pool' | 'cold-start';
  readonly reviewers: readonly ShrunkSeverity[];
}

/** When a severity is flagged: it lies beyond so many levels with so much probability; and the interval's share. */
export const severityFlag = { beyond: 0.25, probability: 0.9, interval: 0.8 } as const;

/**
 * Every reviewer's severity from signed differences (given minus reference, in levels), shrunk by normal and normal:
 * μ + nτ²/(nτ² + σ²) · (mean - μ), variances by REML from five reviewers and sixty differences on, else the cold start.
 * The interval counts that μ and the variances are estimates too (see `groupMeanVariances`).
 * Default until a reviewer has the 30 ratings of many-facet Rasch (calibration.md, 2.2).
 */
export function shrunkSeverities(
  differences: Iterable<readonly [reviewer: string, difference: number]>,
): ShrunkSeverities {
  return severitiesOf(groupSums(differences));
}

/** The same from each reviewer's count, mean and squares around the mean, which is all that the model needs. */
export function severitiesOf(groups: readonly GroupSums[]): ShrunkSeverities {
  const total = groups.reduce((sum, { n }) => sum + n, 0);
  const fitted =
    groups.length >= fewestForPool.reviewers && total >= fewestForPool.differences
      ? randomIntercept(groups)
      : undefined;
  const pool = fitted?.kind === 'estimated' ? fitted : undefined;
  const variances = pool && groupMeanVariances(groups);
  const prior: SeverityPrior =
    pool === undefined
      ? coldStartPrior
      : {
          mean: pool.mean,
          reviewerVariance: pool.groupVariance,
          differenceVariance: pool.residualVariance,
        };
  return {
    prior,
    basis: pool === undefined ? 'cold-start' : 'pool',
    reviewers: groups.map(({ id, n, mean }, index) =>
      severityOf({ reviewer: id, n, mean }, prior, variances?.[index]),
    ),
  };
}

/** One reviewer's severity under a prior; `variance` is that of the value, where the prior is itself an estimate. */
export function severityOf(
  { reviewer, n, mean }: { readonly reviewer: string; readonly n: number; readonly mean: number },
  prior: SeverityPrior,
  variance?: number,
): ShrunkSeverity {
  const weight = (n * prior.reviewerVariance) / (n * prior.reviewerVariance + prior.differenceVariance);
  const value = prior.mean + weight * (mean - prior.mean);
  const deviation = Math.sqrt(variance ?? prior.reviewerVariance * (1 - weight));
  const half = normalQuantile((1 + severityFlag.interval) / 2, 0, 1) * deviation;
  const { beyond } = severityFlag;
  const probabilityBeyond =
    deviation === 0
      ? Number(Math.abs(value) > beyond)
      : normalCdf(-beyond, value, deviation) + normalCdf(-beyond, -value, deviation);
  return {
    reviewer,
    n,
    raw: mean,
    value,
    interval: { lower: value - half, upper: value + half, level: severityFlag.interval },
    probabilityBeyond,
    flagged: probabilityBeyond >= severityFlag.probability,
  };
}
