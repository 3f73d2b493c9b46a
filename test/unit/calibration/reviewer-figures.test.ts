import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  absorbObservations,
  calibrationStore,
  countWork,
  observe,
  rebuildFigures,
  recomputed,
  standingOf,
  totalsOf,
  type CalibrationStore,
  type FiguresOf,
  type ObservationKind,
  type RecordedWork,
} from '../../../src/calibration/index.js';
import type {
  AchievementVersionId,
  DistrictId,
  ExemplarId,
  Instant,
  MemberId,
  RatingId,
  Store,
} from '../../../src/kernel/index.js';
import { interleaved, killedAt, Killed } from '../../support/stepped-store.js';
import { aRubric, levels } from '../../support/rubric.js';

const rubric = aRubric();
const whose: FiguresOf = {
  district: 'dst_1' as DistrictId,
  reviewer: 'mbr_1' as MemberId,
  achievementVersion: 'ver_1' as AchievementVersionId,
};
const momentOf = (minute: number) =>
  new Date(Date.UTC(2026, 10, 1, 8, minute)).toISOString().replace('.000', '') as Instant;

/** Something that a background job does of itself, and again until it came to its end. */
type Act =
  | {
      readonly act: 'observe';
      readonly id: number;
      readonly kind: ObservationKind;
      readonly given: number[];
      readonly reference: number[];
    }
  | {
      readonly act: 'work';
      readonly id: number;
      readonly kind: RecordedWork['kind'];
      readonly given: number[];
    };

const four = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 4, maxLength: 4 });
const anAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    act: fc.constant('observe' as const),
    id: fc.integer({ min: 0, max: 8 }),
    kind: fc.constantFrom<ObservationKind>('seed', 'double', 'adjudicated', 'qualifying'),
    given: four,
    reference: four,
  }),
  fc.record({
    act: fc.constant('work' as const),
    id: fc.integer({ min: 0, max: 8 }),
    kind: fc.constantFrom<RecordedWork['kind']>('rating', 'seed', 'adjudication'),
    given: four,
  }),
);

let opened: Store;
/** The ratings on record, as the review room keeps them: what a rating says never changes, and settled stays settled. */
let works: Map<RatingId, RecordedWork>;

beforeEach(async () => {
  opened = await openSqlite({ file: ':memory:' });
  works = new Map();
});
afterEach(() => opened.close());

const sources = async (store: CalibrationStore) => ({
  observations: await store.observationsOf(whose.district, whose.reviewer, whose.achievementVersion),
  works: [...works.values()],
});

async function perform(store: CalibrationStore, act: Act): Promise<void> {
  switch (act.act) {
    case 'observe':
      await observe(store, rubric, {
        ...whose,
        id: `observation-${act.id}`,
        kind: act.kind,
        at: momentOf(act.id),
        given: levels(...act.given),
        reference: levels(...act.reference),
        ...{ rating: null, other: null, exemplar: 'exm_1' as ExemplarId },
      });
      return;
    case 'work': {
      const rating = `rat_${act.id}` as RatingId;
      if (!works.has(rating))
        works.set(rating, {
          ...whose,
          ...{ rating, kind: act.kind, minutes: act.id * 7, at: momentOf(act.id), settled: false },
          levels: rubric.criteria.map((criterion, index) => ({
            criterion: criterion.id,
            given: act.given[index]!,
            q: 4,
          })),
        });
      await countWork(store, works.get(rating)!, async (id) => {
        // As long as a read of a store takes.
        await new Promise((resolve) => setImmediate(resolve));
        return works.get(id)!.settled;
      });
      works.set(rating, { ...works.get(rating)!, settled: true });
      return;
    }
  }
}

