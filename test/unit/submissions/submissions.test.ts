import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { retireVersion, type AchievementVersion } from '../../../src/achievements/index.js';
import {
  eraseArtefact,
  recordConsent,
  uploadArtefact,
  withdrawConsent,
} from '../../../src/evidence/index.js';
import { AppError, newId, plusDays, type Actor } from '../../../src/kernel/index.js';
import {
  answerRequirement,
  assignmentsMade,
  assignmentsReleased,
  createSubmission,
  getSubmission,
  listMySubmissions,
  recordOutcome,
  settleConsent,
  settleErasedArtefact,
  settleSubmission,
  startNextAttempt,
  submitSubmission,
  withdrawSubmission,
  type Submission,
} from '../../../src/submissions/index.js';
import {
  aContent,
  aMemberActor,
  aPdf,
  aPublished,
  aWorkHouse,
  type WorkHouse,
} from '../../support/work-house.js';

// A picture of one pixel.
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let house: WorkHouse;
let version: AchievementVersion;
beforeEach(async () => {
  house = await aWorkHouse();
  version = await aPublished(house);
});
afterEach(() => house.close());

async function failure(attempt: Promise<unknown>): Promise<AppError> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`not refused as expected: ${String(error)}`);
  return error;
}
const begin = (who: Actor = house.teacher) =>
  createSubmission(house.submissions, who, { achievement: version.achievement });
const upload = async (bytes: Uint8Array = aPdf(), mediaType = 'application/pdf') =>
  (await uploadArtefact(house.evidence, house.teacher, { name: 'a', mediaType, bytes })).artefact;
const answer = (
  submission: Submission,
  requirement: string,
  given: { artefacts?: string[]; text?: string },
) =>
  answerRequirement(house.submissions, house.teacher, { submission: submission.id, requirement, ...given });
const submit = (submission: Submission) => submitSubmission(house.submissions, house.teacher, submission.id);
const now = (submission: { readonly id: string }) =>
  getSubmission(house.submissions, house.teacher, submission.id);
const outcome = (submission: Submission, what: Parameters<typeof recordOutcome>[3]) =>
  recordOutcome(house.submissions, submission.district, submission.id, what);

/** A draft with every answer and the consent that it needs. */
async function aWhole() {
  const submission = await begin();
  const picture = await upload(png, 'image/png');
  await answer(submission, 'plan', { artefacts: [(await upload()).id] });
  await answer(submission, 'pictures', { artefacts: [picture.id] });
  await answer(submission, 'reflection', { text: 'It went very well' });
  const consent = await recordConsent(house.evidence, house.teacher, {
    submission: submission.id,
    artefacts: [picture.id],
    use: 'review',
    statement: 'Forms in the office.',
  });
  return { submission, picture, consent };
}

async function inReview() {
  const whole = await aWhole();
  await submit(whole.submission);
  await settleSubmission(house.submissions, whole.submission.district, whole.submission.id);
  return whole;
}

describe('a new submission', () => {
  it('is a draft for the current version', async () => {
    expect(await begin()).toMatchObject({
      state: 'draft',
      achievementVersion: version.id,
      attempt: 1,
      answers: {},
      effectDue: null,
    });
    expect((await listMySubmissions(house.submissions, house.teacher, { limit: 10 })).items).toHaveLength(1);
  });

  it('is refused while one is open, for that teacher and achievement only', async () => {
    const open = await begin();
    const refused = await failure(begin());
    expect(refused.code).toBe('already-exists');
    expect(refused.message).toContain(open.id);
    await begin(aMemberActor(house.district.id));
    const other = await aPublished(house, 'other');
    await createSubmission(house.submissions, house.teacher, { achievement: other.achievement });
  });

  it('opens once of ten that are begun at the same time', async () => {
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => begin()));
    expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  it('is refused for an unknown, foreign, retired or unreviewed achievement and for another version', async () => {
    const create = (achievement: string, number?: number) =>
      failure(
        createSubmission(house.submissions, house.teacher, {
          achievement,
          ...(number === undefined ? {} : { version: number }),
        }),
      );
    expect((await create(newId(house.evidence.randomness, 'ach'))).code).toBe('not-found');
    expect(await create(version.achievement, 2)).toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer: '/version' }],
    });
    const stack = await aPublished(
      house,
      'stack',
      aContent({ assessment: { by: 'components', components: [version.achievement] } }),
    );
    expect((await create(stack.achievement)).message).toContain('milestone');
    await retireVersion(house.achievements, house.author, version.achievement, 1);
    expect((await create(version.achievement)).message).toContain('retired');
  });
});

