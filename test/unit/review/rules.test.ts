import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide, meets, type Levels, type Rubric } from '../../../src/achievements/index.js';
import { defaultReviewPolicy as policy } from '../../../src/calibration/index.js';
import {
  agreedLevels,
  conflictOfInterest,
  drawReviewer,
  isBoundary,
  reasonsAtOpening,
  reasonsFromLevels,
} from '../../../src/review/index.js';
import type { Member, Relationship } from '../../../src/tenancy/index.js';
import { aRubric, levels } from '../../support/rubric.js';

const rubric = aRubric(3);
const fourLevels = fc.integer({ min: 1, max: 4 });
const anyLevels = fc.tuple(fourLevels, fourLevels, fourLevels).map((numbers) => levels(...numbers));
/** Level 2 required, so that levels two apart may both meet. */
const low: Rubric = {
  ...rubric,
  criteria: rubric.criteria.map((one) => ({ ...one, requiredLevel: `${one.id}-2` })),
};
const rubrics = fc.constantFrom<Rubric>(
  rubric,
  low,
  aRubric(3, { kind: 'conjunctive-with-allowances', allowances: 1 }),
  aRubric(3, { kind: 'compensatory', cut: 8, floors: { c1: 'c1-2' } }),
);
const numberOf = (level: string | undefined) => Number(level?.slice(-1));

