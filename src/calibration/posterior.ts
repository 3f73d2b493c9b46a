import betaCdf from '@stdlib/stats-base-dists-beta-cdf';

/**
 * The posterior probability that a reviewer's true rate is at least `threshold` after `k` hits in `n` ratings, from
 * a uniform prior: P(Beta(k/d + 1, (n-k)/d + 1) >= threshold), where the design effect `d` counts ratings that lie
 * in one submission as fewer than they are (review-quality.md, pass rule).
 */
export function posteriorAtLeast(threshold: number, k: number, n: number, designEffect: number): number {
  // The upper tail, as the lower tail of the mirrored distribution: no loss of digits near 1.
  return betaCdf(1 - threshold, (n - k) / designEffect + 1, k / designEffect + 1);
}
