/** Wald's sequential probability ratio test of a rate of exact ratings, cut off at a last look. */
export interface SequentialTest {
  /** Rates to be told apart: the lower fails, the higher passes. */
  readonly failRate: number;
  readonly passRate: number;
  /** Chance of passing at the lower rate, and of failing at the higher. */
  readonly alpha: number;
  readonly beta: number;
  /** Ratings at the first and the last look; one look after each rating between. */
  readonly firstLook: number;
  readonly lastLook: number;
}

/** .60 against .80 with 10 % errors, looks from 10 to 40 (calibration.md, 2.3). */
export const defaultSequentialTest: SequentialTest = {
  failRate: 0.6,
  passRate: 0.8,
  alpha: 0.1,
  beta: 0.1,
  firstLook: 10,
  lastLook: 40,
};

export interface SequentialCharacteristic {
  readonly rate: number;
  readonly pass: number;
  readonly fail: number;
  /** Mean number of ratings until the end. */
  readonly ratings: number;
}

/**
 * The chance of passing and the mean number of ratings at a true rate, exact by recursion over the number of exact
 * ratings (Wald 1947; Armitage 1957 for the cut). Passes at log ratio >= ln((1-β)/α), fails at <= ln(β/(1-α)); at the
 * last look it passes when the ratio favours the higher rate.
 */
export function sequentialCharacteristic(test: SequentialTest, rate: number): SequentialCharacteristic {
  const { failRate, passRate, alpha, beta, firstLook, lastLook } = test;
  if (!(failRate > 0 && failRate < passRate && passRate < 1))
    throw new Error('a sequential test needs rates with 0 < failRate < passRate < 1');
  const exactStep = Math.log(passRate / failRate);
  const otherStep = Math.log((1 - passRate) / (1 - failRate));
  const [passAt, failAt] = [Math.log((1 - beta) / alpha), Math.log(beta / (1 - alpha))];
  let open = Float64Array.of(1);
  let [pass, fail, ratings] = [0, 0, 0];
  for (let n = 1; n <= lastLook; n += 1) {
    const next = new Float64Array(n + 1);
    open.forEach((chance, k) => {
      ratings += chance;
      next[k]! += chance * (1 - rate);
      next[k + 1]! += chance * rate;
    });
    for (let k = 0; n >= firstLook && k <= n; k += 1) {
      const ratio = k * exactStep + (n - k) * otherStep;
      const last = n === lastLook;
      if (ratio >= passAt || (last && ratio > 0)) pass += next[k]!;
      else if (ratio <= failAt || last) fail += next[k]!;
      else continue;
      next[k] = 0;
    }
    open = next;
  }
  return { rate, pass, fail, ratings };
}

/** The chance that at least `k` of `n` independent ratings are exact at a true rate: a bare cut's characteristic. */
export function cutCharacteristic(k: number, n: number, rate: number): number {
  // Upper tail of the binomial by its terms: sums of positive numbers.
  let term = rate ** n;
  let tail = term;
  for (let hits = n; hits > k; hits -= 1) {
    term *= (hits / (n - hits + 1)) * ((1 - rate) / rate);
    tail += term;
  }
  return tail;
}