describe('the agreement of two ratings', () => {
  it('makes the lower levels final when they lie on the same side of every required level', () => {
    expect(agreedLevels(rubric, [levels(3, 4, 3), levels(4, 3, 3)])).toEqual(levels(3, 3, 3));
    expect(agreedLevels(rubric, [levels(1, 2, 3), levels(2, 1, 4)])).toEqual(levels(1, 1, 3));
  });

  it('is none when one criterion is two levels apart, though both decisions are the same', () => {
    expect(agreedLevels(low, [levels(2, 2, 2), levels(2, 2, 4)])).toBeUndefined();
    expect(agreedLevels(low, [levels(2, 2, 2), levels(2, 2, 3)])).toEqual(levels(2, 2, 2));
  });

  it('is none when a criterion is met by one and unmet by the other: nothing is averaged across a required level', () => {
    expect(agreedLevels(rubric, [levels(2, 3, 3), levels(3, 3, 3)])).toBeUndefined();
    expect(agreedLevels(rubric, [levels(2, 1, 3), levels(3, 1, 3)])).toBeUndefined();
  });

  it('is none when the lower levels turn the decision of both', () => {
    const compensatory = aRubric(3, { kind: 'compensatory', cut: 10, floors: {} });
    // Both sum to 10 and meet; the lower of each sum to 9 and do not.
    expect(agreedLevels(compensatory, [levels(4, 3, 3), levels(3, 4, 3)])).toBeUndefined();
  });

  it('holds, for any rubric and ratings, exactly when the three conditions of the design do', () => {
    fc.assert(
      fc.property(rubrics, anyLevels, anyLevels, (any, one, other) => {
        const agreed = agreedLevels(any, [one, other]);
        const lower: Levels = Object.fromEntries(
          any.criteria.map(({ id }) => [
            id,
            numberOf(one[id]) <= numberOf(other[id]) ? one[id]! : other[id]!,
          ]),
        );
        const near = any.criteria.every(({ id }) => Math.abs(numberOf(one[id]) - numberOf(other[id])) < 2);
        const alike = any.criteria.every((c) => meets(c, one[c.id]!) === meets(c, other[c.id]!));
        const same = decide(any, lower) === decide(any, one) && decide(any, lower) === decide(any, other);
        expect(agreed).toEqual(near && alike && same ? lower : undefined);
        expect(agreedLevels(any, [other, one])).toEqual(agreed);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('double rating', () => {
  it('is asked for by every "not yet"', () => {
    expect(reasonsFromLevels(rubric, levels(3, 3, 2))).toEqual(['not-yet']);
    expect(reasonsFromLevels(rubric, levels(3, 3, 3))).toEqual([]);
  });

  it('is asked for where all allowances are used', () => {
    const allowing = aRubric(3, { kind: 'conjunctive-with-allowances', allowances: 1 });
    expect(reasonsFromLevels(allowing, levels(3, 3, 2))).toEqual(['boundary']);
    expect(reasonsFromLevels(allowing, levels(3, 3, 3))).toEqual([]);
  });

  it('is asked for within one standard error of the cut, and not beyond', () => {
    const compensatory = aRubric(3, { kind: 'compensatory', cut: 8, floors: {} });
    // sqrt(.45 * 3) = 1.16
    expect(isBoundary(compensatory, levels(3, 3, 3))).toBe(true);
    expect(isBoundary(compensatory, levels(3, 3, 4))).toBe(false);
    expect(isBoundary(compensatory, levels(3, 3, 1))).toBe(true);
    expect(isBoundary(compensatory, levels(2, 2, 2))).toBe(false);
  });

  it('is asked for by the first thirty cases of a version, and then by a fifth that follows from the seed', () => {
    expect(reasonsAtOpening('seed', 29, policy)).toContain('first-of-version');
    const random = Array.from({ length: 5000 }, (_, index) => reasonsAtOpening(`seed ${index}`, 30, policy));
    const share = random.filter((reasons) => reasons.includes('random')).length / random.length;
    expect(share).toBeGreaterThan(0.18);
    expect(share).toBeLessThan(0.22);
    expect(random.flat().includes('first-of-version')).toBe(false);
    expect(reasonsAtOpening('seed 17', 30, policy)).toEqual(random[17]);
  });
});

describe('the draw of a reviewer', () => {
  it('follows from the seed alone, whatever the order of the candidates (invariant 12)', () => {
    const candidates = ['a', 'b', 'c', 'd'].map((reviewer) => ({ reviewer, load: 1 }));
    for (let seed = 0; seed < 50; seed += 1) {
      const drawn = drawReviewer(String(seed), candidates);
      expect(drawReviewer(String(seed), [...candidates].reverse())).toBe(drawn);
    }
  });

  it('keeps loads within one of each other over many draws, and favours nobody', () => {
    const loads = new Map(['a', 'b', 'c', 'd', 'e'].map((reviewer) => [reviewer, 0]));
    const first = new Map<string, number>();
    for (let seed = 0; seed < 2000; seed += 1) {
      const candidates = [...loads].map(([reviewer, load]) => ({ reviewer, load }));
      const drawn = drawReviewer(String(seed), candidates)!;
      loads.set(drawn, loads.get(drawn)! + 1);
      const all = [...loads.values()];
      expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
      const fresh = drawReviewer(
        `fresh ${seed}`,
        ['a', 'b', 'c', 'd', 'e'].map((reviewer) => ({ reviewer, load: 0 })),
      )!;
      first.set(fresh, (first.get(fresh) ?? 0) + 1);
    }
    for (const count of first.values()) expect(Math.abs(count - 400)).toBeLessThan(80);
  });

  it('draws nobody when there is nobody', () => expect(drawReviewer('seed', [])).toBeUndefined());

  it('draws from the least loaded only, of these strangers to the teacher first, then the least paired', () => {
    const candidate = fc.record({
      load: fc.integer({ min: 0, max: 3 }),
      met: fc.integer({ min: 0, max: 2 }),
      paired: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(fc.uuid(), fc.array(candidate, { minLength: 1, maxLength: 8 }), (seed, some) => {
        const candidates = some.map((one, index) => ({ ...one, reviewer: `r${index}` }));
        const drawn = candidates.find(({ reviewer }) => reviewer === drawReviewer(seed, candidates))!;
        expect(drawReviewer(seed, [...candidates].reverse())).toBe(drawn.reviewer);
        const rank = ({ load, met, paired }: (typeof candidates)[number]) => load * 100 + met * 10 + paired;
        expect(rank(drawn)).toBe(Math.min(...candidates.map(rank)));
      }),
    );
  });

  it('rotates pairs: the graph of raters is connected after few cases, and most pairs have met in the end', () => {
    for (const size of [3, 6, 12]) {
      const names = Array.from({ length: size }, (_, index) => `r${index}`);
      const loads = new Map(names.map((name) => [name, 0]));
      const pairs = new Map<string, number>();
      const pairOf = (a: string, b: string) => [a, b].sort().join();
      const group = new Map(names.map((name) => [name, name]));
      const root = (name: string): string => (group.get(name) === name ? name : root(group.get(name)!));
      let connectedAfter = 0;
      for (let n = 0; n < size * size; n += 1) {
        const draw = (except: string | undefined) => {
          const candidates = names
            .filter((name) => name !== except)
            .map((reviewer) => ({
              reviewer,
              load: loads.get(reviewer)!,
              paired: except === undefined ? 0 : (pairs.get(pairOf(reviewer, except)) ?? 0),
            }));
          const drawn = drawReviewer(`${size}/${n}/${except}`, candidates)!;
          loads.set(drawn, loads.get(drawn)! + 1);
          return drawn;
        };
        const first = draw(undefined);
        const second = draw(first);
        pairs.set(pairOf(first, second), (pairs.get(pairOf(first, second)) ?? 0) + 1);
        group.set(root(first), root(second));
        const spread = [...loads.values()];
        expect(Math.max(...spread) - Math.min(...spread)).toBeLessThanOrEqual(1);
        if (connectedAfter === 0 && new Set(names.map(root)).size === 1) connectedAfter = n + 1;
      }
      expect(connectedAfter).toBeGreaterThan(0);
      expect(connectedAfter).toBeLessThanOrEqual(3 * size);
      const all = (size * (size - 1)) / 2;
      expect(pairs.size / all).toBeGreaterThan(0.75);
    }
  });
});

describe('conflict of interest', () => {
  const member = (id: string, school: string | null) => ({ id, school }) as unknown as Member;
  const related = (change: Partial<Relationship>) =>
    ({
      kind: 'coach',
      member: 'r',
      other: 't',
      from: '2020-01-01T00:00:00Z',
      to: null,
      ...change,
    }) as Relationship;
  const now = '2026-11-20T09:00:00Z';
  const between = (reviewer: Member, teacher: Member, relationships: readonly Relationship[] = []) =>
    conflictOfInterest(reviewer, teacher, relationships, now, 3);

  it('is with oneself and with one’s own school, however it is written', () => {
    expect(between(member('t', 'A'), member('t', 'B'))).toBe('self');
    expect(between(member('r', ' lincoln  Elementary'), member('t', 'Lincoln Elementary'))).toBe('school');
    expect(between(member('r', 'Lincoln'), member('t', 'Jefferson'))).toBeUndefined();
    expect(between(member('r', null), member('t', null))).toBeUndefined();
  });

  it('is with whom one coaches or supervises, in both directions, until three years after the end', () => {
    const [r, t] = [member('r', 'A'), member('t', 'B')];
    expect(between(r, t, [related({})])).toBe('coach');
    expect(between(t, r, [related({ kind: 'supervisor' })])).toBe('supervisor');
    expect(between(r, t, [related({ to: '2023-11-20T09:00:01Z' })])).toBe('coach');
    expect(between(r, t, [related({ to: '2023-11-20T09:00:00Z' })])).toBeUndefined();
    expect(between(r, t, [related({ other: 'somebody else' as never })])).toBeUndefined();
    expect(between(r, t, [related({ kind: 'declared' })])).toBe('declared');
  });

  it('is within a district of fewer than five schools, in a pool that spans districts only', () => {
    const [r, t] = [member('r', 'A'), member('t', 'B')];
    const inPool = (schools: number, sameDistrict: boolean) =>
      conflictOfInterest(r, t, [], now, 3, { schools, sameDistrict });
    expect(inPool(4, true)).toBe('small-district');
    expect(inPool(5, true)).toBeUndefined();
    expect(inPool(1, false)).toBeUndefined();
    expect(between(r, t)).toBeUndefined();
  });
});