/** One that is killed at a step begins again from the start, as the sweep does, and may be killed again. */
async function throughKills(store: Store, act: Act, kills: readonly number[]): Promise<void> {
  for (const step of kills) {
    try {
      await perform(calibrationStore(killedAt(store, step)), act);
      return;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
  await perform(calibrationStore(store), act);
}

const history = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  users: fc.array(
    fc.array(fc.record({ act: anAct, kills: fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 2 }) }), {
      minLength: 1,
      maxLength: 5,
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

describe('a reviewer’s figures', () => {
  it('equal what recomputing from the record gives, whatever was killed, repeated or done at once', async () => {
    let held = 0;
    await fc.assert(
      fc.asyncProperty(history, async ({ seed, users }) => {
        const store = await openSqlite({ file: ':memory:' });
        works = new Map();
        const turns = interleaved(store, users.length, seed);
        await Promise.all(
          users.map(async (acts, user) => {
            for (const { act, kills } of acts) await throughKills(turns[user]!, act, kills);
          }),
        );
        const kept = calibrationStore(store);
        const figures = await kept.figuresOf(whose.district, whose.reviewer, whose.achievementVersion);
        const found = await sources(kept);
        await store.close();
        expect(figures).toBeDefined();
        expect(standingOf(figures!, found)).toBe('equal');
        expect({ ...figures!, version: 0, counting: [] }).toEqual(recomputed(whose, found));
        held += found.observations.length + found.works.length;
      }),
      { numRuns: 300, seed: 20261125 },
    );
    expect(held).toBeGreaterThan(100);
  }, 60_000);

  it('are made good by whoever comes next, when a kill left an observation out of them', async () => {
    const store = calibrationStore(opened);
    const act: Act = { act: 'observe', id: 1, kind: 'seed', given: [3, 3, 3, 1], reference: [3, 2, 3, 3] };
    // Killed right after the observation was kept.
    await expect(perform(calibrationStore(killedAt(opened, 6)), act)).rejects.toThrow(Killed);
    expect(await sources(store)).toMatchObject({ observations: [{ n: 1 }] });
    expect(await store.figuresOf(whose.district, whose.reviewer, whose.achievementVersion)).toBeUndefined();
    const figures = await absorbObservations(store, whose);
    expect(totalsOf(figures.observed.seed)).toEqual({
      ...{ levels: 4, exact: 2, twoOff: 1, difference: -1, squares: 5 },
    });
  });

  it('that are not what their sources say are named and rebuilt, beside a count under way', async () => {
    const store = calibrationStore(opened);
    await perform(store, { act: 'work', id: 1, kind: 'rating', given: [3, 3, 2, 3] });
    await perform(store, {
      act: 'observe',
      id: 1,
      kind: 'double',
      given: [1, 2, 3, 4],
      reference: [4, 4, 4, 4],
    });
    const good = (await store.figuresOf(whose.district, whose.reviewer, whose.achievementVersion))!;
    await store.reviewerFigures.replace({ ...good, work: { ...good.work, minutes: good.work.minutes + 1 } });
    // A rating that was committed, and whose count is under way.
    works.set('rat_2' as RatingId, {
      ...works.get('rat_1' as RatingId)!,
      rating: 'rat_2' as RatingId,
      settled: false,
    });
    const damaged = (await store.figuresOf(whose.district, whose.reviewer, whose.achievementVersion))!;
    expect(standingOf(damaged, await sources(store))).toBe('different');
    expect(await rebuildFigures(store, whose, () => sources(store))).toBe('different');
    await perform(store, { act: 'work', id: 2, kind: 'rating', given: [3, 3, 2, 3] });
    const again = (await store.figuresOf(whose.district, whose.reviewer, whose.achievementVersion))!;
    expect(again.work).toMatchObject({ ratings: 2, minutes: 14 });
    expect(standingOf(again, await sources(store))).toBe('equal');
    expect(await rebuildFigures(store, whose, () => sources(store))).toBe('equal');
  });

  it('that do not hold all yet are behind, and not different', async () => {
    const store = calibrationStore(opened);
    await perform(store, { act: 'work', id: 1, kind: 'rating', given: [3, 3, 2, 3] });
    works.set('rat_2' as RatingId, {
      ...works.get('rat_1' as RatingId)!,
      rating: 'rat_2' as RatingId,
      settled: false,
    });
    const figures = (await store.figuresOf(whose.district, whose.reviewer, whose.achievementVersion))!;
    expect(standingOf(figures, await sources(store))).toBe('behind');
    // One that counts as settled and is in no figure is no delay.
    works.set('rat_2' as RatingId, { ...works.get('rat_2' as RatingId)!, settled: true });
    expect(standingOf(figures, await sources(store))).toBe('different');
  });
});
