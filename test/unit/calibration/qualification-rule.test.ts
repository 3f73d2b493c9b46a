import { describe, expect, it } from '@jest/globals';
import type { Levels } from '../../../src/achievements/index.js';
import {
  defaultQualificationPolicy as policy,
  judgeQualification,
  seededChance,
  type ScoredExemplar,
} from '../../../src/calibration/index.js';
import { aRubric, levels } from '../../support/rubric.js';

const rubric = aRubric();
const keys = [
  levels(3, 3, 3, 3),
  levels(2, 3, 3, 2),
  levels(1, 2, 2, 1),
  levels(4, 3, 4, 3),
  levels(2, 2, 3, 3),
  levels(3, 4, 3, 4),
  levels(3, 2, 3, 3),
  levels(1, 1, 2, 2),
  levels(4, 4, 4, 4),
  levels(2, 2, 1, 2),
];

/** A form on which `change` says what is given instead of the key, by exemplar and criterion (from 0). */
function form(change: (exemplar: number, criterion: number, key: number) => number): ScoredExemplar[] {
  return keys.map((key, exemplar) => ({
    key,
    given: levels(
      ...Object.values(key).map((level, criterion) => change(exemplar, criterion, Number(level.slice(-1)))),
    ),
  }));
}

const judge = (scored: readonly ScoredExemplar[]) => judgeQualification(rubric, scored, policy);

