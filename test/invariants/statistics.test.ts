import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  estimateFacets,
  exactAgreement,
  namedStatistics,
  quadraticWeightedKappa,
  ratingsByRater,
  shrunkSeverities,
  type FacetsRating,
} from '../../src/calibration/index.js';
import { figure } from '../../src/issuing/pool-figures.js';
import { poolSaid, type Figure, type PoolFigures } from '../../src/issuing/quality-statement.js';

/*
 * Invariant 10: statistics do not change with the order of raters, items or events; relabelling raters permutes results.
 * Invariant 11: what is undefined says why, and is never a number.
 */
const categories = [1, 2, 3, 4];
const aRating = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...categories) },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Ratings, a row for each rater, and an order of raters and of items. */
const aTable = fc
  .record({ raters: fc.integer({ min: 2, max: 4 }), items: fc.integer({ min: 0, max: 12 }) })
  .chain(({ raters, items }) =>
    fc.record({
      rows: fc.array(fc.array(aRating, { minLength: items, maxLength: items }), {
        ...{ minLength: raters, maxLength: raters },
      }),
      raters: permutation(raters),
      items: permutation(items),
    }),
  );

function permutation(count: number): fc.Arbitrary<readonly number[]> {
  const all = Array.from({ length: count }, (_, index) => index);
  return fc.shuffledSubarray(all, { minLength: count, maxLength: count });
}

/** Of rater 2 beside rater 1: turned round they are not meant to be the same. Bootstraps draw by place. */
const directed = ['smd', 'pairedT', 'meanDifference'];
const ofRatings = Object.entries(namedStatistics).flatMap(([name, { ofRatings: of }]) =>
  of === undefined || /bootstrap/i.test(name) ? [] : [{ name, of }],
);

/** To nine places: sums in another order differ in the last ones. */
function said(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * 1e9) / 1e9 + 0;
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value)
    ? value.map(said)
    : Object.fromEntries(Object.entries(value).map(([name, one]) => [name, said(one)]));
}

function numbersIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.values(value).flatMap(numbersIn);
}

