import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plusDays } from '../../../src/kernel/index.js';
import {
  commitRating,
  declineAssignment,
  drawDigest,
  getAssignment,
  momentLike,
  openAssignedArtefact,
  type Assignment,
  type SeedAssignment,
} from '../../../src/review/index.js';
import { shuffled } from '../../../src/calibration/index.js';
import { presentAssignedWork, presentAssignment } from '../../../src/web/api/present-review.js';
import { aReviewHouse, ratingOf, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

const met = levels(3, 3, 3, 3);
const day = 86_400;
let house: ReviewHouse;

afterEach(async () => {
  expect(house.failures).toEqual([]);
  await house.store.close();
});

const seedsOf = ({ member }: Person) => house.review.store.seedsGiven(house.district, member, house.version);
const openOf = ({ member }: Person) => house.review.store.openAssignmentsOf(house.district, member);

/** A house whose version takes plain text, with so many seeds in its pool and reviewers who are past their first month. */
async function aSeededHouse(options: {
  readonly seeds: number;
  readonly reviewers: number;
  readonly seed?: string;
}) {
  house = await aReviewHouse({ seed: options.seed ?? 'seeded', planType: 'text/plain' });
  for (let n = 0; n < options.seeds; n += 1) await house.seedExemplar(met);
  const reviewers: Person[] = [];
  for (let n = 0; n < options.reviewers; n += 1) {
    const who = await house.member(['reviewer']);
    await house.certify(who, { from: plusDays(house.clock.now(), -29) });
    reviewers.push(who);
  }
  return reviewers;
}

/** Works through `rounds` days: one submission handed in a day, everything open rated at once with these levels. */
async function work(reviewers: readonly Person[], days: number, given = met): Promise<void> {
  for (let n = 0; n < days; n += 1) {
    await house.submitted(await house.member(['teacher']));
    await house.settle();
    for (const reviewer of reviewers)
      for (const assignment of await openOf(reviewer)) await house.commit(assignment, given);
    await house.settle();
    house.clock.advance(day);
    await house.settle();
  }
}

/** A reviewer with one seed open, given before live work since nothing was rated for a month. */
async function withSeed(): Promise<{ readonly reviewer: Person; readonly seed: SeedAssignment }> {
  house = await aReviewHouse({ seed: 'one', planType: 'text/plain' });
  await house.seedExemplar(levels(3, 2, 3, 3));
  await house.seedExemplar(levels(3, 2, 3, 3));
  const reviewer = await house.member(['reviewer']);
  await house.certify(reviewer, { from: plusDays(house.clock.now(), -40) });
  await house.submitted(await house.member(['teacher']));
  await house.settle();
  const [seed] = await seedsOf(reviewer);
  return { reviewer, seed: seed! };
}

describe('seeds', () => {
  it('come with about one live work in ten, and with one in five in the first month', async () => {
    const count = async (from: number, days: number) => {
      house = await aReviewHouse({ seed: `share ${from}`, planType: 'text/plain' });
      for (let n = 0; n < 80; n += 1) await house.seedExemplar(met);
      const reviewers: Person[] = [];
      for (let n = 0; n < 2; n += 1) {
        const who = await house.member(['reviewer']);
        await house.certify(who, { from: plusDays(house.clock.now(), from) });
        reviewers.push(who);
      }
      await work(reviewers, days);
      const given = (await Promise.all(reviewers.map(seedsOf))).flat();
      const owed = given.filter(({ draw }) => draw.of === 'seed' && draw.because === 'share');
      await house.store.close();
      return owed.length / (2 * days);
    };
    // Both reviewers rate every submission: 2 x 110 live ratings. Binomial, far beyond 3.5 standard errors either way.
    const later = await count(-29, 110);
    expect(later).toBeGreaterThan(0.03);
    expect(later).toBeLessThan(0.17);
    const first = await count(0, 29);
    expect(first).toBeGreaterThan(0.06);
    expect(first).toBeLessThan(0.4);
    house = await aReviewHouse();
  }, 60_000);

  it('are drawn from their recorded seed, and no person is served one twice', async () => {
    const [reviewer] = await aSeededHouse({ seeds: 12, reviewers: 2 });
    await work([reviewer!], 0);
    const reviewers = [reviewer!];
    await work(reviewers, 60);
    const given = await seedsOf(reviewer!);
    expect(given.length).toBeGreaterThan(2);
    expect(new Set(given.map(({ exemplar }) => exemplar)).size).toBe(given.length);
    for (const { draw, exemplar, salt, pendingEntries } of given) {
      if (draw.of !== 'seed') throw new Error('not the draw of a seed');
      expect(shuffled(draw.seed, draw.candidates)[0]).toBe(exemplar);
      expect(pendingEntries[0]!.facts).toMatchObject({ draw: drawDigest(salt, draw) });
      expect(JSON.stringify(pendingEntries[0])).not.toContain(exemplar);
      // Told once it is rated.
      expect(JSON.stringify(pendingEntries.at(-1))).toContain(exemplar);
    }
  }, 30_000);

  it('come twice before the first live work after thirty idle days, and the work waits for that', async () => {
    house = await aReviewHouse({ seed: 'idle', planType: 'text/plain' });
    for (let n = 0; n < 5; n += 1) await house.seedExemplar(met);
    const reviewer = await house.member(['reviewer']);
    await house.certify(reviewer, { from: plusDays(house.clock.now(), -31) });
    const submission = await house.submitted(await house.member(['teacher']));
    await house.settle();
    const open = await openOf(reviewer);
    expect(open.map(({ work: what }) => what)).toEqual(['seed', 'seed']);
    await house.commit(open[0]!, met);
    house.clock.advance(61);
    await house.settle();
    expect(await house.assignments(submission)).toEqual([]);
    await house.commit(open[1]!, met);
    house.clock.advance(61);
    await house.settle();
    const [given] = await house.assignments(submission);
    expect(given).toMatchObject({ reviewer: reviewer.member, state: 'open' });
    expect(given!.doubleRated).not.toContain('seed-shortage');
  });

  it('come four times after ninety idle days, and nothing else comes before', async () => {
    house = await aReviewHouse({ seed: 'resting', planType: 'text/plain' });
    for (let n = 0; n < 6; n += 1) await house.seedExemplar(met);
    const [month, quarter] = [await house.member(['reviewer']), await house.member(['reviewer'])];
    await house.certify(month, { from: plusDays(house.clock.now(), -89) });
    await house.certify(quarter, { from: plusDays(house.clock.now(), -90) });
    const submission = await house.submitted(await house.member(['teacher']));
    await house.settle();
    expect((await openOf(month)).map(({ work: what }) => what)).toEqual(Array(2).fill('seed'));
    const resting = await openOf(quarter);
    expect(resting.map(({ work: what }) => what)).toEqual(Array(4).fill('seed'));
    for (const assignment of resting) {
      expect(await house.assignments(submission)).toEqual([]);
      await house.commit(assignment, met);
      house.clock.advance(61);
      await house.settle();
    }
    expect(await house.assignments(submission)).toMatchObject([{ reviewer: quarter.member, state: 'open' }]);
  });

  it('come to four in a term for who has little live work', async () => {
    house = await aReviewHouse({ seed: 'term', planType: 'text/plain' });
    for (let n = 0; n < 12; n += 1) await house.seedExemplar(met);
    const reviewers: Person[] = [];
    for (let n = 0; n < 2; n += 1) {
      const who = await house.member(['reviewer']);
      await house.certify(who, {
        from: plusDays(house.clock.now(), -29),
        until: plusDays(house.clock.now(), 400),
      });
      reviewers.push(who);
    }
    for (let n = 0; n < 8; n += 1) {
      await house.submitted(await house.member(['teacher']));
      for (let days = 0; days < 19; days += 1) {
        await house.settle();
        for (const reviewer of reviewers)
          for (const assignment of await openOf(reviewer)) await house.commit(assignment, met);
        house.clock.advance(day);
      }
    }
    for (const reviewer of reviewers) {
      const given = (await seedsOf(reviewer)).map(({ assignedAt }) => assignedAt);
      const inTerm = given.filter((at) => at > plusDays(house.clock.now(), -130));
      expect(inTerm.length).toBeGreaterThanOrEqual(4);
    }
  }, 30_000);

  it('are made good by a second rating where the pool holds none, and the shortage is on record', async () => {
    const reviewers = await aSeededHouse({ seeds: 0, reviewers: 2, seed: 'short' });
    await work(reviewers, 30);
    const given = await house.review.store.lastGiven(house.district, house.version, 100);
    const short = given.filter(({ doubleRated }) => doubleRated.includes('seed-shortage'));
    expect(short.length).toBeGreaterThan(0);
    const plans = await Promise.all(
      reviewers.map(({ member }) => house.review.store.seedPlan(house.district, member, house.version)),
    );
    expect(plans.some((plan) => plan!.shortSince !== null)).toBe(true);
  }, 30_000);

  it('that are owed and that the pool does not hold keep no live work waiting', async () => {
    const [reviewer] = await aSeededHouse({ seeds: 0, reviewers: 1, seed: 'owed' });
    await work([reviewer!], 1);
    const owed = async () =>
      (await house.review.store.seedPlan(house.district, reviewer!.member, house.version))!.owed;
    // The term asks for one, to be given some day of the next week; by then the last rating is a month ago.
    house.clock.advance(30 * day);
    await house.settle();
    expect((await owed()).map(({ because }) => because)).toEqual(['term']);
    const submission = await house.submitted(await house.member(['teacher']));
    await house.settle();
    expect(await owed()).toHaveLength(1);
    const [given] = await house.assignments(submission);
    expect(given).toMatchObject({ reviewer: reviewer!.member, state: 'open' });
    expect(given!.doubleRated).toContain('seed-shortage');
  });

  it('are never of a form that real work of the version does not have', async () => {
    house = await aReviewHouse({ seed: 'form' });
    // Plans are handed in as PDF here: a text could not pass for one.
    await house.seedExemplar(met);
    const reviewer = await house.member(['reviewer']);
    await house.certify(reviewer, { from: plusDays(house.clock.now(), -31) });
    const submission = await house.submitted(await house.member(['teacher']));
    await house.settle();
    expect(await seedsOf(reviewer)).toEqual([]);
    expect((await house.assignments(submission))[0]!.doubleRated).toContain('seed-shortage');
  });

  it('are never given to who keyed them, met them before, may read exemplars or oversees review', async () => {
    house = await aReviewHouse({ seed: 'met', planType: 'text/plain' });
    const expert = await house.member(['reviewer', 'expert']);
    const keyed = await house.member(['reviewer']);
    const tried = await house.member(['reviewer']);
    const admin = await house.member(['reviewer', 'admin']);
    for (const who of [expert, keyed, tried, admin])
      await house.certify(who, { from: plusDays(house.clock.now(), -31) });
    const exemplar = await house.seedExemplar(met, { keyedBy: [keyed.member] });
    await house.calibration.store.attempts.insert({
      id: 'qat_test' as never,
      district: house.district,
      reviewer: tried.member,
      achievementVersion: house.version,
      number: 1,
      state: 'certified',
      policy: 0,
      seed: 'a',
      form: [],
      reserve: [exemplar.id],
      responses: [],
      figures: null,
      startedAt: house.clock.now(),
      endedAt: house.clock.now(),
      effectDue: null,
      pendingEntries: [],
      auditDue: null,
    });
    for (let n = 0; n < 4; n += 1) await house.submitted(await house.member(['teacher']));
    await house.settle();
    for (const who of [expert, keyed, tried, admin]) {
      expect(await seedsOf(who)).toEqual([]);
      expect((await openOf(who)).length).toBeGreaterThan(0);
    }
  });

  it('come on weekdays and at times of day at which live work comes', () => {
    house = { failures: [], store: { close: async () => undefined } } as unknown as ReviewHouse;
    const moments = ['2026-11-16T09:10:00Z', '2026-11-18T15:40:00Z'];
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 0, max: 10_000 }), (seed, hours) => {
        const now = new Date(Date.parse('2026-11-20T00:00:00Z') + hours * 3_600_000).toISOString();
        const at = momentLike(moments, seed, now);
        const apart = (Date.parse(at) - Date.parse(now)) / 1000;
        expect(apart).toBeGreaterThan(0);
        expect(apart).toBeLessThanOrEqual(7 * day);
        const near = moments.some((moment) => {
          const off = (Date.parse(at) - Date.parse(moment)) / 1000;
          const within = ((off % (7 * day)) + 7 * day) % (7 * day);
          return Math.min(within, 7 * day - within) <= 1801;
        });
        expect(near).toBe(true);
      }),
    );
  });
});

