import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { decide, type Levels } from '../../../src/achievements/index.js';
import { suspendCertification } from '../../../src/calibration/index.js';
import { newId, update, type ArtefactId } from '../../../src/kernel/index.js';
import {
  commitRating,
  getAssignment,
  getCarryOver,
  getDecision,
  listDecisions,
  rateAgain,
  settleDriftSignal,
  type ReviewCase,
} from '../../../src/review/index.js';
import { giveSeed } from '../../../src/review/give-seed.js';
import {
  answerRequirement,
  startNextAttempt,
  submitSubmission,
  type Submission,
} from '../../../src/submissions/index.js';
import { presentAssignedWork } from '../../../src/web/api/present-review.js';
import { aReviewHouse, ratingOf, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

/** The plan shows the first two criteria, the reflection the other two. */
const serves: { readonly [requirement: string]: readonly string[] } = {
  plan: ['c1', 'c2'],
  reflection: ['c3', 'c4'],
};
const first = levels(3, 4, 2, 3);
let house: ReviewHouse;

afterEach(async () => {
  expect(house.failures).toEqual([]);
  await house.store.close();
});

const person = (member: string): Person => ({
  ...{ kind: 'member', district: house.district, member: member as never },
});
const assignmentsOf = ({ id }: ReviewCase) => house.review.store.assignmentsOfCase(house.district, id);
const casesOf = ({ id }: Submission) => house.review.store.casesOn(house.district, id);
const decisionOf = async (submission: Submission) => (await house.decision(submission))!;

async function aHouse(
  seed = 'carried over',
  reviewers = 6,
  planType: 'application/pdf' | 'text/plain' = 'application/pdf',
): Promise<ReviewHouse> {
  house = await aReviewHouse({ seed, planType });
  await update(
    house.review.achievements.store.versions,
    house.district,
    house.version,
    (kept) => {
      const { assessment } = kept.content;
      if (assessment.by !== 'review') throw new Error('not reviewed');
      const requirements = assessment.requirements.map((one) =>
        serves[one.id] === undefined ? one : { ...one, serves: serves[one.id]! },
      );
      return { ...kept, content: { ...kept.content, assessment: { ...assessment, requirements } } };
    },
    'version',
  );
  for (let n = 0; n < reviewers; n += 1) await house.reviewer();
  return house;
}

async function rateAll(submission: Submission, given: Levels): Promise<void> {
  await house.settle();
  for (let n = 0; n < 4; n += 1) {
    const round = (await casesOf(submission)).at(-1)!;
    for (const one of (await assignmentsOf(round)).filter(({ state }) => state === 'open'))
      await house.commit(one, given);
    await house.settle();
  }
}

/** Work that was decided "not yet". */
async function decided(given = first) {
  const teacher = await house.member(['teacher']);
  const submission = await house.submitted(teacher);
  await rateAll(submission, given);
  return { teacher, submission, decision: await decisionOf(submission) };
}

/** Another file of the teacher's, of these bytes. */
async function aFile(teacher: Person, name: string, sha256: string): Promise<ArtefactId> {
  const id = newId(house.review.randomness, 'art');
  await house.review.evidence.store.artefacts.insert({
    ...{ id, district: house.district, owner: teacher.member, name, mediaType: 'application/pdf' },
    ...{ size: 99, sha256, salt: 'c2FsdHNhbHRzYWx0c2FsdA', sealedKey: 'sealed' },
    ...{ createdAt: house.clock.now(), erasedAt: null, effectDue: null, pendingEntries: [], auditDue: null },
  });
  return id;
}

const next = (teacher: Person, { id }: Submission) => startNextAttempt(house.review.submissions, teacher, id);
const answer = (teacher: Person, { id }: Submission, requirement: string, given: string | ArtefactId) =>
  answerRequirement(house.review.submissions, teacher, {
    ...{ submission: id, requirement },
    ...(requirement === 'plan' ? { artefacts: [given] } : { text: given }),
  });
const handIn = (teacher: Person, { id }: Submission) =>
  submitSubmission(house.review.submissions, teacher, id);

/** What is told of each criterion: the level that stands, or why it is rated anew. */
async function told(teacher: Person, { id }: Submission): Promise<{ readonly [criterion: string]: string }> {
  const { criteria } = await getCarryOver(house.review, teacher, id);
  return Object.fromEntries(
    criteria.map(({ criterion, stands, anew }) => [criterion, stands?.level ?? anew ?? 'first']),
  );
}

const changedReflection = {
  ...{ c1: 'c1-3', c2: 'c2-4', c3: 'not-met', c4: 'evidence-changed' },
};

describe('a next attempt', () => {
  it('is rated by others on what does not stand; the decision is the rule of both', async () => {
    await aHouse();
    const { teacher, submission, decision } = await decided();
    expect(decision).toMatchObject({ outcome: 'not_yet', levels: first });
    expect(await told(teacher, submission)).toEqual({ c1: 'first', c2: 'first', c3: 'first', c4: 'first' });
    const draft = await next(teacher, submission);
    expect(await told(teacher, draft)).toEqual({ c1: 'c1-3', c2: 'c2-4', c3: 'not-met', c4: 'c4-3' });
    await answer(teacher, draft, 'reflection', 'I learned more.');
    expect(await told(teacher, draft)).toEqual(changedReflection);
    await handIn(teacher, draft);
    await house.settle();
    const [round] = await casesOf(draft);
    expect(Object.keys(round!.carried ?? {})).toEqual(['c1', 'c2']);
    expect(round!.carried?.['c1']).toEqual({
      ...{ level: 'c1-3', decision: decision.id, decidedAt: decision.decidedAt, ratings: decision.ratings },
    });
    const former = (await casesOf(submission)).map(assignmentsOf);
    const raters = (await Promise.all(former)).flat().map(({ reviewer }) => reviewer);
    for (const assignment of await assignmentsOf(round!)) {
      expect(raters).not.toContain(assignment.reviewer);
      const { version, evidence } = await getAssignment(
        house.review,
        person(assignment.reviewer),
        assignment.id,
      );
      expect(version.rubric.criteria.map(({ id }) => id)).toEqual(['c3', 'c4']);
      expect(evidence.items.map(({ requirement }) => requirement)).toEqual(['plan', 'reflection']);
    }
    await rateAll(draft, levels(1, 1, 3, 4));
    const after = await decisionOf(draft);
    const union = levels(3, 4, 3, 4);
    expect(after).toMatchObject({ outcome: 'met', levels: union, carried: round!.carried });
    expect(decide(house.rubric, after.levels)).toBe('met');
    expect(after.ratings.filter((id) => decision.ratings.includes(id))).toEqual([]);
    // What stood was observed in the earlier round, and once.
    const { items } = await house.calibration.store.observations.page(
      house.district,
      'version',
      [house.version],
      { limit: 100 },
    );
    const ofRound = items.filter(({ rating }) => rating !== null && after.ratings.includes(rating));
    expect(ofRound).toHaveLength(2);
    for (const { levels: observed, decisionRight } of ofRound) {
      expect(observed.map(({ criterion }) => criterion)).toEqual(['c3', 'c4']);
      expect(decisionRight).toBe(true);
    }
    // Each criterion has what was said where it was rated.
    const { feedback } = await getDecision(house.review, teacher, after.id);
    expect(Object.values(feedback).map((said) => said.length)).toEqual([2, 2, 2, 2]);
  });

  it('with a low level of what is rated is not met, whatever stands', async () => {
    await aHouse();
    const { teacher, submission } = await decided();
    const draft = await next(teacher, submission);
    await answer(teacher, draft, 'reflection', 'I learned more.');
    await handIn(teacher, draft);
    await rateAll(draft, levels(4, 4, 2, 4));
    expect(await decisionOf(draft)).toMatchObject({ outcome: 'not_yet', levels: levels(3, 4, 2, 4) });
  });

  it('refuses levels of criteria that stand', async () => {
    await aHouse();
    const { teacher, submission } = await decided();
    const draft = await next(teacher, submission);
    await answer(teacher, draft, 'reflection', 'I learned more.');
    await handIn(teacher, draft);
    await house.settle();
    const [one] = await assignmentsOf((await casesOf(draft))[0]!);
    const me = person(one!.reviewer);
    const { evidence } = await getAssignment(house.review, me, one!.id);
    const refused = commitRating(house.review, me, {
      ...{ assignment: one!.id, criteria: ratingOf(evidence, levels(3, 3, 3, 3)) },
    });
    await expect(refused).rejects.toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer: '/criteria/c1' }, { pointer: '/criteria/c2' }],
    });
  });
});

