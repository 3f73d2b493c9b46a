import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bootstrapInterval,
  cohenKappa,
  congerKappa,
  exactAgreement,
  fleissKappa,
  gwetAC,
  intraclassCorrelation,
  krippendorffAlpha,
  linearWeightedKappa,
  brennanPrediger,
  ofTwoRaters,
  pairedT,
  pairwiseAgreement,
  pearson,
  posteriorAtLeast,
  quadraticWeightedKappa,
  ratingsByRater,
  scottPi,
  standardizedMeanDifference,
  type RatingData,
  type Statistic,
} from '../../../src/calibration/index.js';

const categories = [1, 2, 3, 4];
type Of = (data: RatingData) => Statistic;
const symmetric: { readonly [name: string]: Of } = {
  exactAgreement,
  cohenKappa,
  linearWeightedKappa,
  quadraticWeightedKappa,
  scottPi: (data) => scottPi(data),
  pearson,
  iccAgreement: (data) => intraclassCorrelation(data, { model: 2, of: 'single' }),
};
const ofMany: { readonly [name: string]: Of } = {
  pairwiseAgreement: (data) => pairwiseAgreement(data),
  fleissKappa: (data) => fleissKappa(data),
  gwetAC2: (data) => gwetAC(data, 'quadratic'),
  brennanPrediger: (data) => brennanPrediger(data, 'linear'),
  krippendorffAlpha: (data) => krippendorffAlpha(data, 'ordinal'),
};
const level = fc.integer({ min: 1, max: 4 });
const pairs = fc.array(fc.tuple(level, level), { minLength: 2, maxLength: 30 });
const two = (given: readonly (readonly [number, number])[], declared = categories) =>
  ofTwoRaters({ first: given.map(([a]) => a), second: given.map(([, b]) => b), categories: declared });

function same(one: Statistic, other: Statistic): void {
  expect(other.reason).toBe(one.reason);
  if (one.value === undefined) expect(other.value).toBeUndefined();
  else expect(other.value).toBeCloseTo(one.value, 9);
}

describe('agreement', () => {
  it('does not change with the order of the items, nor with which rater stands first', () =>
    fc.assert(
      fc.property(pairs, fc.infiniteStream(fc.nat()), (given, keys) => {
        const mixed = given
          .map((one) => ({ one, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one: [a, b] }) => [b, a] as const);
        for (const compute of Object.values({ ...symmetric, ...ofMany }))
          same(compute(two(given)), compute(two(mixed)));
        // A difference from the other rater turns its sign with them.
        for (const compute of [standardizedMeanDifference, pairedT]) {
          const [one, other] = [compute(two(given)), compute(two(mixed))];
          same(one, other.value === undefined ? other : { ...other, value: -other.value });
        }
      }),
    ));

  it('does not change when several raters stand in another order', () => {
    const matrix = fc.array(fc.tuple(...[0, 1, 2].map(() => fc.option(level, { freq: 6 }))), {
      minLength: 2,
      maxLength: 20,
    });
    fc.assert(
      fc.property(matrix, (items) => {
        const rows = [0, 1, 2].map((rater) => items.map((item) => item[rater] ?? null));
        const turned = [rows[2]!, rows[0]!, rows[1]!];
        for (const compute of Object.values(ofMany))
          same(compute(ratingsByRater(rows, categories)), compute(ratingsByRater(turned, categories)));
      }),
    );
  });

  it('is a number of at most 1 or undefined with the reason, never NaN', () =>
    fc.assert(
      fc.property(pairs, (given) => {
        for (const compute of Object.values({ ...symmetric, ...ofMany })) {
          const { value, reason } = compute(two(given));
          if (value === undefined) expect(reason).toBe('no-variation');
          else {
            expect(Number.isFinite(value)).toBe(true);
            expect(value).toBeLessThanOrEqual(1 + 1e-12);
          }
        }
      }),
    ));

  it('has kappas that do not change with levels nobody used, and an AC1 that does', () =>
    fc.assert(
      fc.property(pairs, (given) => {
        const wide = two(given, [1, 2, 3, 4, 5]);
        for (const compute of [cohenKappa, quadraticWeightedKappa, linearWeightedKappa])
          same(compute(two(given)), compute(wide));
        const narrow = gwetAC(two(given)).value ?? 1;
        if (1 - narrow > 1e-9) expect(gwetAC(wide).value).toBeGreaterThan(narrow);
      }),
    ));

  it('keeps the identities of the books', () =>
    fc.assert(
      fc.property(pairs, (given) => {
        const data = two(given);
        same(scottPi(data), fleissKappa(data));
        same(cohenKappa(data), congerKappa(data));
        // Of two levels every weighting is the same.
        const binary = two(
          given.map(([a, b]) => [a > 2 ? 2 : 1, b > 2 ? 2 : 1] as const),
          [1, 2],
        );
        same(cohenKappa(binary), quadraticWeightedKappa(binary));
        same(cohenKappa(binary), linearWeightedKappa(binary));
        // Quadratic weights make Lin's concordance, with moments over n (Lin 1989).
        const n = given.length;
        const mean = (side: 0 | 1) => given.reduce((sum, pair) => sum + pair[side], 0) / n;
        const [x, y] = [mean(0), mean(1)];
        const moment = (of: (a: number, b: number) => number) =>
          given.reduce((sum, [a, b]) => sum + of(a, b), 0) / n;
        const below = moment((a) => (a - x) ** 2) + moment((_a, b) => (b - y) ** 2) + (x - y) ** 2;
        const { value } = quadraticWeightedKappa(data);
        if (below === 0) expect(value).toBeUndefined();
        else expect(value).toBeCloseTo((2 * moment((a, b) => (a - x) * (b - y))) / below, 9);
      }),
    ));

  it('leaves out pairs of which one is missing, and says how many it rests on', () => {
    const data = ofTwoRaters({ first: [1, null, 2, 3], second: [1, 2, null, 1], categories: [1, 2, 3] });
    expect(exactAgreement(data)).toMatchObject({ value: 0.5, n: 2, q: 3 });
  });

  it('is undefined with the reason for fewer than two pairs', () => {
    const data = ofTwoRaters({ first: [1, null], second: [1, 2], categories: [1, 2] });
    for (const compute of Object.values({ ...symmetric, ...ofMany }))
      if (compute !== symmetric['iccAgreement'])
        expect(compute(data)).toMatchObject({ value: undefined, reason: 'too-few-pairs', n: 1 });
    expect(intraclassCorrelation(data, { model: 2, of: 'single' })).toMatchObject({
      value: undefined,
      reason: 'needs-complete-ratings',
    });
  });

  it('is undefined of three raters where it is made for two', () => {
    const data = ratingsByRater(
      [
        [1, 2, 3],
        [1, 2, 3],
        [1, 2, 2],
      ],
      categories,
    );
    expect(cohenKappa(data)).toMatchObject({ value: undefined, reason: 'needs-two-raters' });
    expect(pearson(data)).toMatchObject({ value: undefined, reason: 'needs-two-raters' });
  });
});