describe('a seed before and after its rating', () => {
  it('has every member that live work has, of the same type, and nothing else', async () => {
    house = await aReviewHouse({ seed: 'alike', planType: 'text/plain' });
    for (let n = 0; n < 3; n += 1) await house.seedExemplar(levels(1, 2, 3, 4));
    const idle = await house.member(['reviewer']);
    await house.certify(idle, { from: plusDays(house.clock.now(), -31) });
    const active = await house.reviewer();
    const submission = await house.submitted(await house.member(['teacher']));
    await house.settle();
    const [seed] = await openOf(idle);
    const [live] = await house.assignments(submission);
    expect([seed!.work, live!.work]).toEqual(['seed', 'submission']);
    const seen = async (who: Person, assignment: Assignment) => {
      const shown = await getAssignment(house.review, who, assignment.id);
      return [presentAssignedWork(shown), presentAssignment(shown.assignment, shown.version.version)];
    };
    expect(shapeOf(await seen(idle, seed!))).toEqual(shapeOf(await seen(active, live!)));
    expect(JSON.stringify(await seen(idle, seed!))).not.toMatch(/seed|exemplar\b|exm_/i);
    // The file opens under the same kind of name.
    const { evidence } = await getAssignment(house.review, idle, seed!.id);
    const artefact = evidence.items[0]!.files[0]!.artefact;
    expect(artefact).toMatch(/^art_[a-z2-7]{26}$/);
    const { opened, name } = await openAssignedArtefact(house.review, idle, {
      assignment: seed!.id,
      artefact,
    });
    expect([name, opened.artefact.mediaType]).toEqual(['plan-1.txt', 'text/plain']);
    expect(Buffer.from(await opened.read()).toString()).toMatch(/^Goal: students/);
    expect(Buffer.from(await opened.read({ start: 0, end: 3 })).toString()).toBe('Goal');
    // So does the committed rating.
    const committed = async (who: Person, assignment: Assignment) => {
      await house.commit(assignment, met);
      return seen(who, assignment);
    };
    expect(shapeOf(await committed(idle, seed!))).toEqual(shapeOf(await committed(active, live!)));
  });

  it('is kept apart, held against its key, and reaches no case, decision, submission or count (invariant 7)', async () => {
    const { reviewer, seed } = await withSeed();
    const before = await house.review.submissions.store.submissionsOf(house.district, reviewer.member, {
      limit: 5,
    });
    await house.commit(seed, met);
    await house.settle();
    const { store } = house.review;
    expect(await store.assignment(house.district, seed.id)).toMatchObject({ state: 'committed', case: null });
    expect(await store.ratingOfAssignment(house.district, seed.id)).toBeUndefined();
    expect(await store.ratingCount(house.district, reviewer.member, house.version)).toBe(0);
    expect((await store.pageOfDecisions(house.district, undefined, { limit: 5 })).items).toEqual([]);
    expect(before.items).toEqual([]);
    const [kept] = await store.seedRatingsOf(house.district, reviewer.member, house.version);
    expect(kept).toMatchObject({ exemplar: seed.exemplar, effectDue: null });
    const [observed] = await house.calibration.store.observationsOf(
      house.district,
      reviewer.member,
      house.version,
    );
    expect(observed).toMatchObject({
      kind: 'seed',
      rating: kept!.id,
      exemplar: seed.exemplar,
      decisionRight: false,
    });
    expect(observed!.levels.map(({ given, reference }) => given - reference)).toEqual([0, 1, 0, 0]);
    expect((await house.calibration.store.exemplar(house.district, seed.exemplar))!.exposure).toBe(1);
  });

  it('answers a repeat as before and refuses another content, levels of another rubric and pointers elsewhere', async () => {
    const { reviewer, seed } = await withSeed();
    const { evidence } = await getAssignment(house.review, reviewer, seed.id);
    const good = ratingOf(evidence, met);
    const commit = (criteria: typeof good) =>
      commitRating(house.review, reviewer, { assignment: seed.id, criteria });
    const elsewhere = { ...good['c1']!.pointers[0]!, artefact: `art_${'a'.repeat(26)}` as never };
    await expect(
      commit({
        ...good,
        c1: { ...good['c1']!, pointers: [elsewhere] },
        c2: { ...good['c2']!, level: 'c1-1' },
      }),
    ).rejects.toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer: '/criteria/c2/level' }, { pointer: '/criteria/c1/pointers/0/artefact' }],
    });
    const [one, two] = await Promise.all([commit(good), commit(good)]);
    expect(two!.id).toBe(one!.id);
    await expect(commit(ratingOf(evidence, levels(4, 3, 3, 3)))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is refused without a certification, given back alike, and expires alike; none is drawn for it again', async () => {
    const { reviewer, seed } = await withSeed();
    const given = await declineAssignment(house.review, reviewer, {
      assignment: seed.id,
      reason: 'conflict',
    });
    expect(given).toMatchObject({ state: 'released', releasedFor: 'conflict' });
    const other = (await openOf(reviewer))[0]!;
    house.clock.advance(14 * day);
    await house.settle();
    expect(await house.review.store.assignment(house.district, other.id)).toMatchObject({ state: 'expired' });
    expect(house.told.map(({ about, assignment }) => [about, assignment.id])).toContainEqual([
      'expired',
      other.id,
    ]);
    // Both are spent for this reviewer.
    expect((await seedsOf(reviewer)).map(({ state }) => state)).toEqual(['released', 'expired']);
  });
});