describe('what stands', () => {
  it('is told by content: a file under another name stands, a changed one does not', async () => {
    await aHouse();
    const { teacher, submission } = await decided();
    const draft = await next(teacher, submission);
    const own = submission.answers['plan'];
    const [file] = own?.kind === 'file' ? own.artefacts : [];
    const kept = (await house.review.evidence.store.artefact(house.district, file!))!;
    await answer(teacher, draft, 'plan', await aFile(teacher, 'renamed.pdf', kept.sha256!));
    await answer(teacher, draft, 'reflection', 'I learned more.');
    expect(await told(teacher, draft)).toEqual(changedReflection);
    const other = createHash('sha256').update('other').digest('hex');
    await answer(teacher, draft, 'plan', await aFile(teacher, 'plan.pdf', other));
    expect(await told(teacher, draft)).toEqual({
      ...changedReflection,
      ...{ c1: 'evidence-changed', c2: 'evidence-changed' },
    });
    // One space more is another text.
    await answer(teacher, draft, 'reflection', 'I learned much. ');
    expect(await told(teacher, draft)).toMatchObject({ c4: 'evidence-changed' });
  });

  it('rests on no link', async () => {
    await aHouse();
    const teacher = await house.member(['teacher']);
    const linked = 'See https://example.org/my-lesson for more.';
    const work = await house.submitted(teacher);
    await update(
      house.review.submissions.store.submissions,
      house.district,
      work.id,
      (kept) => ({
        ...kept,
        answers: { ...kept.answers, reflection: { kind: 'text' as const, text: linked, salt: 'c2FsdA' } },
      }),
      'submission',
    );
    await rateAll(work, first);
    const draft = await next(teacher, work);
    expect(await told(teacher, draft)).toEqual({ c1: 'c1-3', c2: 'c2-4', c3: 'not-met', c4: 'link' });
  });

  it('is handed in within 60 days of the decision', async () => {
    await aHouse();
    const { teacher, submission } = await decided();
    house.clock.advance(59 * 86_400);
    const draft = await next(teacher, submission);
    await answer(teacher, draft, 'reflection', 'I learned more.');
    expect(await told(teacher, draft)).toEqual(changedReflection);
    house.clock.advance(86_400);
    expect(await told(teacher, draft)).toEqual({
      ...{ c1: 'too-late', c2: 'too-late', c3: 'not-met', c4: 'too-late' },
    });
    await handIn(teacher, draft);
    await house.settle();
    const [round] = await casesOf(draft);
    expect(round!.carried).toBeUndefined();
    for (const one of await assignmentsOf(round!)) expect(one.criteria).toBeUndefined();
  });

  it('stands in no work on another version, and in no new work', async () => {
    await aHouse();
    const { teacher, submission } = await decided();
    const other = await house.submitted(teacher);
    expect(await told(teacher, other)).toMatchObject({ c1: 'new-work' });
    await update(
      house.review.submissions.store.submissions,
      house.district,
      submission.id,
      (kept) => ({ ...kept, achievementVersion: `acv_${'z'.repeat(26)}` as never }),
      'submission',
    );
    expect(await told(teacher, other)).toMatchObject({ c1: 'other-version' });
  });

  it('does not rest on who is suspended', async () => {
    await aHouse();
    const { teacher, submission, decision } = await decided();
    const lead = await house.member(['lead']);
    const draft = await next(teacher, submission);
    const rating = (await house.review.store.rating(house.district, decision.ratings[0]!))!;
    await suspendCertification(house.calibration, lead, {
      ...{ certification: rating.certification, reason: 'For a while.' },
    });
    expect(await told(teacher, draft)).toEqual({
      ...{ c1: 'review', c2: 'review', c3: 'not-met', c4: 'review' },
    });
  });

  it('stands from the decision that found it met, for 60 days from that, however often', async () => {
    await aHouse('twice', 9);
    const { teacher, submission, decision } = await decided();
    house.clock.advance(40 * 86_400);
    const second = await next(teacher, submission);
    await answer(teacher, second, 'reflection', 'I learned more.');
    await handIn(teacher, second);
    await rateAll(second, levels(3, 3, 2, 3));
    const later = await decisionOf(second);
    const third = await next(teacher, second);
    await answer(teacher, third, 'reflection', 'I learned even more.');
    const { criteria } = await getCarryOver(house.review, teacher, third.id);
    expect(criteria[0]).toMatchObject({ stands: { decision: decision.id, level: 'c1-3' } });
    house.clock.advance(21 * 86_400);
    expect(later.decidedAt > decision.decidedAt).toBe(true);
    expect(await told(teacher, third)).toMatchObject({ c1: 'too-late', c2: 'too-late' });
  });

  it('rates all where nothing else would be left to rate', async () => {
    const rule = { kind: 'compensatory', cut: 14, floors: {} } as const;
    await aHouse();
    await update(
      house.review.achievements.store.versions,
      house.district,
      house.version,
      (kept) => {
        const { assessment } = kept.content;
        if (assessment.by !== 'review') throw new Error('not reviewed');
        const rubric = { ...assessment.rubric, rule };
        return { ...kept, content: { ...kept.content, assessment: { ...assessment, rubric } } };
      },
      'version',
    );
    const { teacher, submission, decision } = await decided(levels(3, 3, 3, 3));
    expect(decision.outcome).toBe('not_yet');
    const draft = await next(teacher, submission);
    expect(await told(teacher, draft)).toMatchObject({ c1: 'all-met', c4: 'all-met' });
  });
});