describe('the three-zone rule of the qualifying form', () => {
  it('passes a reviewer who gives the key throughout', () => {
    expect(judge(form((_exemplar, _criterion, key) => key))).toEqual({
      zone: 'pass',
      exemplars: 10,
      n: 40,
      exact: 40,
      twoOff: 0,
      decisionsRight: 10,
      probability: expect.closeTo(0.999999, 5),
      meanDifference: 0,
      exactByCriterion: { c1: 1, c2: 1, c3: 1, c4: 1 },
      kappa: 1,
    });
  });

  it('computes the probability from 32 exact of 40 with design effect 1.3 as an independent integration does', () => {
    // Eight ratings one level off, half up and half down, on exemplars whose decision they do not change.
    const off = new Map([
      ['0,0', 4],
      ['0,1', 4],
      ['5,1', 3],
      ['5,3', 3],
      ['8,0', 3],
      ['8,1', 3],
      ['9,0', 3],
      ['9,1', 3],
    ]);
    const figures = judge(form((exemplar, criterion, key) => off.get(`${exemplar},${criterion}`) ?? key));
    expect(figures).toMatchObject({
      exact: 32,
      twoOff: 0,
      decisionsRight: 10,
      meanDifference: 0,
      zone: 'pass',
    });
    expect(figures.probability).toBeCloseTo(integrated(0.65, 32 / 1.3 + 1, 8 / 1.3 + 1), 9);
  });

  it('extends where the exact rate is not yet probable enough', () => {
    // Twelve of forty one level off: 28 exact, P(rate >= .65) about .7.
    const figures = judge(
      form((exemplar, criterion, key) =>
        criterion === exemplar % 4 || (exemplar < 2 && criterion === 3) ? shift(key) : key,
      ),
    );
    expect(figures.exact).toBe(28);
    expect(figures.probability).toBeGreaterThan(0.5);
    expect(figures.probability).toBeLessThan(0.9);
    expect(figures.zone).toBe('extend');
  });

  it('fails where the exact rate is improbable, or more than 15 % are two levels off', () => {
    expect(judge(form((_exemplar, _criterion, key) => shift(key))).zone).toBe('fail');
    const sevenOff = form((exemplar, criterion, key) =>
      exemplar < 7 && criterion === 0 ? twoAway(key) : key,
    );
    expect(judge(sevenOff)).toMatchObject({ exact: 33, twoOff: 7, zone: 'fail' });
    const sixOff = form((exemplar, criterion, key) => (exemplar < 6 && criterion === 0 ? twoAway(key) : key));
    expect(judge(sixOff)).toMatchObject({ exact: 34, twoOff: 6, zone: 'extend' });
  });

  it('does not pass more than 5 % two off, though nearly all else is exact', () => {
    const off = (count: number) =>
      form((exemplar, criterion, key) => (exemplar === 2 && criterion < count ? key + 2 : key));
    expect(judge(off(2))).toMatchObject({ twoOff: 2, zone: 'pass' });
    expect(judge(off(3))).toMatchObject({ twoOff: 3, decisionsRight: 10, zone: 'extend' });
  });

  it('does not pass when fewer than 85 % of the decisions are right, though 95 % of the ratings are', () => {
    // One criterion of each of two met exemplars below the required level.
    const wrong = form((exemplar, criterion, key) =>
      (exemplar === 0 || exemplar === 3) && criterion === 1 ? 2 : key,
    );
    expect(judge(wrong)).toMatchObject({ exact: 38, twoOff: 0, decisionsRight: 8, zone: 'extend' });
    const oneWrong = form((exemplar, criterion, key) => (exemplar === 0 && criterion === 1 ? 2 : key));
    expect(judge(oneWrong)).toMatchObject({ decisionsRight: 9, zone: 'pass' });
  });

  it('does not pass a criterion of which less than half is exact', () => {
    const figures = judge(
      form((exemplar, criterion, key) =>
        criterion === 2 && exemplar !== 0 && exemplar < 7 ? other(key) : key,
      ),
    );
    expect(figures.exactByCriterion).toMatchObject({ c1: 1, c3: 0.4 });
    expect(figures.zone).toBe('extend');
  });

  it('shrinks the mean difference by the prior of calibration.md, 2.2, and stops at a quarter of a level', () => {
    const lenient = form((exemplar, criterion, key) =>
      exemplar !== 0 && key < 4 && criterion % 2 === 0 ? key + 1 : key,
    );
    const figures = judge(lenient);
    const mean = (40 - figures.exact) / 40;
    expect(figures.meanDifference).toBeCloseTo((mean * 40 * 0.0625) / (40 * 0.0625 + 0.45), 12);
    expect(figures.meanDifference).toBeGreaterThan(0.25);
    expect(figures.zone).not.toBe('pass');
  });

  it('does not pass a lenient reviewer whom every other bar would let through', () => {
    // Twenty exemplars, half at level 3 and half at 1; all that differs is too high. `oneOff` of the 3s are 4s.
    const lenient = (oneOff: number) =>
      Array.from({ length: 20 }, (_, exemplar) => {
        const high = exemplar < 10;
        const key = high ? [3, 3, 3, 3] : [1, 1, 1, 1];
        const given = [...key];
        if (high && exemplar < oneOff) given[exemplar % 4]! += 1;
        if (exemplar >= 10 && exemplar < 14) given[exemplar % 4]! += 2;
        if (exemplar >= 14 && exemplar < 18) given[exemplar % 4]! += 1;
        return { key: levels(...key), given: levels(...given) };
      });
    expect(judge(lenient(10))).toMatchObject({ exact: 62, twoOff: 4, decisionsRight: 20, zone: 'extend' });
    expect(judge(lenient(10)).meanDifference).toBeGreaterThan(0.25);
    expect(judge(lenient(9)).meanDifference).toBeLessThan(0.25);
    expect(judge(lenient(9))).toMatchObject({ exact: 63, twoOff: 4, zone: 'pass' });
  });

  it('does not pass where kappa is defined and below .70, though nine in ten are exact', () => {
    const scored = Array.from({ length: 10 }, (_, exemplar) => ({
      key: levels(3, 3, 3, 3),
      given: levels(exemplar < 4 ? 4 : 3, 3, 3, 3),
    }));
    expect(judge(scored)).toMatchObject({ exact: 36, decisionsRight: 10, kappa: 0, zone: 'extend' });
    const varied = scored.map((one, exemplar) =>
      exemplar < 7 ? one : { key: levels(1, 1, 2, 2), given: levels(1, 1, 2, 2) },
    );
    expect(judge(varied).kappa).toBeGreaterThan(0.7);
    expect(judge(varied).zone).toBe('pass');
  });

  it('never certifies a reviewer who gives one level throughout', () => {
    for (const level of [1, 2, 3, 4]) {
      const figures = judge(form(() => level));
      expect(figures.zone).not.toBe('pass');
      expect(figures.kappa).toBeCloseTo(0, 12);
    }
  });

  it('leaves kappa out where there is no variation', () => {
    const same = Array.from({ length: 10 }, () => ({ key: levels(3, 3, 3, 3), given: levels(3, 3, 3, 3) }));
    expect(judge(same)).toMatchObject({ kappa: null, zone: 'pass' });
  });

  it('has the operating characteristic that was published with it', () => {
    // calibration.md 2.3: noise σ (in levels) and bias -> P(pass); 6000 runs there, 600 here.
    const rows: readonly [number, number, number][] = [
      [0.2, 0, 0.997],
      [0.5, 0, 0.314],
      [0.3, 0.3, 0.678],
      [0.2, 0.5, 0.026],
      [0.6, 0, 0.059],
    ];
    for (const [noise, bias, published] of rows) {
      const rate = passRate(noise, bias, 600);
      expect(Math.abs(rate - published)).toBeLessThan(0.06);
    }
  });
});

