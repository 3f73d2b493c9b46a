import { afterEach, describe, expect, it } from '@jest/globals';
import { AppError } from '../../../src/kernel/index.js';
import {
  getDecision,
  listDecisions,
  listLookBacks,
  openRound,
  rateAgain,
  settleCase,
  type ReviewCase,
} from '../../../src/review/index.js';
import {
  evidenceGone,
  settleErasedArtefact,
  startNextAttempt,
  type Submission,
} from '../../../src/submissions/index.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

const met = levels(3, 3, 3, 3);
const low = levels(3, 3, 3, 2);
let house: ReviewHouse;

afterEach(async () => {
  expect(house.failures).toEqual([]);
  await house.store.close();
});

const stateOf = async ({ id }: { readonly id: string }) =>
  (await house.review.submissions.store.submission(house.district, id))!;
const assignmentsOf = ({ id }: ReviewCase) => house.review.store.assignmentsOfCase(house.district, id);
const caseOf = async ({ id }: ReviewCase) => (await house.review.store.cases.get(house.district, id))!;

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** Everybody whom a case was given to rates it so, until it is decided. */
async function rateAll(round: ReviewCase, given: ReturnType<typeof levels>): Promise<void> {
  for (let n = 0; n < 4 && (await caseOf(round)).state !== 'decided'; n += 1) {
    for (const one of (await assignmentsOf(round)).filter(({ state }) => state === 'open'))
      await house.commit(one, given);
    await house.settle();
  }
}

/** A house with a teacher's submission that is decided, four reviewers and a lead who is none. */
async function decided(given: ReturnType<typeof levels>) {
  house = await aReviewHouse({ seed: 'looked back' });
  for (let n = 0; n < 4; n += 1) await house.reviewer();
  const lead = await house.member(['lead']);
  const teacher = await house.member(['teacher']);
  const submission = await house.submitted(teacher, {
    openFor: 'ach_here' as never,
    achievement: 'ach_here' as never,
  });
  await house.settle();
  const first = (await house.review.store.casesOn(house.district, submission.id))[0]!;
  await rateAll(first, given);
  const decision = (await house.decision(submission))!;
  return { lead, teacher, submission, first, decision };
}

const again = (lead: Person, submission: Submission) =>
  rateAgain(house.review, lead, {
    submission: submission.id,
    reason: 'Two of us doubt the reading of the plan.',
  });

