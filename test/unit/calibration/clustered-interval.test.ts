import { describe, expect, it } from '@jest/globals';
import {
  clusteredInterval,
  exactAgreement,
  seededRandom,
  tableOf,
  wilson,
  type Cluster,
} from '../../../src/calibration/index.js';

describe('an interval by drawing clusters again', () => {
  const categories = [1, 2];
  /** Clusters whose four pairs agree all or not at all: as many trials as clusters, whatever the count of pairs. */
  const whole = (agree: number, of: number): Cluster[] =>
    Array.from({ length: of }, (_, n) => Array.from({ length: 4 }, () => [0, n < agree ? 0 : 1] as const));

  it('is as wide as that of the clusters, not as narrow as that of the pairs', () => {
    const clusters = whole(32, 40);
    const { lower, upper } = clusteredInterval(clusters, categories, exactAgreement, { seed: 3 })!;
    const [ofClusters, ofPairs] = [wilson(32, 40), wilson(128, 160)];
    expect(exactAgreement(tableOf(clusters, categories))).toMatchObject({ value: 0.8, n: 160 });
    expect(upper - lower).toBeGreaterThan(0.85 * (ofClusters.upper - ofClusters.lower));
    expect(upper - lower).toBeGreaterThan(1.5 * (ofPairs.upper - ofPairs.lower));
  });

  it('is the same for the same seed', () => {
    const at = (seed: number) => clusteredInterval(whole(30, 40), categories, exactAgreement, { seed });
    expect(at(1)).toEqual(at(1));
    const widths = new Set([1, 2, 3, 4, 5, 6].map((seed) => JSON.stringify(at(seed))));
    expect(widths.size).toBeGreaterThan(1);
  });

  it('is undefined for fewer than ten clusters', () =>
    expect(clusteredInterval(whole(5, 9), categories, exactAgreement, { seed: 1 })).toBeUndefined());

  it('holds the true share about as often as it says', () => {
    const random = seededRandom(11);
    let held = 0;
    for (let sample = 0; sample < 200; sample += 1) {
      const clusters: Cluster[] = Array.from({ length: 40 }, () => {
        const alike = random() < 0.7;
        return [
          [0, alike ? 0 : 1],
          [0, alike ? 0 : 1],
          [0, alike ? 0 : 1],
        ];
      });
      const { lower, upper } = clusteredInterval(clusters, categories, exactAgreement, {
        seed: sample,
        resamples: 300,
      })!;
      if (lower <= 0.7 && 0.7 <= upper) held += 1;
    }
    expect(held / 200).toBeGreaterThan(0.88);
  });
});
