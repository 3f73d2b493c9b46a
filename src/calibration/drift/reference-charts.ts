import type { DriftPolicy } from '../policy/drift-policy.js';
import { agreementRunLength, agreementWeights } from './agreement-chart.js';
import { limitFor } from './run-length.js';
import type { DriftCharts } from './watch-drift.js';

/** What levels are held against: `keys`, of seeds; `others`, the other of two independent ratings. */
export const driftReferences = ['keys', 'others'] as const;
export type DriftReference = (typeof driftReferences)[number];

/** A reviewer's charts: those beside keys, and those beside other reviewers. */
export type ReferenceCharts = { readonly [reference in DriftReference]: DriftCharts };

/**
 * How often two independent raters give the same level, when they give the key's at these rates and otherwise lie a level
 * above it as often as below: r·s + (1 − r)(1 − s)/2. Two raters of .80 agree on .66: who is held against people is not
 * to be expected to reach what is asked beside keys.
 */
export function rateBesideAnother(own: number, other: number): number {
  return own * other + ((1 - own) * (1 - other)) / 2;
}

/**
 * The charts of a reviewer whose in-control rate beside keys is `rate` (0 to 1, taken to the hundredth). Beside others,
 * the in-control rate is that of two such raters, and the one to be detected that of one of them fallen by the policy's
 * drop; differences there are those of two raters, so their deviation is the root of two times that beside a key. Every
 * limit is solved for the policy's run length.
 */
export function referenceCharts(rate: number, policy: DriftPolicy): ReferenceCharts {
  const inControl = Math.round(rate * 100) / 100;
  const { detectedDrop, runLength, differenceDeviation, severitySlack, severityLimit } = policy;
  const fallen = inControl - detectedDrop;
  return {
    keys: {
      agreement: solved(inControl, fallen, runLength),
      severity: { differenceDeviation, severitySlack, severityLimit },
    },
    others: {
      agreement: solved(
        rateBesideAnother(inControl, inControl),
        rateBesideAnother(fallen, inControl),
        runLength,
      ),
      severity: { differenceDeviation: differenceDeviation * Math.SQRT2, severitySlack, severityLimit },
    },
  };
}

/** Solving takes a while, and a district has few different rates. */
const known = new Map<string, DriftCharts['agreement']>();

function solved(inControl: number, outOfControl: number, runLength: number): DriftCharts['agreement'] {
  const key = `${inControl}/${outOfControl}/${runLength}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const weights = agreementWeights(inControl, outOfControl);
  const chart = {
    ...weights,
    limit: limitFor((limit) => agreementRunLength({ ...weights, limit }, inControl), runLength),
  };
  if (known.size >= 1_000) known.clear();
  known.set(key, chart);
  return chart;
}