describe('a look-back', () => {
  it('has decided work rated again by others, and its decision stands until then (invariant 9)', async () => {
    const { lead, submission, first, decision } = await decided(met);
    const raters = (await assignmentsOf(first)).map(({ reviewer }) => reviewer);
    const round = await again(lead, submission);
    expect(round).toMatchObject({ round: 1, origin: 'look-back', supersedes: decision.id, state: 'rating' });
    const drawn = await assignmentsOf(round);
    expect(drawn).toHaveLength(2);
    expect(drawn.filter(({ reviewer }) => raters.includes(reviewer))).toEqual([]);
    expect(await stateOf(submission)).toMatchObject({ state: 'reopened', decidedAt: decision.decidedAt });
    expect(await house.decision(submission)).toEqual(decision);
    await rateAll(round, low);
    expect(await house.decision(submission)).toMatchObject({
      round: 1,
      origin: 'look-back',
      supersedes: decision.id,
      outcome: 'not_yet',
    });
    expect(await stateOf(submission)).toMatchObject({ state: 'not_yet', openFor: null });
    expect(await house.review.store.decision(house.district, decision.id)).toMatchObject({ outcome: 'met' });
  });

  it('makes a "not yet" met, which is then the one submission that the teacher has', async () => {
    const { lead, teacher, submission } = await decided(low);
    expect(await stateOf(submission)).toMatchObject({ state: 'not_yet', openFor: null });
    const round = await again(lead, submission);
    expect(await stateOf(submission)).toMatchObject({ state: 'reopened', openFor: 'ach_here' });
    expect((await refusal(startNextAttempt(house.review.submissions, teacher, submission.id))).code).toBe(
      'conflict',
    );
    await rateAll(round, met);
    expect(await stateOf(submission)).toMatchObject({ state: 'met', openFor: 'ach_here' });
  });

  it('is one while it is held, whoever asks again and how many at once', async () => {
    const { lead, submission } = await decided(met);
    const rounds = await Promise.all([1, 2, 3].map(() => again(lead, submission)));
    expect(new Set(rounds.map(({ id }) => id)).size).toBe(1);
    const later = await openRound(house.review, submission, 'look-back', {
      kind: 'suspension',
      certification: 'cer_x' as never,
    });
    expect(later.id).toBe(rounds[0]!.id);
    expect(await house.review.store.casesOn(house.district, submission.id)).toHaveLength(2);
    await rateAll(later, met);
    expect(await again(lead, submission)).toMatchObject({ round: 2 });
  });

  it('is asked for with a reason, about decided work, not one\u2019s own, of a teacher who has not gone on', async () => {
    const { lead, teacher, submission } = await decided(low);
    const asked = (reason: string) => rateAgain(house.review, lead, { submission: submission.id, reason });
    expect((await refusal(asked('  '))).errors).toEqual([
      { pointer: '/reason', detail: 'must say why, in a sentence or more' },
    ]);
    expect((await refusal(asked('x'.repeat(2_001)))).errors[0]!.detail).toBe(
      'must be 2000 characters or fewer',
    );
    const own = { ...lead, member: teacher.member };
    expect((await refusal(again(own, submission))).message).toContain('your own work');
    const waiting = await house.submitted(await house.member(['teacher']));
    expect((await refusal(again(lead, waiting))).code).toBe('conflict');
    expect((await refusal(rateAgain(house.review, lead, { submission: 'sub_none', reason: 'x' }))).code).toBe(
      'not-found',
    );
    await startNextAttempt(house.review.submissions, teacher, submission.id);
    expect((await refusal(again(lead, submission))).message).toContain('The teacher has gone on');
    expect(await house.review.store.casesOn(house.district, submission.id)).toHaveLength(1);
  });

  it('ends without a decision when the evidence is erased meanwhile, and the one before stands', async () => {
    const { lead, submission, decision } = await decided(met);
    const round = await again(lead, submission);
    const answer = submission.answers['plan'];
    const file = answer?.kind === 'file' ? answer.artefacts[0]! : ('' as never);
    const { artefacts } = house.review.evidence.store;
    const kept = (await artefacts.get(house.district, file))!;
    await artefacts.replace({ ...kept, erasedAt: house.clock.now(), effectDue: house.clock.now() });
    await settleErasedArtefact(house.review.submissions, house.district, file);
    await house.settle();
    expect(await stateOf(submission)).toMatchObject({
      state: 'met',
      decidedAt: decision.decidedAt,
      findings: [],
      effectDue: null,
    });
    expect(await caseOf(round)).toMatchObject({ state: 'closed' });
    expect((await assignmentsOf(round)).map(({ state }) => state)).toEqual(['released', 'released']);
    expect(await house.decision(submission)).toEqual(decision);
    expect(await evidenceGone(house.review.submissions, submission, house.clock.now())).toHaveLength(1);
    expect((await refusal(again(lead, submission))).message).toContain('was erased');
    // A settler that was slower than all of this does not take it up again.
    await settleCase(house.review, round);
    expect(await stateOf(submission)).toMatchObject({ state: 'met' });
  });

  it('shows the decision before it to nobody who is to rate the work again, and is not told to them (invariant 2)', async () => {
    const { lead, submission, decision } = await decided(met);
    // The only two left are a lead and an admin: whoever oversees review is drawn when nobody else is there.
    for (const { id } of await house.tenancy.store.membersWithRole(house.district, 'reviewer'))
      for (const one of await house.calibration.store.certifications
        .page(house.district, 'reviewer', [id], { limit: 9 })
        .then(({ items }) => items))
        await house.calibration.store.certifications.replace({
          ...one,
          state: 'revoked',
          revokedAt: house.clock.now(),
        });
    const overseers = [
      await house.reviewer(['lead', 'reviewer']),
      await house.reviewer(['admin', 'reviewer']),
    ];
    for (const one of overseers)
      expect((await getDecision(house.review, one, decision.id)).decision.id).toBe(decision.id);
    const round = await again(lead, submission);
    expect(await assignmentsOf(round)).toHaveLength(2);
    for (const one of overseers) {
      expect((await refusal(getDecision(house.review, one, decision.id))).code).toBe('not-found');
      expect((await listDecisions(house.review, one, { limit: 5 })).items).toEqual([]);
      expect((await listLookBacks(house.review, one, { limit: 5 })).items).toEqual([]);
    }
    expect((await listLookBacks(house.review, lead, { limit: 5 })).items).toMatchObject([
      { round: { id: round.id }, before: { id: decision.id }, decision: null },
    ]);
    await rateAll(round, met);
    expect((await listLookBacks(house.review, lead, { limit: 5 })).items[0]!.decision).toMatchObject({
      round: 1,
    });
    for (const one of overseers)
      expect((await listDecisions(house.review, one, { limit: 5 })).items).toHaveLength(2);
  });

  it('leaves no word of the reason in the audit record', async () => {
    const { lead, submission } = await decided(met);
    const round = await again(lead, submission);
    const kept = await caseOf(round);
    expect(kept.why).toEqual({
      kind: 'lead',
      by: lead.member,
      words: 'Two of us doubt the reading of the plan.',
    });
    expect(JSON.stringify(kept.pendingEntries)).not.toContain('doubt');
    expect(JSON.stringify(kept.pendingEntries)).toContain('look-back');
  });
});
