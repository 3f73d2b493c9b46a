import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import {
  adjacentAgreement,
  exactAgreement,
  ofTwoRaters,
  posteriorAtLeast,
  quadraticWeightedKappa,
  type Statistic,
  type TwoRaters,
} from '../../../src/calibration/index.js';

interface Case {
  readonly id: string;
  readonly source: string;
  readonly statistic: string;
  readonly input: {
    readonly rater1: number[];
    readonly rater2: number[];
    readonly categories?: number[];
    readonly agree: number;
    readonly n: number;
  };
  readonly expected: number | null | { readonly [threshold: string]: number };
  readonly tolerance: number;
}

const { cases } = JSON.parse(readFileSync(new URL('reference-values.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};
const statistics: { readonly [name: string]: (ratings: TwoRaters) => Statistic } = {
  qwk: (ratings) => quadraticWeightedKappa(ofTwoRaters(ratings)),
  exactAgreement: (ratings) => exactAgreement(ofTwoRaters(ratings)),
  adjacentAgreement: (ratings) => adjacentAgreement(ofTwoRaters(ratings)),
};

function raters({ input }: Case): TwoRaters {
  const used = [...new Set([...input.rater1, ...input.rater2])].sort((a, b) => a - b);
  return { first: input.rater1, second: input.rater2, categories: input.categories ?? used };
}

describe('agreement of two raters', () => {
  const agreement = cases.filter((one) => one.statistic in statistics);

  it('has ten reference values to be held to', () => expect(agreement).toHaveLength(10));

  it.each(agreement)('is what independent software computed: $id $statistic ($source)', (one) => {
    const statistic = statistics[one.statistic]!(raters(one));
    if (one.expected === null) {
      expect(statistic).toMatchObject({ value: undefined, reason: 'no-variation', q: 4, raters: 2 });
    } else {
      expect(Math.abs(statistic.value! - (one.expected as number))).toBeLessThanOrEqual(
        Math.max(one.tolerance, 1e-12),
      );
      expect(statistic).toMatchObject({ reason: null, n: one.input.rater1.length });
    }
  });

  it('leaves out pairs of which one is missing, and says how many it rests on', () => {
    const statistic = exactAgreement(
      ofTwoRaters({ first: [1, null, 2, 3], second: [1, 2, null, 1], categories: [1, 2, 3] }),
    );
    expect(statistic).toMatchObject({ value: 0.5, n: 2, q: 3 });
  });

  it('is undefined with the reason for fewer than two pairs, never 0, 1 or NaN', () => {
    for (const compute of Object.values(statistics)) {
      const statistic = compute({ first: [1, null], second: [1, 2], categories: [1, 2] });
      expect(statistic).toMatchObject({ value: undefined, reason: 'too-few-pairs', n: 1 });
    }
  });

  it('refuses a rating that the rubric does not declare', () => {
    expect(() => exactAgreement(ofTwoRaters({ first: [1, 5], second: [1, 1], categories: [1, 2] }))).toThrow(
      /gave item 2 the rating 5, which is none of the declared/,
    );
  });

  it('does not change with the order of items or raters', () => {
    const pair = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(
        fc.array(pair, { minLength: 2, maxLength: 30 }),
        fc.infiniteStream(fc.nat()),
        (pairs, keys) => {
          const categories = [1, 2, 3, 4];
          const shuffledPairs = pairs
            .map((one) => ({ one, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ one }) => one);
          const a = { first: pairs.map(([x]) => x), second: pairs.map(([, y]) => y), categories };
          const b = {
            first: shuffledPairs.map(([, y]) => y),
            second: shuffledPairs.map(([x]) => x),
            categories,
          };
          for (const compute of Object.values(statistics)) {
            const [one, other] = [compute(a), compute(b)];
            expect(other.reason).toBe(one.reason);
            if (one.value !== undefined) expect(other.value).toBeCloseTo(one.value, 12);
          }
        },
      ),
    );
  });
});

describe('the posterior of an exact rate', () => {
  it.each(cases.filter((one) => one.statistic === 'posteriorExceed'))('is what R computes: $id', (one) => {
    for (const [threshold, value] of Object.entries(one.expected as Record<string, number>)) {
      expect(
        Math.abs(posteriorAtLeast(Number(threshold), one.input.agree, one.input.n, 1) - value),
      ).toBeLessThan(1e-9);
    }
  });

  it('counts ratings of one submission as fewer by the design effect', () => {
    // 26 of 39 at 1.3 is 20 of 30 at 1.
    expect(posteriorAtLeast(0.65, 26, 39, 1.3)).toBeCloseTo(posteriorAtLeast(0.65, 20, 30, 1), 12);
  });
});