const shift = (key: number) => (key === 4 ? 3 : key + 1);
const twoAway = (key: number) => (key <= 2 ? key + 2 : key - 2);
/** One level off on the same side of the required level, where there is one. */
const other = (key: number) => (key === 3 ? 4 : key === 4 ? 3 : key === 1 ? 2 : 1);

/** P(X >= x) for Beta(a, b) by Simpson's rule on the density, normalised by its own integral. */
function integrated(x: number, a: number, b: number): number {
  const density = (t: number) => t ** (a - 1) * (1 - t) ** (b - 1);
  const simpson = (from: number, to: number) => {
    const steps = 20_000;
    const h = (to - from) / steps;
    let sum = density(from) + density(to);
    for (let i = 1; i < steps; i += 1) sum += density(from + i * h) * (i % 2 === 0 ? 2 : 4);
    return (sum * h) / 3;
  };
  return simpson(x, 1) / simpson(0, 1);
}

/** The model of calibration.md 2.3: key levels 15/35/35/15 %, given = round(key + bias + N(0,.15²) + N(0,σ²)). */
function passRate(noise: number, bias: number, runs: number): number {
  const simulated = aRubric(4, { kind: 'conjunctive' });
  const required2 = {
    ...simulated,
    criteria: simulated.criteria.map((one) => ({ ...one, requiredLevel: `${one.id}-2` })),
  };
  const chance = seededChance(`operating characteristic ${noise} ${bias}`);
  const uniform = () => (chance(2 ** 30) + 0.5) / 2 ** 30;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const draw = (): ScoredExemplar => {
    const effect = 0.15 * normal();
    const key = Array.from({ length: 4 }, () => {
      const at = uniform();
      return [0.15, 0.5, 0.85, 1].findIndex((edge) => at < edge) + 1;
    });
    const given = key.map((level) =>
      Math.min(4, Math.max(1, Math.round(level + bias + effect + noise * normal()))),
    );
    return { key: levels(...key) as Levels, given: levels(...given) as Levels };
  };
  let passed = 0;
  for (let run = 0; run < runs; run += 1) {
    const scored: ScoredExemplar[] = [];
    for (const size of [10, 15, 20]) {
      while (scored.length < size) scored.push(draw());
      const { zone } = judgeQualification(required2, scored, policy);
      if (zone === 'pass') passed += 1;
      if (zone !== 'extend') break;
    }
  }
  return passed / runs;
}
