import { afterEach, describe, expect, it } from '@jest/globals';
import { plusDays } from '../../../src/kernel/index.js';
import {
  getAssignment,
  getKeptDraft,
  minutesOf,
  releaseReviewerWork,
  reviewerLoads,
  saveDraftRating,
  seedOverview,
  setMinutes,
  type Assignment,
} from '../../../src/review/index.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

const met = levels(3, 3, 3, 3);
const day = 86_400;
let house: ReviewHouse;

afterEach(async () => {
  expect(house.failures).toEqual([]);
  await house.store.close();
});

const as = ({ reviewer, district }: Assignment): Person => ({ kind: 'member', district, member: reviewer });

async function inReview(reviewers: number) {
  house = await aReviewHouse({ seed: `reviewers ${reviewers}` });
  const people: Person[] = [];
  for (let n = 0; n < reviewers; n += 1) people.push(await house.reviewer());
  const submission = await house.submitted(await house.member(['teacher']));
  await house.settle();
  return { people, submission, assignments: await house.assignments(submission) };
}

async function write(assignment: Assignment): Promise<void> {
  const work = await getAssignment(house.review, as(assignment), assignment.id);
  await saveDraftRating(house.review, as(assignment), {
    work,
    criteria: { c1: { feedback: 'An hour of work' } },
  });
}

describe('an assignment that runs out', () => {
  it('is reminded of three days before, once, and told of when it is over', async () => {
    const { assignments } = await inReview(3);
    const [first, second] = assignments;
    await house.commit(second!, met);
    await house.settle();
    const told = () => house.told.map(({ about, assignment }) => `${about} ${assignment.id}`);
    house.clock.advance(11 * day - 1);
    await house.settle();
    expect(told()).toEqual([]);
    house.clock.advance(1);
    await house.settle();
    await house.settle();
    expect(told()).toEqual([`due-soon ${first!.id}`]);
    house.clock.advance(3 * day);
    await house.settle();
    expect(told()).toContain(`expired ${first!.id}`);
    expect(told().filter((line) => line.endsWith(second!.id))).toEqual([]);
  });

  it('keeps what was written for its writer alone, for ninety days; given back or released too', async () => {
    const { assignments } = await inReview(2);
    const [first, second] = assignments;
    for (const one of assignments) await write(one);
    expect((await getKeptDraft(house.review, as(first!), first!.id)).keptUntil).toBeNull();
    const lead = await house.member(['lead']);
    await releaseReviewerWork(house.review, lead, second!.reviewer);
    house.clock.advance(14 * day);
    await house.settle();
    for (const one of assignments) {
      const kept = await getKeptDraft(house.review, as(one), one.id);
      expect(kept.draft.criteria).toEqual({ c1: { feedback: 'An hour of work' } });
      expect(kept.keptUntil).toBe(plusDays(kept.assignment.endedAt!, 90));
      await expect(getKeptDraft(house.review, lead, one.id)).rejects.toMatchObject({ code: 'not-found' });
    }
    house.clock.advance(91 * day);
    await house.settle();
    for (const one of assignments) {
      await expect(getKeptDraft(house.review, as(one), one.id)).rejects.toMatchObject({ code: 'not-found' });
      expect((await house.review.store.assignment(house.district, one.id))!.effectDue).toBeNull();
    }
  });

  it('is given to others by the lead, with the lead’s name in the record', async () => {
    const { assignments, submission } = await inReview(3);
    const lead = await house.member(['lead']);
    const [first] = assignments;
    await releaseReviewerWork(house.review, lead, first!.reviewer);
    await releaseReviewerWork(house.review, lead, first!.reviewer);
    await house.settle();
    const after = await house.assignments(submission);
    expect(after.map(({ state, releasedFor }) => [state, releasedFor])).toEqual([
      ['released', 'lead'],
      ['open', null],
      ['open', null],
    ]);
    expect(after[0]!.pendingEntries.at(-1)).toMatchObject({ actor: lead.member, verb: 'released' });
  });
});

describe('what the lead sees', () => {
  it('counts what each has in hand, without the cases that the caller rates too (invariant 2)', async () => {
    const { assignments } = await inReview(2);
    const [first, second] = assignments;
    const lead = await house.member(['lead']);
    const open = async (who: Person) =>
      (await reviewerLoads(house.review, who)).map((load) => [load.member.id, load.open]).sort();
    expect(await open(lead)).toEqual(assignments.map(({ reviewer }) => [reviewer, 1]).sort());
    // One of the two, were they the lead as well, sees the same before and after the other was drawn or committed.
    expect(await open(as(first!))).toContainEqual([second!.reviewer, 0]);
    await house.commit(second!, met);
    expect(await open(as(first!))).toContainEqual([second!.reviewer, 0]);
    house.clock.advance(12 * day);
    const [load] = (await reviewerLoads(house.review, lead)).filter(({ open: count }) => count > 0);
    expect(load).toMatchObject({ dueSoon: 1, minutesPerWeek: 90 });
  });

  it('says which seeds can be served and who is short, and nothing of a seed in hand', async () => {
    house = await aReviewHouse({ seed: 'overview', planType: 'text/plain' });
    const served = await house.seedExemplar(met);
    await house.seedExemplar(met);
    const odd = await house.seedExemplar(met, {
      items: [{ id: 'diary', name: 'Diary', text: 'Monday.', file: null }],
    });
    const reviewer = await house.member(['reviewer']);
    await house.certify(reviewer, { from: plusDays(house.clock.now(), -31) });
    const lead = await house.member(['lead', 'reviewer']);
    await house.certify(lead);
    const overview = () => seedOverview(house.review, lead, house.version);
    const before = await overview();
    expect(before.exemplars.find(({ exemplar }) => exemplar === odd.id)!.standing).toBe('no-submission');
    expect(before.exemplars.find(({ exemplar }) => exemplar === served.id)!.standing).toBe('served');
    expect(before.reviewers).toMatchObject([{ ratedInTerm: 0, left: 2, shortSince: null }]);
    await house.submitted(await house.member(['teacher']));
    await house.submitted(await house.member(['teacher']));
    await house.settle();
    const open = await house.review.store.openAssignmentsOf(house.district, reviewer.member);
    expect(open.map(({ work }) => work)).toEqual(['seed', 'seed']);
    expect(await overview()).toEqual(before);
    for (const seed of open) await house.commit(seed, met);
    expect((await overview()).reviewers).toMatchObject([{ ratedInTerm: 2, left: 0 }]);
  });

  it('takes whole minutes a week from nought to forty hours', async () => {
    const { people } = await inReview(1);
    const [one] = people;
    expect(await minutesOf(house.review, house.district, one!.member)).toBe(90);
    for (const wrong of [-1, 2401, 1.5, NaN])
      await expect(setMinutes(house.review, one!, wrong)).rejects.toMatchObject({
        errors: [{ pointer: '/minutesPerWeek' }],
      });
    await setMinutes(house.review, one!, 0);
    await setMinutes(house.review, one!, 120);
    expect(await minutesOf(house.review, house.district, one!.member)).toBe(120);
  });
});
