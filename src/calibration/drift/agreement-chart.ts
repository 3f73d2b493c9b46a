import type { DriftPolicy } from '../policy/drift-policy.js';
import { averageRunLength, limitFor } from './run-length.js';

/** A Bernoulli CUSUM of exact levels, solved for one reviewer. */
export interface AgreementChart {
  /** Rate of exact levels that is in control, and the one that is to be detected. */
  readonly inControl: number;
  readonly outOfControl: number;
  /** What an exact level adds (below 0), and one that is not. */
  readonly exactWeight: number;
  readonly otherWeight: number;
  readonly limit: number;
}

/** Highest in-control rate of a chart: at 1 a single level that is off would be an alarm. */
const highestRate = 0.98;

/**
 * The rate of exact levels that is in control for a reviewer: the own rate on the qualifying form, shrunk as the
 * posterior mean of the pass rule (uniform prior, design effect: (k/d + 1)/(n/d + 2)), never below the policy's least.
 */
export function inControlRate(
  qualifying: { readonly exact: number; readonly n: number },
  designEffect: number,
  policy: Pick<DriftPolicy, 'inControlRate'>,
): number {
  const { exact, n } = qualifying;
  if (!(exact >= 0 && exact <= n)) throw new Error(`${exact} exact of ${n} ratings cannot be`);
  const shrunk = (exact / designEffect + 1) / (n / designEffect + 2);
  return Math.min(highestRate, Math.max(policy.inControlRate, shrunk));
}

/**
 * The chart for an in-control rate p: weights are log likelihood ratios (Reynolds & Stoumbos 1999), ln(p'/p) of an
 * exact level and ln((1-p')/(1-p)) of another, p' = p - the policy's drop; the limit is solved for its run length.
 */
export function agreementChart(
  inControl: number,
  policy: Pick<DriftPolicy, 'detectedDrop' | 'runLength'>,
): AgreementChart {
  const weights = agreementWeights(inControl, inControl - policy.detectedDrop);
  const runLengthAt = (limit: number) => agreementRunLength({ ...weights, limit }, inControl);
  return { ...weights, limit: limitFor(runLengthAt, policy.runLength) };
}

/** The weights of a chart, without a limit. @throws Error for rates that are no rates, or do not fall. */
export function agreementWeights(inControl: number, outOfControl: number): Omit<AgreementChart, 'limit'> {
  if (!(outOfControl > 0 && outOfControl < inControl && inControl < 1))
    throw new Error(`a chart needs rates with 0 < out (${outOfControl}) < in (${inControl}) < 1`);
  return {
    inControl,
    outOfControl,
    exactWeight: Math.log(outOfControl / inControl),
    otherWeight: Math.log((1 - outOfControl) / (1 - inControl)),
  };
}

/** Mean number of criterion ratings until an alarm when exact levels come at `rate`, independently. */
export function agreementRunLength(chart: AgreementChart, rate: number): number {
  return averageRunLength(
    [
      { weight: chart.exactWeight, probability: rate },
      { weight: chart.otherWeight, probability: 1 - rate },
    ],
    chart.limit,
  );
}
