import { describe, expect, it } from '@jest/globals';
import {
  characteristicKinds,
  cutCharacteristic,
  defaultQualificationPolicy as policy,
  defaultSequentialTest,
  drawKeyLevel,
  qualificationCharacteristic,
  rememberCharacteristics,
  rubricOfShape,
  seededRandom,
  sequentialCharacteristic,
  usualShape,
} from '../../../src/calibration/index.js';

const shape = { criteria: 4, levels: 4, requiredLevel: 2 };
/** Some cells of the research's table (calibration.md, 2.3), of 6000 runs each; all are in `npm run soak -- calibration`. */
const research = [
  { noise: 0.2, bias: 0.3, pass: 0.906, submissions: 13 },
  { noise: 0.3, bias: 0, pass: 0.959, submissions: 11 },
  { noise: 0.4, bias: 0, pass: 0.754, submissions: 14 },
  { noise: 0.4, bias: 0.3, pass: 0.322, submissions: 18 },
  { noise: 0.4, bias: 0.5, pass: 0.011, submissions: null },
  { noise: 0.5, bias: 0, pass: 0.314, submissions: 18 },
  { noise: 0.6, bias: 0, pass: 0.059, submissions: null },
];

describe('the operating characteristic of the qualification policy', () => {
  it('is the research’s simulated table within Monte Carlo error', () => {
    const replications = 500;
    const rows = qualificationCharacteristic(policy, shape, {
      seed: 20261125,
      replications,
      reviewers: research,
    });
    rows.forEach((row, index) => {
      const theirs = research[index]!;
      console.log(
        `noise ${row.noise}, bias ${row.bias}: pass ${row.pass.toFixed(3)} (${row.submissions.toFixed(1)}), research ${theirs.pass} (${theirs.submissions ?? '-'})`,
      );
      const error = Math.sqrt(theirs.pass * (1 - theirs.pass) * (1 / replications + 1 / 6000));
      expect(Math.abs(row.pass - theirs.pass)).toBeLessThan(4 * error + 0.0005);
      if (theirs.submissions !== null)
        expect(Math.abs(row.submissions - theirs.submissions)).toBeLessThan(1.2);
      expect(row.pass + row.fail + row.undecided).toBeCloseTo(1, 12);
    });
    // True exact rates by noise, at bias 0: .88, .80, .71, .64 there.
    for (const [index, exact] of [
      [1, 0.88],
      [2, 0.8],
      [5, 0.71],
      [6, 0.64],
    ] as const)
      expect(Math.abs(rows[index]!.exact - exact)).toBeLessThan(0.02);
  });

  it('is the same for the same seed, in whichever company a row is asked for', () => {
    const options = { seed: 5, replications: 40 };
    const all = qualificationCharacteristic(policy, shape, options);
    expect(all).toHaveLength(20);
    const one = qualificationCharacteristic(policy, shape, {
      ...options,
      reviewers: [{ noise: 0.4, bias: 0.3 }],
    });
    expect(all).toContainEqual(one[0]);
    expect(qualificationCharacteristic(policy, shape, { ...options, seed: 6 })).not.toEqual(all);
  });

  it('gives a rubric of two criteria, or of two levels, one long form, and tells a whole rubric as its shape', () => {
    const reviewers = [{ noise: 0.3, bias: 0 }];
    const options = { seed: 1, replications: 30, reviewers };
    for (const small of [
      { ...shape, criteria: 2 },
      { ...shape, levels: 2 },
    ])
      expect(qualificationCharacteristic(policy, small, options)[0]!.submissions).toBe(
        policy.smallRubricForm,
      );
    expect(qualificationCharacteristic(policy, rubricOfShape(shape), options)).toEqual(
      qualificationCharacteristic(policy, shape, options),
    );
    expect(() => qualificationCharacteristic(policy, shape, { ...options, replications: 0 })).toThrow(
      /1 to 100,000/,
    );
  });

  it('is computed while others are served, once for the same numbers and shape, within a second', async () => {
    const implied = rememberCharacteristics();
    let [turns, longest, last] = [0, 0, performance.now()];
    let going = true;
    const watch = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      [turns, last] = [turns + 1, now];
      if (going) setImmediate(watch);
    };
    watch();
    const began = process.cpuUsage();
    const first = implied(policy, usualShape);
    const again = implied(policy, rubricOfShape(usualShape));
    const { form, rows, replications } = await first;
    going = false;
    const { user, system } = process.cpuUsage(began);
    console.log(
      `${((user + system) / 1000).toFixed(0)} ms of processor time, ${turns} turns, the longest ${longest.toFixed(0)} ms`,
    );
    expect((await again).rows).toBe(rows);
    expect(turns).toBeGreaterThan(10);
    expect(form).toEqual({ form: 10, extension: 5, extensions: 2 });
    expect(rows).toEqual(
      qualificationCharacteristic(policy, usualShape, {
        ...{ seed: 20_261_125, replications, reviewers: characteristicKinds },
      }),
    );
    // Other numbers have other figures; a rubric's words have no say in them.
    const strict = await implied({ ...policy, exactRate: 0.9 }, usualShape);
    expect(strict.rows[0]!.pass).toBeLessThan(rows[0]!.pass + 1e-9);
    expect(strict.rows[3]!.pass).toBeLessThan(rows[3]!.pass);
    const renamed = rubricOfShape(usualShape);
    const criteria = renamed.criteria.map((criterion) => ({ ...criterion, name: 'Otherwise' }));
    expect((await implied(policy, { ...renamed, criteria })).rows).toBe(rows);
    await expect(implied(policy, { ...renamed, criteria: [] })).rejects.toThrow('without criteria');
  }, 30_000);

  it('draws keys of four levels at 15, 35, 35 and 15 %, and of other scales symmetrically', () => {
    const random = seededRandom(3);
    for (const [levels, shares] of [
      [4, [0.15, 0.35, 0.35, 0.15]],
      [2, [0.5, 0.5]],
      [3, [0.302, 0.396, 0.302]],
    ] as const) {
      const counts = new Array<number>(levels).fill(0);
      for (let draw = 0; draw < 20_000; draw += 1) counts[drawKeyLevel(levels, random) - 1]! += 1;
      counts.forEach((count, index) => expect(Math.abs(count / 20_000 - shares[index]!)).toBeLessThan(0.015));
    }
  });
});

