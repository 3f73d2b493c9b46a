import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { declareConflicts, setCodeOfConduct, type DeclaredConflict } from '../../../src/calibration/index.js';
import { plusDays } from '../../../src/kernel/index.js';
import { getKeptDraft, isDeclared } from '../../../src/review/index.js';
import { declares } from '../../support/declares.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

const given = levels(3, 3, 3, 3);

let house: ReviewHouse;
let teacher: Person;
let email: string;

beforeEach(async () => {
  house = await aReviewHouse();
  teacher = await house.member(['teacher', 'reviewer']);
  ({ email } = await house.person(teacher.member));
});
afterEach(async () => {
  expect(house.failures).toEqual([]);
  await house.store.close();
});

const tie = (change: Partial<DeclaredConflict> = {}): DeclaredConflict => ({
  ...{ with: 'person', name: email, kind: 'family', from: null, until: null },
  ...change,
});

/** The assignments that are drawn for one work, with how many were left out by why. */
async function drawn() {
  const submission = await house.submitted(teacher);
  await house.settle();
  const assignments = await house.assignments(submission);
  return { submission, assignments, reviewers: assignments.map(({ reviewer }) => reviewer as string) };
}

describe('who has not declared', () => {
  it('is not drawn, and is counted in the draw’s record', async () => {
    const reviewer = await house.reviewer();
    const declared = await house.reviewer();
    const text = 'I rate blind, by the rubric, and by myself. '.repeat(6);
    await setCodeOfConduct(house.calibration, await house.member(['lead']), { replaces: 0, text });
    house.clock.advance(31 * 86_400);
    await declares(house.calibration, declared);
    const { assignments, reviewers } = await drawn();
    expect(reviewers).toEqual([declared.member]);
    expect(assignments[0]!.draw).toMatchObject({ excluded: { 'not-declared': 1 } });
    await declares(house.calibration, reviewer);
    house.clock.advance(61);
    await house.settle();
    expect((await drawn()).reviewers).toContain(reviewer.member);
  });

  it('does not commit, keeps the work and what was written, and commits once all is declared', async () => {
    const reviewer = await house.member(['reviewer']);
    await house.certify(reviewer, { until: plusDays(house.clock.now(), 800) });
    house.clock.advance(360 * 86_400);
    const {
      assignments: [assignment],
    } = await drawn();
    house.clock.advance(6 * 86_400);
    const refused = house.commit(assignment!, given);
    await expect(refused).rejects.toMatchObject({ code: 'conflict' });
    await expect(refused).rejects.toThrow(/declare your conflicts of interest.*stays yours/);
    const { draft, assignment: kept } = await getKeptDraft(house.review, reviewer, assignment!.id);
    expect([kept.state, Object.keys(draft.criteria)]).toEqual(['open', Object.keys(given)]);
    await declares(house.calibration, reviewer);
    await house.commit(assignment!, given);
    expect((await house.review.store.assignment(house.district, assignment!.id))!.state).toBe('committed');
  });
});

describe('a declared conflict', () => {
  it('excludes at the draw: a person by address, a school by name, in either direction', async () => {
    const byPerson = await house.reviewer();
    await declareConflicts(house.calibration, byPerson, { conflicts: [tie()] });
    const bySchool = await house.reviewer();
    const { school } = await house.person(teacher.member);
    await declareConflicts(house.calibration, bySchool, {
      conflicts: [tie({ with: 'school', name: ` ${school!.toUpperCase()} ` })],
    });
    const named = await house.reviewer();
    await declares(house.calibration, teacher, [tie({ name: (await house.person(named.member)).email })]);
    const free = await house.reviewer();
    const { assignments, reviewers } = await drawn();
    expect(reviewers).toEqual([free.member]);
    expect(assignments[0]!.draw).toMatchObject({ excluded: { conflict: 3 } });
  });

  it('is asked again at the commit: the work is given back, and what was written stays its writer’s', async () => {
    const reviewer = await house.reviewer();
    const {
      assignments: [assignment],
    } = await drawn();
    await declareConflicts(house.calibration, reviewer, { conflicts: [tie({ kind: 'financial' })] });
    const refused = house.commit(assignment!, given);
    await expect(refused).rejects.toMatchObject({ code: 'conflict' });
    await expect(refused).rejects.toThrow(/What you wrote is kept/);
    expect(await house.review.store.assignment(house.district, assignment!.id)).toMatchObject({
      state: 'released',
      releasedFor: 'conflict',
    });
    const draft = await getKeptDraft(house.review, reviewer, assignment!.id);
    expect(JSON.stringify(draft)).toContain('About c1.');
  });

  it('counts for three years after its end', () => {
    const now = '2026-11-20T09:00:00Z';
    const member = { email: 'sam@riverbend.example', school: null };
    const ended = (until: string | null) => isDeclared([tie({ name: member.email, until })], member, now, 3);
    expect([null, '2023-11-21', '2023-11-20', '2020-01-01'].map(ended)).toEqual([true, true, false, false]);
    expect(isDeclared([tie({ name: 'other@riverbend.example' })], member, now, 3)).toBe(false);
  });
});
