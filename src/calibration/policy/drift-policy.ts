/**
 * The numbers of drift (review-quality.md, "Drift"): a Bernoulli CUSUM on agreement with keys and other ratings, and a
 * two-sided one on signed differences (calibration.md, 2.3).
 */
export interface DriftPolicy {
  /** The lowest in-control rate of exact levels; above it a reviewer's own qualifying rate, shrunk, counts. */
  readonly inControlRate: number;
  /** By how much the out-of-control rate lies below it. */
  readonly detectedDrop: number;
  /** Mean number of levels between two false alarms: the chart's limit is solved for it. */
  readonly runLength: number;
  /** Standard deviation of one signed difference, in levels, by which the chart of severity is scaled. */
  readonly differenceDeviation: number;
  /** Reference value of the chart of severity, in standard deviations. */
  readonly severitySlack: number;
  /** Its limit, in standard deviations. */
  readonly severityLimit: number;
  /** The number of open signals on one certification at which it is suspended by itself; before, it is on probation. */
  readonly signalsToSuspend: number;
}

/** Slack and limit of severity: docs/adr/0020, instead of the research's untested .25 and 4. */
export const defaultDriftPolicy: DriftPolicy = {
  inControlRate: 0.7,
  detectedDrop: 0.15,
  runLength: 200,
  differenceDeviation: 0.67,
  severitySlack: 0.5,
  severityLimit: 3,
  signalsToSuspend: 2,
};
