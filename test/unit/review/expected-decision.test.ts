import { afterEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { defaultReviewPolicy as policy } from '../../../src/calibration/index.js';
import { plusDays } from '../../../src/kernel/index.js';
import {
  expectedDecision,
  getAssignment,
  getExpectedDecision,
  minutesPerRating,
  setMinutes,
  spread,
  type ExpectedDecision,
} from '../../../src/review/index.js';
import { relateMembers } from '../../../src/tenancy/index.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

let house: ReviewHouse;

afterEach(async () => {
  expect(house.failures).toEqual([]);
  await house.store.close();
});

/** Numbers from 0 to below 1 that follow from a seed. */
function chanceOf(seed: string): () => number {
  let counter = 0;
  return () => {
    counter += 1;
    return createHash('sha256').update(`${seed}/${counter}`).digest().readUInt32BE(0) / 2 ** 32;
  };
}

interface Said {
  readonly said: Extract<ExpectedDecision, { state: 'expected' }>;
  readonly submission: string;
  readonly at: string;
}

/**
 * Five months of a district: submissions come on weekdays, more of them in two busy weeks; six reviewers and two
 * adjudicators sit down on some days for as long as they said they have, and rate what is oldest; some works take an
 * hour, some ratings say "not yet", some reviewers differ, one falls ill for a month.
 */
async function aTerm(
  seed: string,
  perDay: number,
): Promise<{ said: Said[]; decidedAt: Map<string, string> }> {
  const chance = chanceOf(seed);
  house = await aReviewHouse({ seed });
  const reviewers: { who: Person; minutes: number }[] = [];
  for (const minutes of [60, 60, 90, 120, 120, 180]) {
    const who = await house.reviewer();
    await setMinutes(house.review, who, minutes);
    reviewers.push({ who, minutes });
  }
  for (let n = 0; n < 2; n += 1) reviewers.push({ who: await house.reviewer(['adjudicator']), minutes: 120 });
  const said: Said[] = [];
  const submissions = [];
  for (let date = 0; date < 150; date += 1) {
    const weekday = date % 7 < 5;
    const arrivals = weekday ? perDay * (date >= 40 && date < 52 ? 3 : 1) : 0;
    for (let n = 0; date < 110 && n < Math.floor(arrivals + chance()); n += 1) {
      const submission = await house.submitted(await house.member(['teacher']));
      submissions.push(submission);
      await house.settle();
      const reviewCase = (await house.review.store.cases.get(house.district, `${submission.id}:1:0`))!;
      const expected = await expectedDecision(house.review, reviewCase);
      if (expected.state === 'expected')
        said.push({ said: expected, submission: submission.id, at: house.clock.now() });
    }
    for (const { who, minutes } of reviewers) {
      const ill = who === reviewers[2]!.who && date > 60 && date < 90;
      if (ill || chance() > 0.4) continue;
      // About 2.8 sittings a week.
      let left = (minutes / 2.8) * (0.5 + chance());
      const open = await house.review.store.openAssignmentsOf(house.district, who.member);
      for (const assignment of open) {
        const needed = 22 * Math.exp(0.8 * (chance() + chance() - 1));
        if (left <= 0) break;
        left -= needed;
        await getAssignment(house.review, who, assignment.id);
        house.clock.advance(Math.round(needed * 60));
        const given = [0, 1, 2, 3].map(() => (chance() < 0.06 ? 2 : chance() < 0.2 ? 4 : 3));
        await house.commit(assignment, levels(...given));
        await house.settle();
      }
    }
    // To nine o'clock of the next day.
    house.clock.advance(86_400 + 9 * 3600 - (Date.parse(house.clock.now()) % 86_400_000) / 1000);
    await house.settle();
  }
  const decidedAt = new Map<string, string>();
  for (const { id } of submissions) {
    const decision = await house.review.store.decisionOn(house.district, id);
    if (decision !== undefined) decidedAt.set(id, decision.decidedAt);
  }
  return { said, decidedAt };
}

describe('the date that a teacher is told', () => {
  it('is kept in at least four of five cases, busy weeks and an absence in it, and says something', async () => {
    for (const [seed, perDay] of [
      ['quiet', 0.6],
      ['over its capacity', 2],
    ] as const) {
      const { said, decidedAt } = await aTerm(seed, perDay);
      const inTime = said.filter(({ said: { to }, submission }) => (decidedAt.get(submission) ?? '9') <= to);
      const early = said.filter(
        ({ said: { from }, submission }) => (decidedAt.get(submission) ?? '9') < from,
      );
      const widths = said
        .map(({ said: { from, to } }) => (Date.parse(to) - Date.parse(from)) / 86_400_000)
        .sort((a, b) => a - b);
      const width = widths[Math.floor(widths.length / 2)]!;
      console.log(
        `${seed}: ${inTime.length} of ${said.length} in time, ${early.length} earlier than said, median width ${width.toFixed(1)} days`,
      );
      expect(inTime.length / said.length).toBeGreaterThanOrEqual(0.8);
      expect(early.length / said.length).toBeLessThanOrEqual(0.25);
      await house.store.close();
    }
    house = await aReviewHouse();
  }, 120_000);
});

describe('what it rests on', () => {
  it('is the same whether or not there is a second rating, and whatever is in for this work (invariant 2)', async () => {
    house = await aReviewHouse({ seed: 'same' });
    for (let n = 0; n < 3; n += 1) await house.reviewer();
    const teacher = await house.member(['teacher']);
    const submission = await house.submitted(teacher);
    await house.settle();
    const said = () => getExpectedDecision(house.review, teacher, submission.id);
    const before = await said();
    expect(before.state).toBe('expected');
    const [first, second] = await house.assignments(submission);
    await house.commit(first!, levels(1, 3, 3, 3));
    await house.settle();
    expect(await said()).toEqual(before);
    // As if one had been asked for only.
    const { store } = house.review;
    const kept = (await store.cases.get(house.district, `${submission.id}:1:0`))!;
    await store.cases.replace({ ...kept, doubleRated: [] });
    expect(await said()).toEqual(before);
    await house.commit(second!, levels(3, 3, 3, 3));
    await house.settle();
    expect(await said()).toEqual(before);
  });

  it('is later behind more work, and sooner with more minutes', async () => {
    house = await aReviewHouse({ seed: 'later' });
    const reviewers = [await house.reviewer(), await house.reviewer()];
    const teacher = await house.member(['teacher']);
    const first = await house.submitted(teacher);
    await house.settle();
    house.clock.advance(60);
    for (let n = 0; n < 6; n += 1) await house.submitted(await house.member(['teacher']));
    await house.settle();
    house.clock.advance(60);
    const last = await house.submitted(teacher);
    await house.settle();
    const until = async (id: string) => {
      const said = await getExpectedDecision(house.review, teacher, id);
      return said.state === 'expected' ? said.to : said.state;
    };
    const behind = await until(last.id);
    expect((await until(first.id)) < behind).toBe(true);
    for (const reviewer of reviewers) await setMinutes(house.review, reviewer, 600);
    expect((await until(last.id)) < behind).toBe(true);
  });

  it('is not said where nobody has time, is certified, or is free of conflict, nor once it is decided', async () => {
    house = await aReviewHouse({ seed: 'nobody' });
    const teacher = await house.member(['teacher']);
    const submission = await house.submitted(teacher);
    await house.settle();
    const said = async () => (await getExpectedDecision(house.review, teacher, submission.id)).state;
    expect(await said()).toBe('no-reviewer');
    const reviewer = await house.reviewer();
    expect(await said()).toBe('expected');
    await setMinutes(house.review, reviewer, 0);
    expect(await said()).toBe('no-reviewer');
    await setMinutes(house.review, reviewer, 30);
    await relateMembers(house.tenancy, house.service, {
      kind: 'coach',
      member: reviewer.member,
      other: teacher.member,
      from: plusDays(house.clock.now(), -10),
    });
    expect(await said()).toBe('no-reviewer');
    await expect(getExpectedDecision(house.review, reviewer, submission.id)).rejects.toMatchObject({
      code: 'not-found',
    });
    await house.review.submissions.store.submissions.replace({
      ...(await house.review.submissions.store.submission(house.district, submission.id))!,
      state: 'met',
    });
    expect(await said()).toBe('none');
  });

  it('takes the median of measured minutes, a night left open as four hours, and the policy’s while few are known', () => {
    const one = (minutes: number) => ({
      state: 'committed' as const,
      openedAt: '2026-11-20T09:00:00Z',
      endedAt: new Date(Date.parse('2026-11-20T09:00:00Z') + minutes * 60_000).toISOString(),
    });
    expect(minutesPerRating([10, 20, 30, 5000].map(one), policy)).toBe(40);
    expect(minutesPerRating([10, 20, 30, 5000, 25].map(one), policy)).toBe(25);
    expect(minutesPerRating([10, 20, 5000, 5000, 5000, 5000].map(one), policy)).toBe(240);
    expect(minutesPerRating([0, 0, 0, 0, 0].map(one), policy)).toBe(1);
    expect(minutesPerRating([...[10, 20, 30].map(one), { ...one(1), openedAt: null }], policy)).toBe(40);
  });

  it('spreads as earlier predictions turned out, and counts what is late already', () => {
    const decided = Array.from({ length: 29 }, (_, n) => ({ ratio: (n + 1) / 10, decided: true }));
    expect(spread(decided.slice(0, 19))).toEqual({ early: 0.25, late: 2.5 });
    // Ranks 3 and 27 of 29.
    expect(spread(decided)).toEqual({ early: 0.3, late: 2.7 });
    const late = Array.from({ length: 10 }, () => ({ ratio: 9, decided: false }));
    expect(spread([...decided, ...late])).toEqual({ early: 0.3, late: 9 });
    const fresh = Array.from({ length: 10 }, () => ({ ratio: 0.1, decided: false }));
    expect(spread([...decided, ...fresh])).toEqual({ early: 0.3, late: 2.7 });
  });
});
