import { withAudit } from '../audit/index.js';
import { AppError, found, newId, update, type Actor, type Instant, type MemberId } from '../kernel/index.js';
import { appealUntil, isOpenAppeal, type Appeal, type AppealGround } from './appeal.js';
import { wordsOf } from './look-back.js';
import type { Decision } from './rating.js';
import { settleAppeal } from './settle-appeal.js';
import type { ReviewPorts } from './store.js';

/**
 * Appeals against an own decision of "not yet", the newest on its submission, within 30 days. While the appeal is open
 * the teacher begins no other attempt; when it ends, the 60 days for the next attempt begin anew.
 * 1 the appeal, due for what follows; 2 the submission is held; 3 leads are told.
 * @throws not-found for another's; rule-violated naming `/words`; conflict when it is too late, was appealed before, the
 * decision is met or superseded, or another attempt was begun.
 */
export async function fileAppeal(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly decision: string; readonly ground: AppealGround; readonly words: string },
): Promise<Appeal> {
  const { district, member } = actor;
  const kept = await ports.store.decision(district, input.decision);
  const decision = found(kept?.teacher === member ? kept : undefined, 'decision');
  const words = wordsOf('/words', input.words);
  const now = ports.clock.now();
  await refuseUnlessAppealable(ports, decision, now);
  const { submission, achievementVersion } = decision;
  const { ground } = input;
  const appeal: Omit<Appeal, 'version' | 'pendingEntries' | 'auditDue'> = {
    id: newId(ports.randomness, 'apl'),
    ...{ district, submission, decision: decision.id, teacher: member, achievementVersion },
    ...{ openFor: submission, state: 'filed', ground, words, filedAt: now },
    ...{ screening: null, decider: null, declined: [], decided: null, round: null },
    ...{ stateSince: now, effectDue: now },
  };
  const facts = { submission, decision: decision.id, ground };
  // 1
  const filed = await insertOnly(
    ports,
    withAudit(appeal, { actor, verb: 'filed', collection: 'appeals', facts }, now),
  );
  // 2, 3
  const settled = await settleAppeal(ports, filed);
  if (settled.state === 'filed') return settled;
  throw anotherAttempt();
}

async function insertOnly(ports: ReviewPorts, appeal: Omit<Appeal, 'version'>): Promise<Appeal> {
  try {
    return await ports.store.appeals.insert(appeal);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    throw new AppError(
      'conflict',
      'You have an open appeal on this work; wait for its outcome, or withdraw it.',
      {
        cause: error,
      },
    );
  }
}

/** Why this decision cannot be appealed now, for its teacher; undefined where it can. */
export async function whyNoAppeal(ports: ReviewPorts, decision: Decision): Promise<string | undefined> {
  try {
    await refuseUnlessAppealable(ports, decision, ports.clock.now());
    return undefined;
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return error.message;
    throw error;
  }
}

/** @throws conflict saying why this decision cannot be appealed now. */
async function refuseUnlessAppealable(ports: ReviewPorts, decision: Decision, now: Instant): Promise<void> {
  const { district, submission: id } = decision;
  const refuse = (detail: string) => new AppError('conflict', detail);
  const until = appealUntil(decision);
  if (until === null) throw refuse('The decision is "met"; an appeal is against a decision of "not yet".');
  if (now >= until)
    throw refuse(`This decision could be appealed until ${until.slice(0, 10)}; the time is over.`);
  const newest = await ports.store.decisionOn(district, id);
  const submission = found(await ports.submissions.store.submission(district, id), 'submission');
  if (newest?.id !== decision.id || submission.state !== 'not_yet')
    throw refuse('The work was decided anew, or is being rated again; look at the newest decision.');
  const appeals = await ports.store.appealsOn(district, id);
  if (appeals.some(isOpenAppeal))
    throw refuse('You have an open appeal on this work; wait for its outcome, or withdraw it.');
  if (appeals.some((one) => one.decision === decision.id && one.decided !== null))
    throw refuse('An appeal against this decision was decided; that is final. Start the next attempt.');
  const open = await ports.submissions.store.openSubmission(
    district,
    submission.teacher,
    submission.achievement,
  );
  if (open !== undefined && open.id !== id) throw anotherAttempt();
}

function anotherAttempt(): AppError {
  return new AppError(
    'conflict',
    'You have begun another attempt on this achievement; withdraw it first, or go on with it instead of the appeal.',
  );
}

/**
 * Takes an own appeal back, while it is open. Taken back again, it stays so.
 * @throws not-found for another's; conflict once it has ended.
 */
export async function withdrawAppeal(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<Appeal> {
  const { district, member } = actor;
  const kept = await ports.store.appeal(district, id);
  found(kept?.teacher === member ? kept : undefined, 'appeal');
  const withdrawn = await update(
    ports.store.appeals,
    district,
    id,
    (appeal) => {
      if (appeal.state === 'withdrawn') return undefined;
      if (!isOpenAppeal(appeal))
        throw new AppError('conflict', `The appeal has ended (${appeal.state}); it cannot be withdrawn.`);
      const now = ports.clock.now();
      return withAudit(
        { ...appeal, ...{ state: 'withdrawn' as const, openFor: null, stateSince: now, effectDue: now } },
        { actor, verb: 'withdrawn', collection: 'appeals', facts: {} },
        now,
      );
    },
    'appeal',
  );
  return settleAppeal(ports, withdrawn);
}