describe('when what stands comes into doubt', () => {
  it('the work that it stands in is rated again, on that too', async () => {
    await aHouse('doubt', 9);
    const { teacher, submission, decision } = await decided();
    const draft = await next(teacher, submission);
    await answer(teacher, draft, 'reflection', 'I learned more.');
    await handIn(teacher, draft);
    await rateAll(draft, levels(1, 1, 3, 3));
    expect(await decisionOf(draft)).toMatchObject({ outcome: 'met' });
    const rating = (await house.review.store.rating(house.district, decision.ratings[0]!))!;
    const { reviewer, certification } = rating;
    const signal = newId(house.review.randomness, 'dsg');
    await house.calibration.store.driftSignals.insert({
      ...{ id: signal, district: house.district, reviewer, achievementVersion: house.version },
      ...{ certification, point: 'a point', state: 'suspended', raisedAt: house.clock.now() },
      evidence: {
        ...{ reference: 'keys', alarms: [], charts: {} as never, policy: 0, observations: [] },
        cleanSince: '2026-01-01T00:00:00Z',
      },
      ...{ tellAt: house.clock.now(), toldAt: null, lookBack: null, effectDue: house.clock.now() },
      acts: [{ to: 'suspended', by: null, reason: null, at: house.clock.now() }],
      ...{ pendingEntries: [], auditDue: null },
    });
    await settleDriftSignal(house.review, { district: house.district, id: signal });
    const { lookBack } = (await house.calibration.store.driftSignals.get(house.district, signal))!;
    expect(lookBack!.items.map(({ submission: id, state }) => [id, state])).toEqual([
      [submission.id, 'not-possible'],
      [draft.id, 'opened'],
    ]);
    const again = (await casesOf(draft)).at(-1)!;
    expect(again).toMatchObject({ round: 1, origin: 'look-back' });
    expect(again.carried).toBeUndefined();
    await rateAll(draft, levels(2, 3, 3, 3));
    expect(await decisionOf(draft)).toMatchObject({ outcome: 'not_yet', levels: levels(2, 3, 3, 3) });
  });

  it('a round that a lead asks for rates all', async () => {
    await aHouse('a lead doubts', 9);
    const { teacher, submission } = await decided();
    const draft = await next(teacher, submission);
    await answer(teacher, draft, 'reflection', 'I learned more.');
    await handIn(teacher, draft);
    await rateAll(draft, levels(1, 1, 3, 3));
    const lead = await house.member(['lead']);
    const round = await rateAgain(house.review, lead, { submission: draft.id, reason: 'Doubts.' });
    expect(round.carried).toBeUndefined();
  });
});