describe('what a reviewer is told of seeds', () => {
  it('comes of several at once, rounded, some days after the tenth or after a month', async () => {
    const reviewers = await aSeededHouse({ seeds: 40, reviewers: 2, seed: 'told' });
    const [one] = reviewers;
    await work(reviewers, 70, levels(4, 3, 3, 3));
    for (let n = 0; n < 8; n += 1) {
      house.clock.advance(5 * day);
      await house.settle();
    }
    await house.settle();
    const { items } = await house.review.store.seedReportsOf(house.district, one!.member, { limit: 10 });
    expect(items.length).toBeGreaterThan(0);
    for (const report of items) {
      expect(report).toMatchObject({ exact: 0.8, decisions: 1, leaning: 'even' });
      expect(['three-to-nine', 'ten-or-more']).toContain(report.ratings);
    }
    expect(
      (await house.review.store.seedPlan(house.district, one!.member, house.version))!.untold.length,
    ).toBeLessThan(3);
  }, 30_000);
});

/** The members and their types, with ids, addresses and moments by their form. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
  if (typeof value === 'string')
    return value
      .replaceAll(/_[a-z2-7]{26}/g, '_id')
      .replace(/^\d{4}-.*Z$/, 'moment')
      .replace(/^(?!.*_id|moment).*$/s, 'text');
  return typeof value;
}
