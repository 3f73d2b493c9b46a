import type { DriftPolicy } from '../policy/drift-policy.js';
import { agreementChart, inControlRate, type AgreementChart } from './agreement-chart.js';

/** One criterion rating beside its reference; levels by number. */
export interface DriftRating {
  /** What it is known by in the evidence: an observation's id, say. */
  readonly id: string;
  readonly given: number;
  readonly reference: number;
}

/** One side of a CUSUM: its value, and the ratings since it was last 0, which are what an alarm rests on. */
export interface CusumSide {
  readonly value: number;
  readonly run: readonly string[];
}

/** The charts of one reviewer for one rubric version. */
export interface DriftState {
  readonly agreement: CusumSide;
  readonly lenient: CusumSide;
  readonly severe: CusumSide;
  /** Ratings seen since the start, or since the last alarm. */
  readonly ratings: number;
}

export const driftSides = ['agreement', 'lenient', 'severe'] as const;
export type DriftSide = (typeof driftSides)[number];

/** An alarm, with the ratings that raised it. */
export interface DriftAlarm {
  readonly side: DriftSide;
  /** The value that reached the limit. */
  readonly value: number;
  readonly limit: number;
  /** The rating at which it did. */
  readonly at: string;
  /** Ratings since this side was last 0, oldest first. */
  readonly run: readonly string[];
  /** The last rating before the run: up to there this side was in control. null when the run began at the start. */
  readonly lastClean: string | null;
}

/** A reviewer's charts with the policy's numbers of severity. */
export interface DriftCharts {
  readonly agreement: AgreementChart;
  readonly severity: Pick<DriftPolicy, 'differenceDeviation' | 'severitySlack' | 'severityLimit'>;
}

/**
 * A reviewer's charts from the policy and the own qualifying form (0 of 0 for one certified by keying): about 20 ms,
 * and the same for the same numbers, so worth keeping.
 */
export function driftCharts(
  policy: DriftPolicy,
  qualifying: { readonly exact: number; readonly n: number },
  designEffect: number,
): DriftCharts {
  return {
    agreement: agreementChart(inControlRate(qualifying, designEffect, policy), policy),
    severity: policy,
  };
}

const zero: CusumSide = { value: 0, run: [] };
export const driftStart: DriftState = { agreement: zero, lenient: zero, severe: zero, ratings: 0 };

/**
 * The next state after a rating: S = max(0, S + weight) on agreement (Bernoulli CUSUM) and on the signed difference in
 * both directions, (±d/deviation - slack). `reached` names the sides at or above their limit.
 */
export function driftStep(
  charts: DriftCharts,
  state: DriftState,
  rating: DriftRating,
): { readonly state: DriftState; readonly reached: readonly DriftSide[] } {
  const { agreement, severity } = charts;
  const difference = rating.given - rating.reference;
  const scaled = difference / severity.differenceDeviation;
  const next = {
    agreement: moved(
      state.agreement,
      difference === 0 ? agreement.exactWeight : agreement.otherWeight,
      rating.id,
    ),
    lenient: moved(state.lenient, scaled - severity.severitySlack, rating.id),
    severe: moved(state.severe, -scaled - severity.severitySlack, rating.id),
    ratings: state.ratings + 1,
  };
  return {
    state: next,
    reached: driftSides.filter((side) => next[side].value >= limitOf(charts, side) - 1e-9),
  };
}

function moved({ value, run }: CusumSide, weight: number, id: string): CusumSide {
  const next = value + weight;
  return next > 1e-9 ? { value: next, run: [...run, id] } : zero;
}

/** The limit of one side. */
export function limitOf(charts: DriftCharts, side: DriftSide): number {
  return side === 'agreement' ? charts.agreement.limit : charts.severity.severityLimit;
}

/** What a sequence of ratings comes to. */
export interface DriftWatch {
  /** After the last rating; after an alarm every side begins again at 0. */
  readonly state: DriftState;
  readonly alarms: readonly DriftAlarm[];
  /** The values of the sides after each rating, alarm included, for a chart on a page. */
  readonly trace: readonly ({ readonly id: string } & { readonly [side in DriftSide]: number })[];
}

/**
 * Watches a sequence of ratings, oldest first: a pure fold, so that what a page shows, what raised a signal and what an
 * auditor recomputes are one. Ratings of one submission are correlated: feed the submissions in the order of commits and
 * each one's criteria in an order drawn at random, and expect somewhat more false alarms than the table says.
 */
export function watchDrift(
  charts: DriftCharts,
  ratings: Iterable<DriftRating>,
  from: DriftState = driftStart,
): DriftWatch {
  let state = from;
  const alarms: DriftAlarm[] = [];
  const trace: DriftWatch['trace'][number][] = [];
  const seen: string[] = [];
  for (const rating of ratings) {
    const { state: next, reached } = driftStep(charts, state, rating);
    seen.push(rating.id);
    trace.push({
      id: rating.id,
      agreement: next.agreement.value,
      lenient: next.lenient.value,
      severe: next.severe.value,
    });
    for (const side of reached) {
      const { value, run } = next[side];
      alarms.push({
        side,
        value,
        limit: limitOf(charts, side),
        at: rating.id,
        run,
        lastClean: seen[seen.length - run.length - 1] ?? null,
      });
    }
    state = reached.length > 0 ? driftStart : next;
  }
  return { state, alarms, trace };
}