describe('an answer', () => {
  it('takes the place of the one before, and nothing in it takes it back', async () => {
    const submission = await begin();
    await answer(submission, 'reflection', { text: 'One' });
    expect((await answer(submission, 'reflection', { text: 'Two' })).answers['reflection']).toMatchObject({
      kind: 'text',
      text: 'Two',
    });
    expect((await answer(submission, 'reflection', { text: ' ' })).answers).toEqual({});
  });

  it('is refused of the wrong kind, with files that are not the teacher’s, of the wrong type, twice or too many', async () => {
    const submission = await begin();
    const plan = await upload();
    const picture = await upload(png, 'image/png');
    const theirs = (
      await uploadArtefact(house.evidence, aMemberActor(house.district.id), {
        name: 'a',
        mediaType: '',
        bytes: aPdf('x'),
      })
    ).artefact;
    const pointers = async (requirement: string, given: { artefacts?: string[]; text?: string }) => {
      const error = await failure(answer(submission, requirement, given));
      return [error.code, ...error.errors.map((one) => one.pointer)];
    };
    expect(await pointers('plan', { text: 'words' })).toEqual(['rule-violated', '/text']);
    expect(await pointers('reflection', { artefacts: [plan.id] })).toEqual(['rule-violated', '/artefacts']);
    expect(await pointers('plan', { artefacts: [theirs.id] })).toEqual(['rule-violated', '/artefacts/0']);
    expect(await pointers('plan', { artefacts: [picture.id] })).toEqual(['rule-violated', '/artefacts/0']);
    expect(await pointers('pictures', { artefacts: [picture.id, picture.id] })).toEqual([
      'rule-violated',
      '/artefacts/1',
    ]);
    expect(await pointers('plan', { artefacts: [plan.id, plan.id] })).toContain('/artefacts');
    expect(await pointers('no-such', { text: 'words' })).toEqual(['not-found']);
    expect((await now(submission)).answers).toEqual({});
  });

  it('is not written over what the teacher did not see', async () => {
    const submission = await begin();
    const unchanged = () => {
      throw new AppError('precondition-failed', 'changed');
    };
    const refused = answerRequirement(house.submissions, house.teacher, {
      submission: submission.id,
      requirement: 'reflection',
      text: 'Lost',
      unchanged,
    });
    expect((await failure(refused)).code).toBe('precondition-failed');
    expect((await now(submission)).answers).toEqual({});
  });
});

describe('submitting', () => {
  it('keeps what is wanting, answers it, and takes the work again once it is mended', async () => {
    const submission = await begin();
    const refused = await failure(submit(submission));
    expect(refused.code).toBe('rule-violated');
    expect(refused.errors.map((error) => error.pointer)).toEqual(['/answers/plan', '/answers/reflection']);
    expect(await now(submission)).toMatchObject({
      state: 'incomplete',
      findings: refused.errors,
      submittedAt: null,
      effectDue: null,
    });
    expect((await answer(submission, 'plan', { artefacts: [(await upload()).id] })).state).toBe('draft');
    await answer(submission, 'reflection', { text: 'It went very well' });
    expect(await submit(submission)).toMatchObject({
      state: 'submitted',
      findings: [],
      submittedAt: house.clock.now(),
      effectDue: house.clock.now(),
    });
  });

  it('wants the consent for pictures of children', async () => {
    const { submission, consent } = await aWhole();
    await withdrawConsent(house.evidence, house.teacher, consent.id);
    expect((await failure(submit(submission))).errors.map((error) => error.pointer)).toEqual([
      '/answers/pictures',
    ]);
  });

  it('is refused a second time, and so are changes after it', async () => {
    const { submission } = await aWhole();
    await submit(submission);
    expect((await failure(submit(submission))).code).toBe('conflict');
    expect((await failure(answer(submission, 'reflection', { text: 'later words here' }))).code).toBe(
      'conflict',
    );
  });

  it('is nobody else’s to do, see or change', async () => {
    const { submission } = await aWhole();
    const colleague = aMemberActor(house.district.id);
    const foreigner = { ...house.teacher, district: newId(house.evidence.randomness, 'dst') };
    for (const who of [colleague, foreigner]) {
      expect((await failure(getSubmission(house.submissions, who, submission.id))).code).toBe('not-found');
      expect((await failure(submitSubmission(house.submissions, who, submission.id))).code).toBe('not-found');
      expect((await failure(withdrawSubmission(house.submissions, who, submission.id))).code).toBe(
        'not-found',
      );
    }
  });
});

