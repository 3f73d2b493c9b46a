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
