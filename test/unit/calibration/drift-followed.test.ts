import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  fed,
  followDrift,
  rateBesideAnother,
  seededChance,
  type Certification,
  type DriftPoint,
} from '../../../src/calibration/index.js';
import { newId } from '../../../src/kernel/index.js';
import { observed, withDrift } from '../../support/drift-levels.js';
import { aReviewHouse, type ReviewHouse } from '../../support/review-house.js';

let house: ReviewHouse;

beforeEach(async () => {
  house = await aReviewHouse({ seed: 'drift' });
});

afterEach(async () => {
  await house.store.close();
});

const day = 86_400;
const someone = () =>
  house.certify({
    kind: 'member',
    district: house.district,
    member: newId(house.calibration.randomness, 'mbr'),
  });
const pointsOf = ({ reviewer }: Certification) =>
  house.calibration.store.driftPointsOf(house.district, reviewer, house.version);
const signalsOf = ({ id }: Certification) => house.calibration.store.driftSignalsOn(house.district, id);

/** The charts made again from the observations alone. */
async function recomputed(points: readonly DriftPoint[]) {
  let before: DriftPoint | undefined;
  const again = [];
  for (const point of points) {
    const observation = (await house.calibration.store.observations.get(house.district, point.id))!;
    const made = fed(before, observation, point);
    again.push(made);
    before = { ...point, ...made };
  }
  return again;
}

describe('charts that follow observations', () => {
  it('stand where a recomputation from all observations puts them, alarms and all', async () => {
    const who = await someone();
    const chance = seededChance('a history');
    for (let n = 0; n < 60; n += 1) {
      const given = [1, 2, 3, 4].map(() => 2 + chance(3));
      await observed(house, who, given, { kind: chance(2) === 0 ? 'seed' : 'double' });
    }
    const points = await pointsOf(who);
    expect(points.map(({ n }) => n)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    const made = points.map(({ states, alarms, trace }) => ({ states, alarms, trace }));
    expect(made).toEqual(await recomputed(points));
    expect(points.filter(({ alarms }) => alarms.length > 0).length).toBeGreaterThan(2);
    expect(await signalsOf(who)).toHaveLength(points.filter(({ alarms }) => alarms.length > 0).length);
  });

  it('take each observation once, those fed at the same time one after the other', async () => {
    const who = await someone();
    const ids = await Promise.all([1, 2, 3, 4, 5].map(() => observed(house, who, [3, 3, 2, 3])));
    for (const id of ids)
      await followDrift(
        house.calibration,
        (await house.calibration.store.observations.get(house.district, id))!,
      );
    const points = await pointsOf(who);
    expect(points.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
    expect(points.map(({ states, alarms, trace }) => ({ states, alarms, trace }))).toEqual(
      await recomputed(points),
    );
  });

  it('hold people against people by a rate of their own, and leave out adjudications and qualifying forms', async () => {
    expect(rateBesideAnother(0.8, 0.8)).toBeCloseTo(0.66, 12);
    const who = await someone();
    await observed(house, who, [3, 3, 3, 2], { kind: 'adjudicated' });
    await observed(house, who, [3, 3, 3, 2], { kind: 'qualifying' });
    expect(await pointsOf(who)).toEqual([]);
    await observed(house, who, [3, 3, 3, 2], { kind: 'double' });
    const [point] = await pointsOf(who);
    expect(point!.states.keys.ratings).toBe(0);
    expect(point!.states.others.ratings).toBe(4);
    expect(point!.charts.keys.agreement).toMatchObject({ inControl: 0.7 });
    expect(point!.charts.others.agreement.inControl).toBeCloseTo(0.535, 12);
  });

  it('raise a signal with the run that raised it, the numbers it was made by and the last clean moment', async () => {
    const who = await someone();
    house.clock.advance(day);
    await observed(house, who, [3, 3, 3, 3]);
    const clean = house.clock.now();
    house.clock.advance(day);
    const first = await observed(house, who, [2, 3, 3, 2]);
    house.clock.advance(day);
    const second = await observed(house, who, [2, 2, 2, 1]);
    const [signal, ...more] = await signalsOf(who);
    expect(more).toEqual([]);
    expect(signal).toMatchObject({ state: 'raised', reviewer: who.reviewer, point: second });
    expect(signal!.evidence).toMatchObject({ reference: 'keys', policy: 0, observations: [first, second] });
    expect(signal!.evidence.alarms[0]!.value).toBeGreaterThanOrEqual(signal!.evidence.alarms[0]!.limit);
    // The chart may have touched zero within the first of the run, never later.
    expect([clean, (await pointsOf(who))[1]!.at]).toContain(signal!.evidence.cleanSince);
    expect(signal!.tellAt > signal!.raisedAt).toBe(true);
  });

  it('go back to the certification when the run began with it', async () => {
    const who = await someone();
    house.clock.advance(day);
    await observed(house, who, [1, 1, 1, 1]);
    expect((await signalsOf(who))[0]!.evidence.cleanSince).toBe(who.from);
  });
});

describe('the charts as wired, from observation to signal', () => {
  // calibration.md, 2.3: p0 = .80, p1 = .60, h = 2.8: mean levels to the alarm. Agreement alone: severity is out of reach.
  const table = [
    { rate: 0.8, runs: 100, mean: 220 },
    { rate: 0.7, runs: 120, mean: 48 },
    { rate: 0.6, runs: 150, mean: 21 },
  ];

  it.each(table)(
    'take $mean levels to a signal at a rate of $rate, within Monte Carlo error',
    async ({ rate, runs, mean }) => {
      await withDrift(house, {
        inControlRate: 0.8,
        detectedDrop: 0.2,
        runLength: 220,
        severitySlack: 1,
        severityLimit: 1_000,
      });
      const chance = seededChance(`run length at ${rate}`);
      const lengths: number[] = [];
      for (let run = 0; run < runs; run += 1) lengths.push(await levelsToSignal(rate, chance));
      const average = lengths.reduce((sum, length) => sum + length, 0) / runs;
      const spread = Math.sqrt(
        lengths.reduce((sum, length) => sum + (length - average) ** 2, 0) / (runs - 1),
      );
      // Three standard errors, and the table's own rounding and error (2 %).
      const error = 3 * (spread / Math.sqrt(runs)) + 0.02 * mean;
      expect(Math.abs(average - mean)).toBeLessThan(error);
      // The error is not so large that any chart would do.
      expect(error).toBeLessThan(0.35 * mean);
    },
    120_000,
  );

  async function levelsToSignal(rate: number, chance: (bound: number) => number): Promise<number> {
    const who = await someone();
    for (;;) {
      const given = [1, 2, 3, 4].map(() => (chance(1_000_000) < rate * 1_000_000 ? 3 : 2 + 2 * chance(2)));
      await observed(house, who, given);
      const last = (await house.calibration.store.lastDriftPoint(
        house.district,
        who.reviewer,
        house.version,
      ))!;
      const [alarm] = last.alarms;
      if (alarm === undefined) continue;
      expect(await signalsOf(who)).toHaveLength(1);
      return (last.n - 1) * 4 + last.trace.findIndex(({ id }) => id === alarm.at) + 1;
    }
  }
});
