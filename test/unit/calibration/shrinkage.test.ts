import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  coldStartPrior,
  cumulativeLogit,
  groupSums,
  normalAtRandom,
  randomIntercept,
  seededRandom,
  severityOf,
  shrunkSeverities,
  type CumulativeLogit,
  type RandomIntercept,
} from '../../../src/calibration/index.js';
import { packageRoot } from '../../../src/kernel/index.js';

/** From R: lme4 and ordinal (test/support/reference/model-values.R). */
const values = JSON.parse(
  readFileSync(join(packageRoot, 'test/unit/calibration/model-values.json'), 'utf8'),
) as {
  readonly reviewers: {
    readonly rows: readonly { readonly reviewer: string; readonly difference: number }[];
    readonly reml: {
      readonly mean: number;
      readonly sdGroup: number;
      readonly sdResidual: number;
      readonly blup: readonly number[];
      readonly conditionalVariance: readonly number[];
      readonly logLikelihood: number;
    };
  };
  readonly wine: {
    readonly rows: readonly {
      readonly judge: string;
      readonly temp: string;
      readonly contact: string;
      readonly rating: string;
    }[];
    readonly laplace: Clmm;
    readonly quadrature10: Clmm;
  };
};
interface Clmm {
  readonly thresholds: { readonly [name: string]: number };
  readonly effects: { readonly [name: string]: number };
  readonly standardErrors: { readonly [name: string]: number };
  readonly sdGroup: number;
  readonly logLikelihood: number;
  readonly modes: readonly number[];
}
const differences = values.reviewers.rows.map(({ reviewer, difference }) => [reviewer, difference] as const);

/** Printed: Davies & Goldsmith 1972, table 6.1; lme4's documentation gives 42.00 and 49.51. */
const dyestuff = {
  A: [1545, 1440, 1440, 1520, 1580],
  B: [1540, 1555, 1490, 1560, 1495],
  C: [1595, 1550, 1605, 1510, 1560],
  D: [1445, 1440, 1595, 1465, 1545],
  E: [1595, 1630, 1515, 1635, 1625],
  F: [1520, 1455, 1450, 1480, 1445],
};

describe('a random intercept by restricted maximum likelihood', () => {
  it('gives the published 42.00 and 49.51 for the Dyestuff batches', () => {
    const found = randomIntercept(
      groupSums(
        Object.entries(dyestuff).flatMap(([batch, yields]) => yields.map((y) => [batch, y] as const)),
      ),
    ) as RandomIntercept;
    expect(Math.sqrt(found.groupVariance).toFixed(2)).toBe('42.00');
    expect(Math.sqrt(found.residualVariance).toFixed(2)).toBe('49.51');
    expect(found.mean).toBe(1527.5);
    expect(found.groups.map(({ deviation }) => Number(deviation.toFixed(4)))).toEqual([
      -17.6069, 0.3913, 28.5622, -23.0845, 56.7332, -44.9953,
    ]);
  });

  it('gives what lme4 does for six reviewers with 4 to 30 differences', () => {
    const { reml } = values.reviewers;
    const found = randomIntercept(groupSums(differences)) as RandomIntercept;
    expect(found.mean).toBeCloseTo(reml.mean, 6);
    expect(Math.sqrt(found.groupVariance)).toBeCloseTo(reml.sdGroup, 6);
    expect(Math.sqrt(found.residualVariance)).toBeCloseTo(reml.sdResidual, 6);
    expect(found.deviance / -2).toBeCloseTo(reml.logLikelihood, 8);
    found.groups.forEach(({ deviation, variance }, index) => {
      expect(deviation).toBeCloseTo(reml.blup[index]!, 6);
      expect(variance).toBeCloseTo(reml.conditionalVariance[index]!, 6);
    });
  });

  it('finds no variance between groups that differ less than chance, and is undefined where nothing can be told', () => {
    const alike = randomIntercept(
      groupSums([...'abab'].map((id, index) => [id, index >> 1])),
    ) as RandomIntercept;
    expect(alike.groupVariance).toBe(0);
    expect(alike.groups.map(({ deviation }) => deviation)).toEqual([0, 0]);
    expect(randomIntercept(groupSums([['a', 1]]))).toMatchObject({ reason: 'too-few-groups' });
    const constant = [...'aabb'].map((id) => [id, 1] as const);
    expect(randomIntercept(groupSums(constant))).toMatchObject({ reason: 'no-variation' });
    expect(() => groupSums([['a', NaN]])).toThrow(/"a"/);
  });

  it('changes no digit when the observations come in another order', () => {
    expect(randomIntercept(groupSums([...differences].reverse()))).toEqual(
      randomIntercept(groupSums(differences)),
    );
  });
});