describe('simpler rules, as the research tables them', () => {
  it.each([
    // rate, 4 of 5, 8 of 10, 14 of 20, 16 of 20, sequential pass, its mean ratings
    [0.5, 0.19, 0.05, 0.06, 0.01, 0.01, 14],
    [0.6, 0.34, 0.17, 0.25, 0.05, 0.1, 20],
    [0.7, 0.53, 0.38, 0.61, 0.24, 0.47, 25],
    [0.8, 0.74, 0.68, 0.91, 0.63, 0.9, 21],
    [0.9, 0.92, 0.93, 1, 0.96, 1, 13],
  ])('at a true rate of %d', (rate, four, eight, fourteen, sixteen, pass, ratings) => {
    const cuts = [
      [4, 5, four],
      [8, 10, eight],
      [14, 20, fourteen],
      [16, 20, sixteen],
    ] as const;
    for (const [k, n, printed] of cuts)
      expect(Math.abs(cutCharacteristic(k, n, rate) - printed)).toBeLessThan(0.0051);
    const found = sequentialCharacteristic(defaultSequentialTest, rate);
    expect(Math.abs(found.pass - pass)).toBeLessThan(0.0051);
    expect(Math.abs(found.ratings - ratings)).toBeLessThan(0.51);
    expect(found.pass + found.fail).toBeCloseTo(1, 12);
  });
});
