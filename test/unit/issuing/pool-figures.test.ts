import { describe, expect, it } from '@jest/globals';
import { cohenKappa, observe, quadraticWeightedKappa } from '../../../src/calibration/index.js';
import { figure, poolFigures } from '../../../src/issuing/pool-figures.js';
import { newId, plusDays } from '../../../src/kernel/index.js';
import { aReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

describe('a figure of pairs in which neither rating has a role', () => {
  // calibration-vectors.json, V055 to V062: twelve pairs, by R (irr, vcd) and Python (scikit-learn, krippendorff).
  const first = [1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4];
  const second = [1, 2, 2, 2, 3, 3, 3, 2, 4, 4, 3, 4];
  const cohens = 0.7826086956522;
  const alphaInterval = 0.7912885662432;
  const alphaNominal = 0.4497607655502;
  const pairs = first.map((one, at) => [one - 1, second[at]! - 1] as const);
  const categories = [1, 2, 3, 4];
  const valueOf = (given: readonly (readonly [number, number])[], statistic = quadraticWeightedKappa) => {
    const found = figure(
      given.map((pair) => [pair]),
      categories,
      statistic,
    );
    if (found.value === null) throw new Error(found.reason);
    return found;
  };

  it('is Krippendorff’s alpha without its correction for small samples: interval for quadratic weights, nominal for none', () => {
    const uncorrected = (alpha: number) => (24 * alpha - 1) / 23;
    expect(valueOf(pairs).value).toBeCloseTo(uncorrected(alphaInterval), 12);
    expect(valueOf(pairs, cohenKappa).value).toBeCloseTo(uncorrected(alphaNominal), 12);
  });

  it('is Fisher’s correlation of the pairs entered twice, at most Cohen’s kappa, and n counts each pair once', () => {
    const [x, y] = [
      [...first, ...second],
      [...second, ...first],
    ];
    const mean = x.reduce((sum, one) => sum + one, 0) / 24;
    const moment = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, one, at) => sum + (one - mean) * (b[at]! - mean), 0);
    expect(valueOf(pairs).value).toBeCloseTo(moment(x, y) / moment(x, x), 12);
    expect(valueOf(pairs).value).toBeLessThan(cohens);
    expect(cohens - valueOf(pairs).value).toBeLessThan(0.001);
    expect(valueOf(pairs).n).toBe(12);
  });

  it('is the same whoever committed first, its interval too, and undefined where nobody varies', () => {
    const known = valueOf(pairs);
    for (let swap = 0; swap < 64; swap += 1) {
      const swapped = pairs.map(
        ([a, b], at) => ((swap >> (at % 6)) % 2 === 0 ? [a, b] : [b, a]) as [number, number],
      );
      expect(valueOf(swapped.toReversed())).toEqual(known);
    }
    const alike = figure([[[2, 2]], [[2, 2]], [[2, 2]]], categories, quadraticWeightedKappa);
    expect(alike).toMatchObject({ value: null, reason: expect.any(String) });
  });
});

describe('the accuracy of decisions on seeds', () => {
  it('is the share of rated seeds whose decision was the key’s, of at least thirty in the window', async () => {
    const house = await aReviewHouse({ seed: 'figures' });
    const reviewer = await house.member(['reviewer']);
    const version = (await house.review.achievements.store.version(house.district, house.version))!;
    const now = house.clock.now();
    const one = (n: number, at: string, kind: 'seed' | 'double', given: number) =>
      observe(house.calibration.store, house.rubric, {
        id: `${kind}:${n}:${at}`,
        ...{ district: house.district, reviewer: reviewer.member, achievementVersion: house.version },
        ...{ kind, at, given: levels(3, 3, 3, given), reference: levels(3, 3, 3, 3) },
        ...{ rating: newId(house.review.randomness, 'rat'), other: null, exemplar: null },
      });
    const figure = async () =>
      (await poolFigures(house, version, plusDays(now, -10), plusDays(now, 1))).seedDecisionAccuracy;
    expect(await figure()).toEqual({ value: null, reason: 'no seeds were rated' });
    for (let n = 0; n < 29; n += 1) await one(n, now, 'seed', n % 10 === 0 ? 2 : 4);
    await one(30, plusDays(now, -11), 'seed', 1);
    await one(31, now, 'double', 1);
    expect(await figure()).toEqual({ value: null, reason: 'not yet enough seeds were rated' });
    await one(29, now, 'seed', 3);
    const known = await figure();
    expect(known).toMatchObject({ value: 27 / 30, n: 30 });
    // Wilson's interval of 27 of 30, by hand.
    if (known.value !== null) {
      expect(known.interval![0]).toBeCloseTo(0.7438, 4);
      expect(known.interval![1]).toBeCloseTo(0.9654, 4);
    }
    await house.store.close();
  });
});
