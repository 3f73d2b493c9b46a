import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { DriftPolicy } from '../policy/drift-policy.js';
import { averageRunLength, twoSidedRunLength, type Increment } from './run-length.js';

/** How probable each signed difference (given minus reference, in levels) is. */
export type DifferenceShares = ReadonlyMap<number, number>;

/** The two-sided chart of severity's numbers. */
export type SeverityChart = Pick<DriftPolicy, 'differenceDeviation' | 'severitySlack' | 'severityLimit'>;

/** Mean number of criterion ratings until either side of the chart of severity alarms. */
export function severityRunLength(chart: SeverityChart, shares: DifferenceShares): number {
  const side = (sign: 1 | -1) =>
    averageRunLength(
      [...shares].map(([difference, probability]): Increment => ({
        weight: (sign * difference) / chart.differenceDeviation - chart.severitySlack,
        probability,
      })),
      chart.severityLimit,
    );
  return twoSidedRunLength(side(1), side(-1));
}

/**
 * How probable each difference is for a reviewer who gives round(key + bias + N(0, noise²)), away from the ends of the
 * scale: the reviewer of the qualification rule's characteristic. Differences beyond three levels count as three.
 */
export function differenceShares(noise: number, bias: number): DifferenceShares {
  if (!(noise > 0)) throw new Error('noise must be above 0');
  const below = (difference: number) => normalCdf(difference, bias, noise);
  return new Map(
    [-3, -2, -1, 0, 1, 2, 3].map((difference) => [
      difference,
      (difference === 3 ? 1 : below(difference + 0.5)) - (difference === -3 ? 0 : below(difference - 0.5)),
    ]),
  );
}