describe('an interval by drawing the items again', () => {
  const given = Array.from(
    { length: 60 },
    (_, item) => [(item % 4) + 1, item % 5 === 0 ? ((item + 1) % 4) + 1 : (item % 4) + 1] as const,
  );

  it('is the same for the same seed and another for another', () => {
    const at = (seed: number) =>
      bootstrapInterval(two(given), quadraticWeightedKappa, { seed, resamples: 400 });
    expect(at(7)).toEqual(at(7));
    expect(at(7).interval).not.toEqual(at(8).interval);
  });

  it('covers the value, and holds the true share about as often as it says', () => {
    // 200 samples of 40 from a pool that agrees in 4 of 5: a share is known exactly, so coverage can be counted.
    let held = 0;
    let state = 1;
    const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
    for (let sample = 0; sample < 200; sample += 1) {
      const drawn = Array.from({ length: 40 }, () => (next() < 0.8 ? ([2, 2] as const) : ([2, 3] as const)));
      const { interval } = bootstrapInterval(two(drawn), exactAgreement, { seed: sample, resamples: 400 });
      if (interval!.lower <= 0.8 && 0.8 <= interval!.upper) held += 1;
    }
    expect(held / 200).toBeGreaterThan(0.88);
  });

  it('counts the resamples in which the statistic is undefined and gives none where they are many', () => {
    const rare = two([
      ...Array.from({ length: 11 }, () => [3, 3] as const),
      [3, 2] as const,
      [2, 2] as const,
    ]);
    const drawn = bootstrapInterval(rare, quadraticWeightedKappa, { seed: 1, resamples: 500 });
    expect(drawn.undefinedResamples).toBeGreaterThan(50);
    expect(drawn).toMatchObject({ interval: undefined, reason: 'no-variation' });
  });

  it('is refused for too few resamples', () =>
    expect(() => bootstrapInterval(two(given), cohenKappa, { seed: 1, resamples: 10 })).toThrow(
      /needs 200 resamples or more/,
    ));
});

describe('the posterior of an exact rate', () => {
  it('counts ratings of one submission as fewer by the design effect', () => {
    // 26 of 39 at 1.3 is 20 of 30 at 1.
    expect(posteriorAtLeast(0.65, 26, 39, 1.3)).toBeCloseTo(posteriorAtLeast(0.65, 20, 30, 1), 12);
  });
});
