import { describe, expect, it } from '@jest/globals';
import {
  comparisonOf,
  exactAgreement,
  noFigures,
  noObservedSums,
  plusObservation,
  quadraticWeightedKappa,
  seededRandom,
  severitiesOnSeeds,
  shrunkSeverities,
  tableOf,
  twoOrMoreOff,
  wilson,
  type ObservedLevel,
  type ObservedSums,
} from '../../../src/calibration/index.js';
import type { AchievementVersionId, DistrictId, MemberId } from '../../../src/kernel/index.js';

const q = 4;
const at = '2026-11-20T09:00:00Z';
const levelOf = (criterion: number, given: number, reference: number): ObservedLevel => ({
  ...{ criterion: `c${criterion}`, given, reference, q },
});

/** Works of some criteria, a share of whose levels are the reference's; `together`: alike within a work. */
function works(count: number, { seed, together }: { seed: number; together: boolean }): ObservedLevel[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const day = random();
    return [1, 2, 3, 4].map((criterion) => {
      const reference = 1 + Math.floor(q * random());
      const exact = (together ? day : random()) < 0.75;
      return levelOf(criterion, exact ? reference : 1 + (reference % q), reference);
    });
  });
}

const sumsOf = (all: readonly (readonly ObservedLevel[])[]): ObservedSums =>
  all.reduce(
    (sums, levels) => plusObservation(sums, { levels, decisionRight: levels[0]!.given >= 2, at }),
    noObservedSums,
  );

describe('the figures of a reviewer beside a reference', () => {
  it('are those of the ratings themselves', () => {
    const all = works(40, { seed: 4, together: false });
    const pairs = all.map((levels) =>
      levels.map(({ given, reference }) => [given - 1, reference - 1] as const),
    );
    const data = tableOf(pairs, [1, 2, 3, 4]);
    const shown = comparisonOf(sumsOf(all), 1.3);
    expect(shown).toMatchObject({ works: 40, levels: 160, few: false });
    expect(shown.exact.value).toBe(exactAgreement(data).value);
    expect(shown.twoOff.value).toBe(twoOrMoreOff(data).value);
    expect(shown.quadraticWeightedKappa).toEqual(quadraticWeightedKappa(data));
    expect(shown.decisions.value).toBe(all.filter(([first]) => first!.given >= 2).length / 40);
  });

  it('have an interval as wide as levels of one work are alike', () => {
    const width = (together: boolean) => {
      const { interval } = comparisonOf(sumsOf(works(400, { seed: 9, together })), 1.3).exact;
      return interval!.upper - interval!.lower;
    };
    const independent = wilson(1200, 1600);
    // Four levels that are exact or not together say as much as one: twice the width, by the root of four.
    expect(width(true) / (independent.upper - independent.lower)).toBeCloseTo(2, 0);
    expect(width(false) / (independent.upper - independent.lower)).toBeLessThan(1.15);
  });

  it('are undefined where there are none, and few where they are few', () => {
    const none = comparisonOf(noObservedSums, 1.3);
    for (const figure of [none.exact, none.twoOff, none.decisions, none.quadraticWeightedKappa])
      expect(figure).toMatchObject({ value: undefined, reason: 'too-few-pairs' });
    const all = comparisonOf(sumsOf([[levelOf(1, 3, 3), levelOf(2, 3, 3)]]), 1.3);
    // All of two levels: with the policy's design effect, for nothing varies.
    expect(all.exact).toMatchObject({ value: 1, interval: wilson(2 / 1.3, 2 / 1.3) });
    expect(all.few).toBe(true);
  });

  it('have the severities that the differences themselves have', () => {
    const raters = Array.from({ length: 6 }, (_, index) => {
      const all = works(5 + 3 * index, { seed: 20 + index, together: false });
      return { reviewer: `mbr_${index}` as MemberId, all };
    });
    const whose = { district: 'dst_1' as DistrictId, achievementVersion: 'ver_1' as AchievementVersionId };
    const figures = raters.map(({ reviewer, all }) => {
      const begun = noFigures({ ...whose, reviewer });
      return { ...begun, observed: { ...begun.observed, seed: sumsOf(all) } };
    });
    const idle = noFigures({ ...whose, reviewer: 'mbr_9' as MemberId });
    const fromSums = severitiesOnSeeds([...figures, idle]);
    const fromAll = shrunkSeverities(
      raters.flatMap(({ reviewer, all }) =>
        all.flat().map(({ given, reference }) => [reviewer, given - reference] as const),
      ),
    );
    expect(fromSums.basis).toBe('pool');
    expect(fromSums.of.get('mbr_9')).toBeUndefined();
    for (const one of fromAll.reviewers) {
      const shown = fromSums.of.get(one.reviewer)!;
      expect(shown.n).toBe(one.n);
      expect(shown.value).toBeCloseTo(one.value, 9);
      expect(shown.interval.lower).toBeCloseTo(one.interval.lower, 9);
    }
  });
});