describe('shrunk severity of reviewers', () => {
  it('shrinks under the cold start as its formula says, and flags only what is probably beyond a quarter level', () => {
    // n = 4: weight 4 * .0625 / (4 * .0625 + .45) = .357142...; n = 40: .847457...
    const few = severityOf({ reviewer: 'x', n: 4, mean: -0.75 }, coldStartPrior);
    expect(few.value).toBeCloseTo(-0.75 * (0.25 / 0.7), 12);
    expect(few.flagged).toBe(false);
    const many = severityOf({ reviewer: 'x', n: 40, mean: -0.75 }, coldStartPrior);
    expect(many.value).toBeCloseTo(-0.75 * (2.5 / 2.95), 12);
    expect(many.flagged).toBe(true);
    // Half the width is 1.2815515655 posterior deviations: the 90 % point of the normal.
    const deviation = Math.sqrt(0.0625 * (1 - 2.5 / 2.95));
    expect(many.interval.upper - many.value).toBeCloseTo(1.2815515655446 * deviation, 10);
    expect(severityOf({ reviewer: 'x', n: 0, mean: 0 }, coldStartPrior).probabilityBeyond).toBeCloseTo(
      0.3173105,
      6,
    );
  });

  it('takes the variances of the pool from five reviewers and sixty differences on, else the cold start', () => {
    const pool = shrunkSeverities(differences);
    expect(pool.basis).toBe('pool');
    const { reml } = values.reviewers;
    expect(pool.reviewers[0]!.value).toBeCloseTo(reml.mean + reml.blup[0]!, 6);
    const four = differences.filter(([reviewer]) => !['E', 'F'].includes(reviewer));
    expect(shrunkSeverities(four)).toMatchObject({ basis: 'cold-start', prior: coldStartPrior });
  });

  it('has 80 % intervals that hold the true severity in about 80 % of draws', () => {
    const random = seededRandom(4);
    let [held, all] = [0, 0];
    for (let pool = 0; pool < 250; pool += 1) {
      const truths = Array.from({ length: 12 }, () => 0.3 * normalAtRandom(random));
      const rows = truths.flatMap((truth, reviewer) =>
        Array.from(
          { length: 10 },
          () => [`r${String(reviewer).padStart(2, '0')}`, truth + 0.67 * normalAtRandom(random)] as const,
        ),
      );
      shrunkSeverities(rows).reviewers.forEach(({ interval }, index) => {
        all += 1;
        if (interval.lower <= truths[index]! && truths[index]! <= interval.upper) held += 1;
      });
    }
    // With the variances taken as known it would be 74 %.
    console.log(`80 % intervals hold ${((100 * held) / all).toFixed(1)} % of ${all} true severities`);
    expect(held / all).toBeGreaterThan(0.77);
    expect(held / all).toBeLessThan(0.83);
  });
});

describe('cumulative logit with a random reviewer', () => {
  const rows = values.wine.rows.map(({ judge, temp, contact, rating }) => ({
    category: Number(rating) - 1,
    group: judge,
    covariates: [Number(temp === 'warm'), Number(contact === 'yes')],
  }));

  it.each([
    [1, values.wine.laplace, 3],
    [10, values.wine.quadrature10, 4],
  ] as const)(
    'gives what ordinal::clmm does for the wine ratings with %d node(s)',
    (nodes, theirs, digits) => {
      const found = cumulativeLogit(rows, { categories: 5, nodes }) as CumulativeLogit;
      expect(found.logLikelihood).toBeCloseTo(theirs.logLikelihood, 7);
      Object.values(theirs.thresholds).forEach((value, index) =>
        expect(found.thresholds[index]).toBeCloseTo(value, 4),
      );
      Object.values(theirs.effects).forEach((value, index) =>
        expect(found.effects[index]).toBeCloseTo(value, 4),
      );
      expect(Math.sqrt(found.groupVariance)).toBeCloseTo(theirs.sdGroup, 4);
      found.groups.forEach(({ mode }, index) => expect(mode).toBeCloseTo(theirs.modes[index]!, 4));
      Object.values(theirs.standardErrors)
        .slice(0, 6)
        .forEach((value, index) =>
          expect(Math.abs(found.standardErrors[index]! / value - 1)).toBeLessThan(10 ** -digits * 8),
        );
    },
  );

  it('finds no reviewer variance where there is none, is undefined for one category, and refuses bad rows', () => {
    const random = seededRandom(9);
    const alike = Array.from({ length: 120 }, (_, index) => ({
      category: index % 3,
      group: `g${Math.floor(index / 12)}`,
      covariates: [random()],
    }));
    const found = cumulativeLogit(alike, { categories: 4 }) as CumulativeLogit;
    expect(found.groupVariance).toBeLessThan(1e-3);
    // Two thresholds for the three categories that occur of four.
    expect(found.thresholds).toHaveLength(2);
    expect(found.standardErrors.every((error) => error > 0 && error < 1)).toBe(true);
    const same = alike.map((row) => ({ ...row, category: 1 }));
    expect(cumulativeLogit(same, { categories: 4 })).toMatchObject({ reason: 'no-variation' });
    expect(() => cumulativeLogit(alike, { categories: 2 })).toThrow(/category 2 is none of 0 to 1/);
    expect(() => cumulativeLogit([...alike, { ...alike[0]!, covariates: [] }], { categories: 4 })).toThrow(
      /1 covariates/,
    );
  });
});
