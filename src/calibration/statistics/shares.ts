import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { AppError } from '../../kernel/index.js';
import { defined, undefinedBecause, type Interval, type Statistic } from '../statistic.js';
import { jointOf, ratersOf, sum, type RatingData } from './rating-data.js';

/** The share of pairs in which both gave the same category, with Wilson's interval. Undefined for fewer than two pairs. */
export function exactAgreement(data: RatingData): Statistic {
  return shareOf(data, 'exact agreement', (apart) => apart === 0);
}

/** The share of pairs at most one category apart, exact ones included: a floor, never what decides. */
export function adjacentAgreement(data: RatingData): Statistic {
  return shareOf(data, 'adjacent agreement', (apart) => apart <= 1);
}

/** The share of pairs two or more categories apart. */
export function twoOrMoreOff(data: RatingData): Statistic {
  return shareOf(data, 'two or more levels apart', (apart) => apart >= 2);
}

function shareOf(data: RatingData, method: string, counts: (apart: number) => boolean): Statistic {
  const table = jointOf(data);
  const n = table === undefined ? 0 : sum(table.flat());
  const about = { n, q: data.categories.length, raters: ratersOf(data), method };
  if (table === undefined) {
    if (data.byRater === undefined) return undefinedBecause('needs-ratings-by-rater', about);
    return undefinedBecause(about.raters < 2 ? 'too-few-pairs' : 'needs-two-raters', about);
  }
  if (n < 2) return undefinedBecause('too-few-pairs', about);
  const hits = sum(table.flatMap((row, a) => row.filter((_cell, b) => counts(Math.abs(a - b)))));
  return defined(hits / n, about, { interval: wilson(hits, n) });
}

/**
 * Wilson's score interval of a proportion (Wilson 1927).
 * @param k hits, 0 to n
 * @param n trials, more than 0
 * @throws rule-violated for anything else
 */
export function wilson(k: number, n: number, level = 0.95): Interval {
  checkShare(k, n, level);
  const z = normalQuantile((1 + level) / 2, 0, 1);
  const p = k / n;
  const centre = p + z ** 2 / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  const whole = 1 + z ** 2 / n;
  return {
    lower: k === 0 ? 0 : (centre - half) / whole,
    upper: k === n ? 1 : (centre + half) / whole,
    level,
  };
}

/** The exact interval of Clopper and Pearson (1934): 0 and 1 are its ends for no hits and for nothing else. */
export function clopperPearson(k: number, n: number, level = 0.95): Interval {
  checkShare(k, n, level);
  const tail = (1 - level) / 2;
  return {
    lower: k === 0 ? 0 : betaQuantile(tail, k, n - k + 1),
    upper: k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k),
    level,
  };
}

/** Jeffreys's interval as the bare quantiles of Beta(k + 1/2, n - k + 1/2), with no exception at its ends. */
export function jeffreys(k: number, n: number, level = 0.95): Interval {
  checkShare(k, n, level);
  const tail = (1 - level) / 2;
  return {
    lower: betaQuantile(tail, k + 0.5, n - k + 0.5),
    upper: betaQuantile(1 - tail, k + 0.5, n - k + 0.5),
    level,
  };
}

function checkShare(k: number, n: number, level: number): void {
  if (!(n > 0) || !(k >= 0) || k > n)
    throw new AppError('rule-violated', `A share needs n above 0 and 0 to n hits; ${k} of ${n} is none.`);
  if (!(level > 0 && level < 1))
    throw new AppError('rule-violated', `The level of an interval lies between 0 and 1; ${level} does not.`);
}