describe('invariant 10: every statistic by name', () => {
  it('is of ratings, most of them', () => expect(ofRatings.length).toBeGreaterThan(25));

  for (const { name, of } of ofRatings) {
    it(`${name} knows no order of items${directed.includes(name) ? '' : ', nor of raters'}`, () => {
      fc.assert(
        fc.property(aTable, ({ rows, raters, items }) => {
          const straight = said(of(ratingsByRater(rows, categories), {}));
          const byItem = rows.map((row) => items.map((item) => row[item]!));
          expect(said(of(ratingsByRater(byItem, categories), {}))).toEqual(straight);
          if (directed.includes(name)) return;
          const byRater = raters.map((rater) => rows[rater]!);
          expect(said(of(ratingsByRater(byRater, categories), {}))).toEqual(straight);
        }),
        { numRuns: 60, seed: 20261125 },
      );
    });
  }

  it('severities are those of the same reviewers, whatever they are called and whenever they rated', () => {
    const differences = fc.array(
      fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.integer({ min: -2, max: 2 })),
      {
        ...{ minLength: 60, maxLength: 90 },
      },
    );
    const renamed: { readonly [name: string]: string } = { a: 'f', b: 'a', c: 'e', d: 'b', e: 'd', f: 'c' };
    fc.assert(
      fc.property(differences, (list) => {
        const of = (events: readonly (readonly [string, number])[]) =>
          said(
            Object.fromEntries(
              shrunkSeverities(events).reviewers.map(({ reviewer, ...rest }) => [reviewer, close(rest)]),
            ),
          );
        const straight = of(list);
        expect(of([...list].reverse())).toEqual(straight);
        const back = of(list.map(([who, difference]) => [renamed[who]!, difference] as const));
        const expected = Object.fromEntries(
          Object.entries(straight as object).map(([who, severity]) => [renamed[who]!, severity]),
        );
        expect(back).toEqual(expected);
      }),
      { numRuns: 25, seed: 20261125 },
    );
  });

  it('figures of a pool do not ask who of two committed first, nor in which order cases came', () => {
    const level = fc.nat({ max: 3 });
    const aCase = fc.record({
      pairs: fc.array(fc.tuple(level, level), { minLength: 3, maxLength: 3 }),
      turned: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(aCase, { minLength: 1, maxLength: 14 }), (cases) => {
        const straight = cases.map(({ pairs }) => pairs);
        const turned = [...cases]
          .reverse()
          .map(({ pairs, turned: second }) => (second ? pairs.map(([a, b]) => [b, a] as const) : pairs));
        for (const statistic of [quadraticWeightedKappa, exactAgreement]) {
          const of = (clusters: typeof turned) => close(figure(clusters, categories, statistic));
          expect(of(turned)).toEqual(of(straight));
        }
      }),
      { numRuns: 40, seed: 20261125 },
    );
  });

  it('the facets of raters are permuted when they are renamed, and of events in any order', () => {
    const ratings: FacetsRating[] = [];
    for (let n = 0; n < 30; n += 1)
      for (const [at, rater] of ['a', 'b', 'c'].entries())
        for (const [which, criterion] of ['x', 'y'].entries())
          ratings.push({
            ...{ submission: `s${n}`, rater, criterion },
            level: 1 + ((n * (at + 2) + which * 3 + ((n * n) % 5)) % 4),
          });
    const criteria = ['x', 'y'].map((id) => ({ id, lowest: 1, highest: 4 }));
    const severities = (list: readonly FacetsRating[]) => {
      const result = estimateFacets({ criteria, ratings: list }, { steps: 'rating-scale' });
      if (result.kind === 'undefined') throw new Error(result.detail);
      return Object.fromEntries(
        result.raters.map(({ id, measure }) => [id, Math.round(measure * 1e4) / 1e4 + 0]),
      );
    };
    const straight = severities(ratings);
    expect(severities([...ratings].reverse())).toEqual(straight);
    const renamed: { readonly [name: string]: string } = { a: 'c', b: 'a', c: 'b' };
    const turned = severities(ratings.map((one) => ({ ...one, rater: renamed[one.rater]! })));
    expect(turned).toEqual({ c: straight['a'], a: straight['b'], b: straight['c'] });
  });
});

/** Estimates come to rest within a millionth. */
function close(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * 1e6) / 1e6 + 0;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, close(one)]));
}

describe('invariant 11: what is undefined', () => {
  it('has a reason in every statistic, and what has none is a number', () => {
    let undefinedOnes = 0;
    fc.assert(
      fc.property(aTable, ({ rows }) => {
        for (const { of } of ofRatings) {
          const { value, reason } = of(ratingsByRater(rows, categories), {});
          const numbers = numbersIn(value);
          expect(numbers.every((one) => one === null || Number.isFinite(one))).toBe(true);
          expect(numbers.includes(null)).toBe(reason !== null);
          if (reason !== null) undefinedOnes += 1;
        }
      }),
      { numRuns: 150, seed: 20261125 },
    );
    expect(undefinedOnes).toBeGreaterThan(1000);
  });

  it('is told as undefined with its reason in a quality statement, and never as a number', () => {
    const missing: Figure = { value: null, reason: 'no-variation' };
    const pool: PoolFigures = {
      ...{ from: '2026-06-01T00:00:00Z', to: '2026-11-01T00:00:00Z', reviewers: 12, ratings: 60 },
      ...{ exact: { value: 1, interval: null, n: 60 }, quadraticWeightedKappa: missing },
      ...{ seedDecisionAccuracy: missing, doubleRatedShare: missing, spansDistricts: false },
    };
    expect(poolSaid(pool)).toMatchObject({
      exact: { value: '1.00' },
      quadraticWeightedKappa: { value: 'undefined', reason: 'no-variation' },
      seedDecisionAccuracy: { value: 'undefined', reason: 'no-variation' },
    });
    // Too few: none is told at all.
    expect(poolSaid({ ...pool, reviewers: 9 })).not.toHaveProperty('exact');
    expect(poolSaid({ ...pool, ratings: 29 })).toMatchObject({ figures: 'not yet enough reviews' });
  });
});
