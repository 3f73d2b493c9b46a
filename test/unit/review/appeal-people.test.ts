import { expect, it } from '@jest/globals';
import { AppError } from '../../../src/kernel/index.js';
import {
  conflictOfInterest,
  decideAppeal,
  declineAppeal,
  fileAppeal,
  screenAppeal,
  type Appeal,
} from '../../../src/review/index.js';
import { relateMembers } from '../../../src/tenancy/index.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

/** Numbers from 0 up to a bound, by xorshift: a history is the same each time. */
function dice(seed: number): (bound: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

const low = levels(2, 3, 3, 2);
const met = levels(3, 3, 3, 3);

/** Everybody is lead, reviewer and adjudicator at once, so that nothing but the rules keeps the parts of people apart. */
async function aHistory(seed: number) {
  const roll = dice(seed);
  const house = await aReviewHouse({ seed: `people ${seed}` });
  const { review, tenancy, district } = house;
  const all: Person[] = [];
  for (let n = 0; n < 8 + roll(5); n += 1)
    all.push(
      await house.reviewer(['lead', 'reviewer', 'adjudicator'], roll(8) === 0 ? { school: 'Elm' } : {}),
    );
  const teacher = await house.member(['teacher'], { school: 'Elm' });
  for (const one of all)
    if (roll(8) === 0)
      await relateMembers(tenancy, house.service, {
        kind: 'coach',
        member: one.member,
        other: teacher.member,
        from: house.clock.now(),
      });
  const submission = await house.submitted(teacher);
  await house.settle();
  for (let appeals = 0; appeals < 2; appeals += 1) {
    await rateOpen(house, submission.id, () => (roll(3) === 0 ? met : low));
    const decision = await review.store.decisionOn(district, submission.id);
    if (decision?.outcome !== 'not_yet' || decision.round !== appeals) break;
    const filed = await fileAppeal(review, teacher, { decision: decision.id, ground: 'reason', words: 'w' });
    let appeal: Appeal | undefined;
    for (let from = roll(all.length), n = 0; appeal === undefined && n < all.length; n += 1) {
      const who = all[(from + n) % all.length]!;
      appeal = await unlessRefused(
        screenAppeal(review, who, { appeal: filed.id, admissible: true, words: 'w' }),
      );
    }
    while (appeal?.decider && roll(3) === 0)
      appeal = await declineAppeal(review, deciderOf(appeal), filed.id);
    if (!appeal?.decider) break;
    await decideAppeal(review, deciderOf(appeal), {
      ...{ appeal: filed.id, outcome: 'varied', error: 'process', words: 'w' },
    });
    await house.settle();
  }
  expect(house.failures).toEqual([]);
  return { house, teacher, submission };
}

const deciderOf = ({ district, decider }: Appeal): Person => ({ kind: 'member', district, member: decider! });

async function unlessRefused<T>(act: Promise<T>): Promise<T | undefined> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'conflict' || error.code === 'not-found'))
      return undefined;
    throw error;
  }
}

/** Rates all that is open on a submission until nothing is: two ratings, and where they differ a third. */
async function rateOpen(house: ReviewHouse, id: string, given: () => ReturnType<typeof levels>) {
  const { store } = house.review;
  for (let n = 0; n < 6; n += 1) {
    for (const { id: reviewCase } of await store.casesOn(house.district, id))
      for (const one of await store.assignmentsOfCase(house.district, reviewCase))
        if (one.state === 'open') await house.commit(one, given());
    await house.settle();
  }
}

it('never has two parts in the same work for one person, whatever roles people hold (invariant 4)', async () => {
  const seen = { histories: 0, appeals: 0, rounds: 0, second: 0, adjudicated: 0, declined: 0 };
  for (let seed = 1; seed <= 40; seed += 1) {
    const { house, teacher, submission } = await aHistory(seed);
    const { review, tenancy, district } = house;
    const relations = await tenancy.store.relationshipsOf(district, teacher.member);
    const self = await house.person(teacher.member);
    const parts: { readonly who: string; readonly part: string }[] = [];
    const cases = await review.store.casesOn(district, submission.id);
    for (const { id, round } of cases)
      for (const { reviewer, kind } of await review.store.ratingsOfCase(district, id))
        parts.push({ who: reviewer, part: `${kind} of round ${round}` });
    const appeals = await review.store.appealsOn(district, submission.id);
    for (const [n, { screening, decider, declined }] of appeals.entries()) {
      if (screening !== null) parts.push({ who: screening.by, part: `screening of appeal ${n}` });
      if (decider !== null) parts.push({ who: decider, part: `decision of appeal ${n}` });
      for (const who of declined) parts.push({ who, part: `declined appeal ${n}` });
      seen.declined += declined.length;
    }
    for (const { who, part } of parts) {
      const others = parts.filter((one) => one.who === who && one.part !== part);
      // One who screened an appeal may screen the next one: it is no part in a decision of the work.
      const twice = others.filter(
        (one) => !(part.startsWith('screening') && one.part.startsWith('screening')),
      );
      expect([seed, part, twice]).toEqual([seed, part, []]);
      expect([seed, part, who === teacher.member]).toEqual([seed, part, false]);
      expect([
        seed,
        part,
        conflictOfInterest(await house.person(who), self, relations, house.clock.now(), 3),
      ]).toEqual([seed, part, undefined]);
    }
    seen.histories += 1;
    seen.appeals += appeals.length;
    seen.rounds += cases.length;
    seen.second += appeals.length > 1 ? 1 : 0;
    seen.adjudicated += parts.filter(({ part }) => part.startsWith('adjudication')).length;
    await house.store.close();
  }
  console.log(JSON.stringify(seen));
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  expect(seen.appeals).toBeGreaterThan(20);
}, 60_000);