describe('review of a submission', () => {
  it('begins by its effect, which stays due until the assignments are made', async () => {
    const { submission } = await aWhole();
    await submit(submission);
    await settleSubmission(house.submissions, submission.district, submission.id);
    const again = await settleSubmission(house.submissions, submission.district, submission.id);
    expect(again).toMatchObject({ state: 'in_review', effectDue: house.clock.now() });
    const due = () =>
      house.submissions.store.submissions.sweep('effectDue', { before: house.clock.now(), limit: 10 });
    expect((await due()).map((one) => one.id)).toEqual([submission.id]);
    await assignmentsMade(house.submissions, submission.district, submission.id);
    expect(await due()).toEqual([]);
  });

  it('ends in its decision, said twice or not, after which nothing new is begun', async () => {
    const { submission } = await inReview();
    await outcome(submission, 'adjudicating');
    const met = await outcome(submission, 'met');
    expect(met).toMatchObject({ state: 'met', decidedAt: house.clock.now(), effectDue: null });
    expect((await outcome(submission, 'met')).version).toBe(met.version);
    expect((await failure(outcome(submission, 'not_yet'))).code).toBe('conflict');
    expect((await failure(begin())).message).toContain('met this achievement already');
  });

  it('leads from "not yet" to a next attempt with the earlier answers, which must be changed', async () => {
    const { submission, picture } = await inReview();
    await outcome(submission, 'not_yet');
    await eraseArtefact(house.evidence, house.teacher, picture.id);
    const next = await startNextAttempt(house.submissions, house.teacher, submission.id);
    expect(next).toMatchObject({
      attempt: 2,
      previous: submission.id,
      state: 'draft',
      achievementVersion: version.id,
    });
    expect(Object.keys(next.answers)).toEqual(['plan', 'reflection']);
    expect((await failure(startNextAttempt(house.submissions, house.teacher, submission.id))).code).toBe(
      'already-exists',
    );
    await withdrawSubmission(house.submissions, house.teacher, next.id);
    house.clock.advance(61 * 86_400);
    expect(
      (await failure(startNextAttempt(house.submissions, house.teacher, submission.id))).message,
    ).toContain('could begin until');
  });

  it('is refused the very work that was decided', async () => {
    const { submission } = await inReview();
    await outcome(submission, 'not_yet');
    const next = await startNextAttempt(house.submissions, house.teacher, submission.id);
    expect((await failure(submit(next))).errors.map((error) => error.pointer)).toEqual(['/answers']);
    await answer(next, 'reflection', { text: 'It went better this time' });
    expect((await submit(next)).state).toBe('submitted');
  });

  it('has no next attempt before a decision', async () => {
    expect((await failure(startNextAttempt(house.submissions, house.teacher, (await begin()).id))).code).toBe(
      'conflict',
    );
  });
});

