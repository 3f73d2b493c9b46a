import { afterEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { decide } from '../../../src/achievements/index.js';
import { heldAtSignOff, holdsAt, suspendCertification } from '../../../src/calibration/index.js';
import { AppError, plusDays, plusSeconds } from '../../../src/kernel/index.js';
import {
  commitRating,
  declineAssignment,
  drawDigest,
  drawReviewer,
  getAssignment,
  getDecision,
  getSubmissionDecision,
  listMyAssignments,
  listReviewCases,
  reviewFigures,
  saveDraftRating,
  setMinutes,
  settleCase,
  settleRating,
  settleSubmissionReview,
  type Assignment,
  type Decision,
  type SubmissionAssignment,
} from '../../../src/review/index.js';
import { relateMembers } from '../../../src/tenancy/index.js';
import { withdrawSubmission } from '../../../src/submissions/index.js';
import { presentAssignedWork, presentAssignment } from '../../../src/web/api/present-review.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { aRubric, levels } from '../../support/rubric.js';

const met = levels(3, 3, 3, 3);
let house: ReviewHouse;

afterEach(async () => {
  expect(house.failures).toEqual([]);
  await house.store.close();
});

/** Whether every sign-off that a decision rests on was made under a certification that held at that moment. */
async function everySignOffCertified(decision: Decision): Promise<boolean> {
  const held = await Promise.all(
    decision.ratings.map(async (id) => {
      const rating = (await house.review.store.rating(house.district, id))!;
      const certification = (await house.calibration.store.certification(
        house.district,
        rating.certification,
      ))!;
      expect(certification).toMatchObject({
        reviewer: rating.reviewer,
        achievementVersion: decision.achievementVersion,
      });
      return holdsAt(certification, rating.committedAt);
    }),
  );
  return held.every(Boolean);
}

const as = (assignment: Assignment): Person => ({
  kind: 'member',
  district: house.district,
  member: assignment.reviewer,
});

/** A house with reviewers, a teacher's submission that is in review, and its assignments. */
async function underReview(options: { readonly reviewers?: number; readonly seed?: string } = {}) {
  house = await aReviewHouse({ seed: options.seed ?? 'under review' });
  const reviewers: Person[] = [];
  for (let n = 0; n < (options.reviewers ?? 2); n += 1) reviewers.push(await house.reviewer());
  const teacher = await house.member(['teacher']);
  const submission = await house.submitted(teacher);
  await house.settle();
  return { reviewers, teacher, submission, assignments: await house.assignments(submission) };
}

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

const stateOf = async (submission: { readonly id: string }) =>
  (await house.review.submissions.store.submission(house.district, submission.id))!;

describe('the opening of a review', () => {
  it('gives the first submissions of a version to two reviewers, and nothing more is due', async () => {
    const { submission, assignments, reviewers } = await underReview();
    expect(assignments.map(({ kind, state, n }) => [kind, state, n])).toEqual([
      ['rating', 'open', 1],
      ['rating', 'open', 2],
    ]);
    expect(new Set(assignments.map((one) => one.reviewer))).toEqual(
      new Set(reviewers.map((one) => one.member)),
    );
    expect(await stateOf(submission)).toMatchObject({ state: 'in_review', effectDue: null });
    await house.settle();
    expect(await house.assignments(submission)).toHaveLength(2);
  });

  it('gives two assignments, no more, when several settlers open it at once', async () => {
    house = await aReviewHouse();
    for (let n = 0; n < 6; n += 1) await house.reviewer();
    const submission = await house.submitted(await house.member(['teacher']));
    await Promise.all([1, 2, 3, 4].map(() => settleSubmissionReview(house.review, submission)));
    const assignments = await house.assignments(submission);
    expect(assignments.map(({ n }) => n)).toEqual([1, 2]);
    expect(new Set(assignments.map(({ reviewer }) => reviewer)).size).toBe(2);
  });

  it('draws nobody who is not certified for this version now, or in conflict, or without the role', async () => {
    house = await aReviewHouse();
    const now = house.clock.now();
    const teacher = await house.member(['teacher', 'reviewer'], { school: 'Lincoln' });
    await house.certify(teacher);
    const good = [await house.reviewer(), await house.reviewer()];
    await house.reviewer(['expert']);
    await house.reviewer(['adjudicator']);
    await house.member(['reviewer']);
    await house.reviewer(['reviewer'], { school: ' lincoln' });
    const expired = await house.member(['reviewer']);
    await house.certify(expired, { from: plusDays(now, -400), until: now });
    const suspended = await house.member(['reviewer']);
    await house.certify(suspended, { state: 'suspended', suspensions: [{ from: now, to: null }] });
    await house.certify(suspended);
    const ofOtherVersion = await house.member(['reviewer']);
    await house.certify(ofOtherVersion, { achievementVersion: 'acv_another' as never });
    const coach = await house.reviewer();
    await relateMembers(house.tenancy, house.service, {
      kind: 'coach',
      member: coach.member,
      other: teacher.member,
      from: plusDays(now, -1500),
      to: plusDays(now, -1000),
    });
    for (let n = 0; n < 12; n += 1) {
      const submission = await house.submitted(teacher);
      await house.settle();
      const drawn = (await house.assignments(submission)).map((one) => one.reviewer);
      expect(new Set(drawn)).toEqual(new Set(good.map((one) => one.member)));
    }
  });

  it('keeps the draw on record: anyone who draws again from seed and candidates finds the same', async () => {
    const { assignments } = await underReview({ reviewers: 6 });
    for (const assignment of assignments) {
      const entry = assignment.pendingEntries[0]!;
      expect(entry.verb).toBe('assigned');
      // Until the work is ended the record binds the draw and does not tell it.
      expect(entry.facts).toMatchObject({ draw: drawDigest(assignment.salt, assignment.draw) });
      await house.commit(assignment, met);
      const after = (await house.review.store.assignment(house.district, assignment.id))!;
      const { salt, draw } = after.pendingEntries.at(-1)!.facts as unknown as SubmissionAssignment;
      expect(drawDigest(salt, draw)).toBe((entry.facts as { draw: string }).draw);
      if (draw.of !== 'submission') throw new Error('not the draw of a reviewer');
      expect(drawReviewer(draw.seed, draw.candidates)).toBe(assignment.reviewer);
    }
  });

  it('counts who was left out, by why, and names none of them', async () => {
    house = await aReviewHouse();
    const teacher = await house.member(['teacher'], { school: 'Lincoln' });
    await house.reviewer();
    await house.reviewer(['reviewer'], { school: 'Lincoln' });
    await house.member(['reviewer']);
    await house.member(['reviewer']);
    await setMinutes(house.review, await house.reviewer(), 0);
    const submission = await house.submitted(teacher);
    await house.settle();
    const [only] = await house.assignments(submission);
    expect(only!.draw).toMatchObject({
      candidates: [{ reviewer: only!.reviewer, load: 0, met: 0, paired: 0 }],
      excluded: { 'not-certified': 2, conflict: 1, 'on-leave': 1 },
    });
  });

  it('draws the same again from the same seed, and another way from another', async () => {
    const drawn = async (seed: string) => {
      const { assignments, reviewers } = await underReview({ reviewers: 8, seed });
      const places = assignments.map((one) => reviewers.findIndex(({ member }) => member === one.reviewer));
      await house.store.close();
      return places.join();
    };
    const first = await drawn('one');
    expect(await drawn('one')).toBe(first);
    const others = new Set([
      await drawn('two'),
      await drawn('three'),
      await drawn('four'),
      await drawn('five'),
    ]);
    expect(others.size).toBeGreaterThan(1);
    house = await aReviewHouse();
  });

  it('stops at the daily cap, and goes on a day later', async () => {
    house = await aReviewHouse();
    await house.reviewer();
    await house.reviewer();
    const teacher = await house.member(['teacher']);
    const work = [];
    for (let n = 0; n < 21; n += 1) work.push(await house.submitted(teacher));
    await house.settle();
    const waiting = await house.review.store.pageOfCases(house.district, 'waiting', { limit: 50 });
    expect(waiting.items).toHaveLength(1);
    house.clock.advance(86_400 + 60);
    await house.settle();
    expect((await house.review.store.pageOfCases(house.district, 'waiting', { limit: 50 })).items).toEqual(
      [],
    );
    for (const submission of work) expect(await house.assignments(submission)).toHaveLength(2);
  });

  it('waits, told to the lead, where nobody is eligible, and goes on when somebody is', async () => {
    const { submission, assignments } = await underReview({ reviewers: 0 });
    const lead = await house.member(['lead']);
    expect(assignments).toEqual([]);
    expect(await stateOf(submission)).toMatchObject({ state: 'in_review', effectDue: null });
    expect(await reviewFigures(house.review, lead)).toEqual([
      { state: 'waiting', count: 1, oldest: '2026-11-20T09:00:00Z' },
      { state: 'rating', count: 0, oldest: null },
      { state: 'adjudicating', count: 0, oldest: null },
    ]);
    const listed = await listReviewCases(house.review, lead, 'waiting', { limit: 10 });
    expect(listed.items).toMatchObject([{ submission: submission.id, waitsFor: 'reviewer' }]);
    await house.reviewer();
    await house.settle();
    expect(await house.assignments(submission)).toEqual([]);
    house.clock.advance(61);
    await house.settle();
    expect(await house.assignments(submission)).toHaveLength(1);
    await house.reviewer();
    house.clock.advance(61);
    await house.settle();
    expect(await house.assignments(submission)).toHaveLength(2);
    expect((await reviewFigures(house.review, lead))[1]).toMatchObject({ state: 'rating', count: 1 });
  });

  it('asks for one rating after the first thirty cases and twenty ratings, unless the seed says two', async () => {
    house = await aReviewHouse({ seed: 'later' });
    const reviewers = [await house.reviewer(), await house.reviewer(), await house.reviewer()];
    const teacher = await house.member(['teacher']);
    for (let n = 0; n < 60; n += 1) {
      const submission = await house.submitted(teacher);
      await house.settle();
      for (const assignment of await house.assignments(submission)) await house.commit(assignment, met);
      await house.settle();
      if (n % 10 === 9) house.clock.advance(86_400);
    }
    const rated = await Promise.all(
      reviewers.map(({ member }) => house.review.store.ratingCount(house.district, member, house.version)),
    );
    expect(Math.min(...rated)).toBeGreaterThanOrEqual(20);
    const counts = { one: 0, two: 0 };
    for (let n = 0; n < 40; n += 1) {
      const submission = await house.submitted(teacher);
      await house.settle();
      const assignments = await house.assignments(submission);
      const opened = (await house.review.store.cases.get(house.district, `${submission.id}:1:0`))!;
      // With no seeds in the pool, a rating that should have brought one is rated twice instead.
      const short = assignments[0]!.doubleRated.includes('seed-shortage');
      expect(assignments).toHaveLength(opened.doubleRated.includes('random') || short ? 2 : 1);
      counts[assignments.length === 1 ? 'one' : 'two'] += 1;
      for (const assignment of assignments) await house.commit(assignment, met);
      await house.settle();
      expect(await house.decision(submission)).toMatchObject({ outcome: 'met', reviews: assignments.length });
      if (n % 10 === 9) house.clock.advance(86_400);
    }
    expect(counts.one).toBeGreaterThan(20);
    expect(counts.two).toBeGreaterThan(1);
    // A single "not yet" is never the last word.
    for (let n = 0; ; n += 1) {
      const submission = await house.submitted(teacher);
      await house.settle();
      const [first, ...more] = await house.assignments(submission);
      if (more.length > 0 && n < 20) continue;
      await house.commit(first!, levels(3, 3, 2, 3));
      await house.settle();
      expect(await house.decision(submission)).toBeUndefined();
      expect(await house.assignments(submission)).toHaveLength(2);
      break;
    }
  });
});

describe('what a reviewer sees', () => {
  it('is the same bytes whether or not another has rated, differs, or exists (invariant 2)', async () => {
    const { assignments, submission } = await underReview({ reviewers: 1 });
    const [first] = assignments;
    const me = as(first!);
    const seen = async () => {
      const work = await getAssignment(house.review, me, first!.id);
      const page = await listMyAssignments(house.review, me, { limit: 50 });
      return JSON.stringify([
        presentAssignedWork(work),
        page.items.map((one) => presentAssignment(one, work.version.version)),
        page.next,
      ]);
    };
    const alone = await seen();
    const lead = { ...me };
    const oversees = async () => JSON.stringify(await reviewFigures(house.review, lead));
    const figures = await oversees();
    const other = await house.reviewer();
    house.clock.advance(61);
    await house.settle();
    expect(await house.assignments(submission)).toHaveLength(2);
    expect(await seen()).toBe(alone);
    const second = (await house.assignments(submission)).find((one) => one.reviewer === other.member)!;
    await saveDraftRating(house.review, other, {
      work: await getAssignment(house.review, other, second.id),
      criteria: { c1: { level: 'c1-4' } },
    });
    expect(await seen()).toBe(alone);
    await house.commit(second, levels(1, 1, 1, 1));
    expect(await seen()).toBe(alone);
    await house.settle();
    expect(await seen()).toBe(alone);
    expect(await oversees()).toBe(figures);
    expect((await refusal(getAssignment(house.review, me, second.id))).code).toBe('not-found');
    expect((await refusal(getSubmissionDecision(house.review, me, submission.id))).code).toBe('not-found');
  });

  it('names nobody: not the teacher, the school, the file, the submission or the attempt', async () => {
    const { assignments, submission, teacher } = await underReview();
    const work = await getAssignment(house.review, as(assignments[0]!), assignments[0]!.id);
    const bytes = JSON.stringify(presentAssignedWork(work));
    const person = await house.person(teacher.member);
    for (const word of [
      'Rosa',
      person.name,
      person.school!,
      person.email,
      teacher.member,
      submission.id,
      'attempt',
    ]) {
      expect(bytes).not.toContain(word);
    }
    expect(bytes).toContain('plan-1.pdf');
    expect(bytes).toContain('I learned much.');
  });

  it('is absent to everybody else, and once it was given back', async () => {
    const { assignments } = await underReview();
    const [first, second] = assignments as [Assignment, Assignment];
    expect((await refusal(getAssignment(house.review, as(second), first.id))).code).toBe('not-found');
    await declineAssignment(house.review, as(first), { assignment: first.id, reason: 'unavailable' });
    expect((await refusal(getAssignment(house.review, as(first), first.id))).message).toMatch(/given back/);
  });
});

describe('a draft', () => {
  it('is kept, is replaced, refuses a window that is behind, and goes with the commit', async () => {
    const { assignments, submission } = await underReview();
    const [first] = assignments as [Assignment];
    const me = as(first);
    const work = await getAssignment(house.review, me, first.id);
    const saved = await saveDraftRating(house.review, me, { work, criteria: { c1: { level: 'c1-2' } } });
    expect(saved.draft?.criteria).toEqual({ c1: { level: 'c1-2' } });
    const behind = await refusal(saveDraftRating(house.review, me, { work, criteria: {} }));
    expect(behind.code).toBe('conflict');
    await saveDraftRating(house.review, me, { work: saved, criteria: { c2: { feedback: 'Good' } } });
    expect((await getAssignment(house.review, me, first.id)).draft?.criteria).toEqual({
      c2: { feedback: 'Good' },
    });
    const unknown = await refusal(
      saveDraftRating(house.review, me, {
        work: await getAssignment(house.review, me, first.id),
        criteria: { c9: {}, c1: { level: 'c2-1' } },
      }),
    );
    expect(unknown.errors.map(({ pointer }) => pointer)).toEqual(['/criteria/c9', '/criteria/c1/level']);
    await commitRating(house.review, me, { assignment: first.id, criteria: house.rating(submission, met) });
    const after = await getAssignment(house.review, me, first.id);
    expect(after.draft).toBeNull();
    expect(await house.review.store.draft(house.district, first.id)).toBeUndefined();
    expect((await refusal(saveDraftRating(house.review, me, { work: after, criteria: {} }))).message).toMatch(
      /never change/,
    );
  });
});

describe('the sign-off', () => {
  it('refuses levels of another rubric, missing criteria, and pointers that are not into this submission (invariant 8)', async () => {
    const { assignments, submission, teacher } = await underReview();
    const [first] = assignments as [Assignment];
    const other = await house.submitted(teacher);
    const good = house.rating(submission, met);
    const foreign = house.rating(other, met);
    const point = good['c1']!.pointers[0]!;
    const criteria = {
      c1: { ...good['c1']!, level: 'c2-3' },
      c2: { ...good['c2']!, pointers: [] },
      c3: { ...good['c3']!, pointers: foreign['c3']!.pointers },
      c5: good['c4']!,
    };
    const refused = await refusal(commitRating(house.review, as(first), { assignment: first.id, criteria }));
    expect(refused.code).toBe('rule-violated');
    expect(refused.errors.map(({ pointer }) => pointer)).toEqual([
      '/criteria/c1/level',
      '/criteria/c4',
      '/criteria/c5',
      '/criteria/c2/pointers',
      '/criteria/c3/pointers/0/artefact',
    ]);
    const pointers = [
      { ...point, requirement: 'lesson' },
      { ...point, second: 12 },
      { requirement: 'reflection', artefact: null, page: 3, second: null, note: 'I learned' },
      { requirement: 'reflection', artefact: null, page: null, second: null, note: 'I learned' },
    ];
    const pointed = await refusal(
      commitRating(house.review, as(first), {
        assignment: first.id,
        criteria: { ...good, c1: { ...good['c1']!, pointers, feedback: ' ' } },
      }),
    );
    expect(pointed.errors.map(({ pointer }) => pointer)).toEqual([
      '/criteria/c1/feedback',
      '/criteria/c1/pointers/0/requirement',
      '/criteria/c1/pointers/1/second',
      '/criteria/c1/pointers/2/page',
    ]);
    expect(await house.review.store.ratingOfAssignment(house.district, first.id)).toBeUndefined();
  });

  it('answers a repeat as before, refuses another content, and is never changed (invariant 3)', async () => {
    const { assignments, submission } = await underReview();
    const [first] = assignments as [Assignment];
    const input = { assignment: first.id, criteria: house.rating(submission, met) };
    const [one, two] = await Promise.all([
      commitRating(house.review, as(first), input),
      commitRating(house.review, as(first), input),
    ]);
    expect(two!.id).toBe(one!.id);
    await house.settle();
    const kept = await house.review.store.rating(house.district, one!.id);
    expect(kept).toMatchObject({ criteria: input.criteria, committedAt: one!.committedAt, effectDue: null });
    const changed = { ...input, criteria: house.rating(submission, levels(4, 3, 3, 3)) };
    const refused = await refusal(commitRating(house.review, as(first), changed));
    expect(refused.code).toBe('conflict');
    expect((await commitRating(house.review, as(first), input)).id).toBe(one!.id);
    expect(
      (
        await refusal(
          declineAssignment(house.review, as(first), { assignment: first.id, reason: 'conflict' }),
        )
      ).code,
    ).toBe('conflict');
  });

  it('is refused without a certification at that moment, and the work goes to somebody else (invariant 1)', async () => {
    const { assignments, submission } = await underReview({ reviewers: 3 });
    const [first] = assignments as [Assignment];
    const [certification] = await house.calibration.store.certificationsFor(
      house.district,
      first.reviewer,
      house.version,
    );
    await house.calibration.store.certifications.replace({ ...certification!, until: house.clock.now() });
    const refused = await refusal(house.commit(first, met));
    expect(refused.message).toMatch(/not certified/);
    await house.settle();
    const after = await house.assignments(submission);
    expect(after.map(({ state }) => state)).toEqual(['released', 'open', 'open']);
    expect(after[2]!.reviewer).not.toBe(first.reviewer);
  });

  it('is refused after a conflict of interest came on record since the offer (invariant 4)', async () => {
    const { assignments, submission, teacher } = await underReview({ reviewers: 3 });
    const [first] = assignments as [Assignment];
    await relateMembers(house.tenancy, house.service, {
      kind: 'supervisor',
      member: first.reviewer,
      other: teacher.member,
    });
    expect((await refusal(house.commit(first, met))).message).toMatch(/conflict of interest/);
    await house.settle();
    expect((await house.assignments(submission))[0]).toMatchObject({
      state: 'released',
      releasedFor: 'conflict',
    });
  });

  it('is refused once the suspended reviewer’s work went to others; what was signed before stands', async () => {
    const { assignments, submission, teacher } = await underReview({ reviewers: 3 });
    const [first, second] = assignments as [Assignment, Assignment];
    await house.commit(first, met);
    for (const { reviewer } of [first, second]) {
      const [certification] = await house.calibration.store.certificationsFor(
        house.district,
        reviewer,
        house.version,
      );
      house.clock.advance(1);
      await suspendCertification(house.calibration, house.service, {
        certification: certification!.id,
        reason: 'drift',
      });
    }
    await house.settle();
    const after = await house.assignments(submission);
    expect(after.map(({ state }) => state)).toEqual(['committed', 'released', 'open']);
    expect((await refusal(house.commit(second, met))).code).toBe('not-found');
    await house.commit(after[2]!, met);
    await house.settle();
    const decision = (await house.decision(submission))!;
    expect(await everySignOffCertified(decision)).toBe(true);
    expect(teacher.member).toBe(decision.teacher);
  });

  it('refuses work that was withdrawn under the reviewer’s hands', async () => {
    const { assignments, submission, teacher } = await underReview();
    await withdrawSubmission(house.review.submissions, teacher, submission.id);
    expect((await refusal(house.commit(assignments[0]!, met))).message).toMatch(/withdrawn/);
    await house.settle();
    expect((await house.assignments(submission)).map(({ releasedFor }) => releasedFor)).toEqual([
      'closed',
      'closed',
    ]);
    expect((await house.review.store.cases.get(house.district, `${submission.id}:1:0`))!.state).toBe(
      'closed',
    );
    expect((await stateOf(submission)).effectDue).toBeNull();
  });
});

describe('an assignment given back', () => {
  it('goes to somebody else, with a declared conflict on record for later work', async () => {
    const { assignments, submission, teacher } = await underReview({ reviewers: 3 });
    const [first] = assignments as [Assignment];
    const decline = () =>
      declineAssignment(house.review, as(first), { assignment: first.id, reason: 'conflict' });
    await decline();
    expect((await decline()).state).toBe('released');
    await house.settle();
    const after = await house.assignments(submission);
    expect(after).toHaveLength(3);
    expect(after[2]!.reviewer).not.toBe(first.reviewer);
    expect(await house.tenancy.store.relationshipsOf(house.district, teacher.member)).toMatchObject([
      { kind: 'declared', member: first.reviewer },
    ]);
    const next = await house.submitted(teacher);
    await house.settle();
    expect((await house.assignments(next)).map(({ reviewer }) => reviewer)).not.toContain(first.reviewer);
  });

  it('expires after 14 days and goes to somebody else; a case is never dropped', async () => {
    const { assignments, submission } = await underReview({ reviewers: 3 });
    await house.commit(assignments[0]!, met);
    await house.settle();
    house.clock.advance(14 * 86_400);
    expect((await refusal(house.commit(assignments[1]!, met))).message).toMatch(/expired/);
    await house.settle();
    const after = await house.assignments(submission);
    expect(after.map(({ state }) => state)).toEqual(['committed', 'expired', 'open']);
    expect(new Set(after.map(({ reviewer }) => reviewer)).size).toBe(3);
    house.clock.advance(14 * 86_400);
    await house.settle();
    // Nobody fresh is left: the one who let it expire first may try again.
    expect((await house.assignments(submission)).map(({ state }) => state)).toEqual([
      'committed',
      'expired',
      'expired',
      'open',
    ]);
  });
});

describe('the decision', () => {
  it('is the rule applied to the lower levels of two that agree, and the submission moves (invariant 5)', async () => {
    const { assignments, submission } = await underReview();
    await house.commit(assignments[0]!, levels(3, 4, 3, 3));
    await house.settle();
    expect(await house.decision(submission)).toBeUndefined();
    await house.commit(assignments[1]!, levels(4, 4, 3, 4));
    await house.settle();
    const decision = (await house.decision(submission))!;
    expect(decision).toMatchObject({
      outcome: 'met',
      levels: levels(3, 4, 3, 3),
      adjudicated: false,
      reviews: 2,
      round: 0,
      effectDue: house.clock.now(),
    });
    expect(decide(house.rubric, decision.levels)).toBe(decision.outcome);
    expect(await stateOf(submission)).toMatchObject({ state: 'met', effectDue: null });
  });

  it('is "not yet" with one criterion below its required level, whatever the sum', async () => {
    const { assignments, submission } = await underReview();
    for (const assignment of assignments) await house.commit(assignment, levels(4, 4, 4, 2));
    await house.settle();
    expect(await house.decision(submission)).toMatchObject({ outcome: 'not_yet' });
    expect((await stateOf(submission)).state).toBe('not_yet');
  });

  it('waits for a blind third reading where two differ, and takes the adjudicator’s levels (invariant 6)', async () => {
    const { assignments, submission } = await underReview();
    await house.commit(assignments[0]!, levels(3, 3, 3, 3));
    await house.commit(assignments[1]!, levels(3, 3, 2, 3));
    await house.settle();
    // No adjudicator yet: it waits and nothing is decided.
    expect(await house.decision(submission)).toBeUndefined();
    const lead = await house.member(['lead']);
    expect((await listReviewCases(house.review, lead, 'waiting', { limit: 5 })).items).toMatchObject([
      { waitsFor: 'adjudicator' },
    ]);
    const adjudicator = await house.reviewer(['adjudicator']);
    house.clock.advance(61);
    await house.settle();
    const third = (await house.assignments(submission))[2]!;
    expect(third).toMatchObject({ kind: 'adjudication', reviewer: adjudicator.member });
    expect((await stateOf(submission)).state).toBe('adjudicating');
    const seen = JSON.stringify(
      presentAssignedWork(await getAssignment(house.review, adjudicator, third.id)),
    );
    for (const rating of await house.review.store.ratingsOfSubmission(house.district, submission.id)) {
      for (const hidden of [rating.id, rating.reviewer, 'About c1.']) expect(seen).not.toContain(hidden);
    }
    await house.commit(third, levels(4, 3, 2, 3));
    await house.settle();
    expect(await house.decision(submission)).toMatchObject({
      outcome: 'not_yet',
      levels: levels(4, 3, 2, 3),
      adjudicated: true,
      reviews: 3,
    });
  });

  it('draws the adjudicator from people without a part in the case', async () => {
    house = await aReviewHouse();
    const both = [
      await house.reviewer(['reviewer', 'adjudicator']),
      await house.reviewer(['reviewer', 'adjudicator']),
    ];
    const submission = await house.submitted(await house.member(['teacher']));
    await house.settle();
    const [first, second] = (await house.assignments(submission)) as [Assignment, Assignment];
    await house.commit(first, levels(1, 3, 3, 3));
    await house.commit(second, levels(3, 3, 3, 3));
    await house.settle();
    expect(await house.assignments(submission)).toHaveLength(2);
    const fresh = await house.reviewer(['adjudicator']);
    house.clock.advance(61);
    await house.settle();
    expect((await house.assignments(submission))[2]!.reviewer).toBe(fresh.member);
    expect(both.map(({ member }) => member)).not.toContain(fresh.member);
  });

  it('is made once by two simultaneous sign-offs and settlers, and keeps both ratings (invariant 14)', async () => {
    const { assignments, submission } = await underReview();
    await Promise.all(assignments.map((assignment) => house.commit(assignment, met)));
    const ratings = await house.review.store.ratingsOfSubmission(house.district, submission.id);
    expect(ratings).toHaveLength(2);
    const reviewCase = (await house.review.store.cases.get(house.district, `${submission.id}:1:0`))!;
    await Promise.all([
      ...ratings.map((rating) => settleRating(house.review, rating)),
      settleCase(house.review, reviewCase),
      settleCase(house.review, reviewCase),
    ]);
    const decisions = await house.review.store.pageOfDecisions(house.district, undefined, { limit: 10 });
    expect(decisions.items).toHaveLength(1);
    expect(new Set(decisions.items[0]!.ratings)).toEqual(new Set(ratings.map(({ id }) => id)));
  });

  it('comes to the same when the process dies after the rating and everything is swept again', async () => {
    const { assignments, submission } = await underReview();
    for (const assignment of assignments) await house.commit(assignment, met);
    // As if killed right after the first write of each sign-off.
    for (const assignment of await house.assignments(submission)) {
      await house.review.store.assignments.replace({
        ...assignment,
        state: 'open',
        effectDue: assignment.dueAt,
      });
    }
    await house.settle();
    expect((await house.assignments(submission)).map(({ state }) => state)).toEqual([
      'committed',
      'committed',
    ]);
    expect(await house.decision(submission)).toMatchObject({ outcome: 'met', reviews: 2 });
    // As if killed between the submission's move and the decision.
    const other = await underReview();
    await house.review.submissions.store.submissions.replace({
      ...(await stateOf(other.submission)),
      state: 'met',
    });
    for (const assignment of other.assignments) await house.commit(assignment, met);
    await house.settle();
    expect(await house.decision(other.submission)).toMatchObject({ outcome: 'met' });
  });

  it('is read by the teacher and those who oversee review, and says nothing of who rated', async () => {
    const { assignments, submission, teacher } = await underReview();
    for (const assignment of assignments) await house.commit(assignment, met);
    await house.settle();
    const { id } = (await house.decision(submission))!;
    const lead = await house.member(['lead']);
    const stranger = await house.member(['teacher']);
    for (const reader of [teacher, lead]) {
      const read = await getDecision(house.review, reader, id);
      expect(read.feedback).toEqual({
        c1: ['About c1.', 'About c1.'],
        c2: ['About c2.', 'About c2.'],
        c3: ['About c3.', 'About c3.'],
        c4: ['About c4.', 'About c4.'],
      });
      expect(await getSubmissionDecision(house.review, reader, submission.id)).toEqual(read);
    }
    expect((await refusal(getDecision(house.review, stranger, id))).code).toBe('not-found');
    expect((await refusal(getDecision(house.review, as(assignments[0]!), id))).code).toBe('not-found');
  });

  it('rests on certifications that held at the time of signing, whatever came later (invariant 1)', async () => {
    const { assignments, submission } = await underReview();
    for (const assignment of assignments) await house.commit(assignment, met);
    await house.settle();
    const decision = (await house.decision(submission))!;
    const [certification] = await house.calibration.store.certificationsFor(
      house.district,
      assignments[0]!.reviewer,
      house.version,
    );
    house.clock.advance(400 * 86_400);
    expect(holdsAt(certification!, house.clock.now())).toBe(false);
    expect(await everySignOffCertified(decision)).toBe(true);
    await house.calibration.store.certifications.replace({
      ...certification!,
      suspensions: [{ from: decision.decidedAt, to: null }],
    });
    expect(await everySignOffCertified(decision)).toBe(false);
    // Looking back, one that was suspended in the second of the sign-off was suspended after it.
    const at = decision.decidedAt;
    const suspendedAt = (from: string) => ({ ...certification!, suspensions: [{ from, to: null }] });
    expect(holdsAt(suspendedAt(at), at)).toBe(false);
    expect(heldAtSignOff(suspendedAt(at), at)).toBe(true);
    expect(heldAtSignOff(suspendedAt(plusSeconds(at, -1)), at)).toBe(false);
    expect(heldAtSignOff({ ...certification!, revokedAt: at }, at)).toBe(true);
    expect(heldAtSignOff({ ...certification!, revokedAt: plusSeconds(at, -1) }, at)).toBe(false);
    expect(heldAtSignOff({ ...certification!, until: at }, at)).toBe(false);
  });
});

describe('resubmission', () => {
  it('goes to reviewers who did not rate the earlier attempt, as long as there are any', async () => {
    const { assignments, submission, teacher } = await underReview({ reviewers: 4 });
    for (const assignment of assignments) await house.commit(assignment, levels(3, 3, 3, 2));
    await house.settle();
    const next = await house.submitted(teacher, { attempt: 2, previous: submission.id });
    await house.settle();
    const earlier = new Set(assignments.map(({ reviewer }) => reviewer));
    const drawn = (await house.assignments(next)).map(({ reviewer }) => reviewer);
    expect(drawn).toHaveLength(2);
    for (const reviewer of drawn) expect(earlier.has(reviewer)).toBe(false);
  });
});

describe('rubrics of other rules', () => {
  it('sends two ratings whose lower levels turn both decisions to adjudication', async () => {
    house = await aReviewHouse({ rubric: aRubric(3, { kind: 'compensatory', cut: 10, floors: {} }) });
    await house.reviewer();
    await house.reviewer();
    const adjudicator = await house.reviewer(['adjudicator']);
    const submission = await house.submitted(await house.member(['teacher']));
    await house.settle();
    const [first, second] = (await house.assignments(submission)) as [Assignment, Assignment];
    await house.commit(first, levels(4, 3, 3));
    await house.commit(second, levels(3, 4, 3));
    await house.settle();
    expect(await house.decision(submission)).toBeUndefined();
    const third = (await house.assignments(submission))[2]!;
    expect(third.reviewer).toBe(adjudicator.member);
    await house.commit(third, levels(3, 4, 3));
    await house.settle();
    expect(await house.decision(submission)).toMatchObject({ outcome: 'met', levels: levels(3, 4, 3) });
  });
});

it('says the same of an unchanged record whenever it is asked', async () => {
  const { submission } = await underReview();
  const digest = async () =>
    createHash('sha256')
      .update(JSON.stringify(await house.assignments(submission)))
      .digest('hex');
  const before = await digest();
  await house.settle();
  expect(await digest()).toBe(before);
});