describe('a reviewer of a next attempt', () => {
  /** All that the reviewers of the next attempt are answered, after these levels in the first. */
  async function seen(given: Levels): Promise<string> {
    await aHouse('twins');
    const { teacher, submission } = await decided(given);
    const draft = await next(teacher, submission);
    await answer(teacher, draft, 'reflection', 'I learned more.');
    await handIn(teacher, draft);
    await house.settle();
    const [round] = await casesOf(draft);
    const works = (await assignmentsOf(round!)).map(({ reviewer, id }) =>
      getAssignment(house.review, person(reviewer), id),
    );
    const shown = (await Promise.all(works)).map(presentAssignedWork);
    expect(shown).toHaveLength(2);
    await house.store.close();
    return JSON.stringify(shown);
  }

  it('is answered the same whatever the earlier levels were', async () => {
    const one = await seen(levels(3, 4, 2, 3));
    const other = await seen(levels(4, 3, 1, 4));
    // The houses were made alike: ids, clock and people; only their versions are told apart by a number.
    const alike = (text: string) => text.replaceAll(/acv_[a-z2-7]+/g, 'acv');
    expect(alike(one)).toBe(alike(other));
    expect(one).not.toContain('c1-');
    await aHouse('for the end', 0);
  });

  it('who oversees review as well reads nothing of the attempt before while it is in hand', async () => {
    await aHouse('only leads', 0);
    for (let n = 0; n < 2; n += 1) await house.reviewer();
    const { teacher, submission, decision } = await decided();
    const lead = await house.reviewer(['reviewer', 'lead']);
    await house.reviewer();
    expect((await getDecision(house.review, lead, decision.id)).decision.id).toBe(decision.id);
    const draft = await next(teacher, submission);
    await answer(teacher, draft, 'reflection', 'I learned more.');
    await handIn(teacher, draft);
    await house.settle();
    const drawn = await assignmentsOf((await casesOf(draft))[0]!);
    expect(drawn.map(({ reviewer }) => reviewer)).toContain(lead.member);
    await expect(getDecision(house.review, lead, decision.id)).rejects.toMatchObject({ code: 'not-found' });
    expect((await listDecisions(house.review, lead, { limit: 10 })).items).toEqual([]);
  });

  it('cannot tell a seed by what it asks about: it takes after live work', async () => {
    await aHouse('seeds', 8, 'text/plain');
    const { teacher, submission } = await decided();
    const draft = await next(teacher, submission);
    await answer(teacher, draft, 'reflection', 'I learned more.');
    await handIn(teacher, draft);
    await house.settle();
    for (let n = 0; n < 12; n += 1) await house.seedExemplar(levels(3, 3, 3, 3));
    const asked: string[] = [];
    const { items } = await house.review.store.cases.page(
      ...([house.district, 'version', [house.version], { limit: 10 }] as const),
    );
    const raters = (await Promise.all(items.map(assignmentsOf))).flat();
    for (const { reviewer } of raters)
      for (let n = 0; n < 6; n += 1) {
        const assignment = newId(house.review.randomness, 'asg');
        const whose = { district: house.district, reviewer, achievementVersion: house.version };
        const owed = { assignment, because: 'share', cause: `c${n}`, seed: `${reviewer}${n}` } as const;
        expect(await giveSeed(house.review, whose, { ...owed, giveAt: house.clock.now() })).toBe('given');
        const given = await house.review.store.assignment(house.district, assignment);
        asked.push((given?.criteria ?? ['all']).join());
      }
    // Of the live works two asked about all, and two about these.
    expect([...new Set(asked)].sort()).toEqual(['all', 'c3,c4']);
    expect(asked.filter((one) => one === 'all').length).toBeGreaterThan(6);
    expect(asked.filter((one) => one !== 'all').length).toBeGreaterThan(6);
    // Rated in part, a seed is observed in part, and decided by its key for the rest.
    const seeds = await house.review.store.seedsGiven(house.district, raters[0]!.reviewer, house.version);
    const part = seeds.find(({ criteria }) => criteria !== undefined)!;
    await house.commit(part, levels(1, 1, 3, 2));
    await house.settle();
    const observed = await house.calibration.store.observationsOf(
      ...([house.district, part.reviewer, house.version] as const),
    );
    expect(observed.filter(({ kind }) => kind === 'seed')).toMatchObject([
      { levels: [{ criterion: 'c3' }, { criterion: 'c4', given: 2, reference: 3 }], decisionRight: false },
    ]);
  });
});