describe('withdrawing', () => {
  it('ends a draft at once and leaves pending work due for release', async () => {
    const draft = await begin();
    expect(await withdrawSubmission(house.submissions, house.teacher, draft.id)).toMatchObject({
      state: 'withdrawn',
      effectDue: null,
    });
    const { submission } = await inReview();
    const withdrawn = await withdrawSubmission(house.submissions, house.teacher, submission.id);
    expect(withdrawn).toMatchObject({ state: 'withdrawn', effectDue: house.clock.now() });
    await assignmentsMade(house.submissions, submission.district, submission.id);
    expect((await now(submission)).effectDue).not.toBeNull();
    expect(
      (await assignmentsReleased(house.submissions, submission.district, submission.id)).effectDue,
    ).toBeNull();
    await begin();
  });

  it('is refused in adjudication and after the decision', async () => {
    const { submission } = await inReview();
    await outcome(submission, 'adjudicating');
    expect((await failure(withdrawSubmission(house.submissions, house.teacher, submission.id))).code).toBe(
      'conflict',
    );
    await outcome(submission, 'met');
    expect((await failure(withdrawSubmission(house.submissions, house.teacher, submission.id))).code).toBe(
      'conflict',
    );
  });
});

describe('a consent or a file that is gone', () => {
  it('makes pending work void, once, with the reason', async () => {
    const { submission, picture, consent } = await inReview();
    await withdrawConsent(house.evidence, house.teacher, consent.id);
    await settleConsent(house.submissions, submission.district, consent.id);
    const gone = await now(submission);
    expect(gone).toMatchObject({ state: 'void', openFor: null, effectDue: house.clock.now() });
    expect(gone.findings).toEqual([
      { pointer: '/answers/pictures', detail: `the consent for review of ${picture.id} has ended` },
    ]);
    await settleConsent(house.submissions, submission.district, consent.id);
    expect((await now(submission)).version).toBe(gone.version);
    expect((await house.evidence.store.consent(submission.district, consent.id))?.effectDue).toBeNull();
  });

  it('leaves work alone that another consent covers, and a decision that was made', async () => {
    const { submission, picture, consent } = await inReview();
    const second = await recordConsent(house.evidence, house.teacher, {
      submission: null,
      artefacts: [picture.id],
      use: 'review',
      statement: 'New forms.',
    });
    await withdrawConsent(house.evidence, house.teacher, consent.id);
    await settleConsent(house.submissions, submission.district, consent.id);
    expect((await now(submission)).state).toBe('in_review');
    await outcome(submission, 'met');
    await withdrawConsent(house.evidence, house.teacher, second.id);
    await settleConsent(house.submissions, submission.district, second.id);
    expect((await now(submission)).state).toBe('met');
    // Nor by a sweep that comes late.
    expect((await settleSubmission(house.submissions, submission.district, submission.id)).state).toBe('met');
  });

  it('makes work void when the consent ends by its date', async () => {
    const { submission, picture, consent } = await aWhole();
    await recordConsent(house.evidence, house.teacher, {
      submission: null,
      artefacts: [picture.id],
      use: 'review',
      statement: 'For a week.',
      to: plusDays(house.clock.now(), 7),
    });
    await withdrawConsent(house.evidence, house.teacher, consent.id);
    await settleConsent(house.submissions, submission.district, consent.id);
    await submit(submission);
    await settleSubmission(house.submissions, submission.district, submission.id);
    const due = () =>
      house.evidence.store.consents.sweep('effectDue', { before: house.clock.now(), limit: 10 });
    expect(await due()).toEqual([]);
    house.clock.advance(7 * 86_400);
    const ended = await due();
    expect(ended).toHaveLength(1);
    await settleConsent(house.submissions, submission.district, ended[0]!.id);
    expect((await now(submission)).state).toBe('void');
  });

  it('makes work void that was submitted while the consent was withdrawn', async () => {
    const { submission, consent } = await aWhole();
    await submit(submission);
    // Withdrawn, and settled before the submission was seen as pending.
    await withdrawConsent(house.evidence, house.teacher, consent.id);
    expect((await settleSubmission(house.submissions, submission.district, submission.id)).state).toBe(
      'void',
    );
  });

  it('makes work void that held an erased file', async () => {
    const { submission, picture } = await inReview();
    await eraseArtefact(house.evidence, house.teacher, picture.id);
    await settleErasedArtefact(house.submissions, submission.district, picture.id);
    expect((await now(submission)).state).toBe('void');
    expect((await house.evidence.store.artefact(submission.district, picture.id))?.effectDue).toBeNull();
  });
});
