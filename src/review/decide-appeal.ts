import { withAudit } from '../audit/index.js';
import { reviewedVersion } from '../calibration/index.js';
import { AppError, found, ruleViolated, update, type Actor, type MemberId } from '../kernel/index.js';
import type { Appeal, AppealError, AppealOutcome } from './appeal.js';
import { barredFrom, refuseBarred } from './appeal-people.js';
import { wordsOf } from './look-back.js';
import { refuseUnlessRateable } from './open-round.js';
import { settleAppeal } from './settle-appeal.js';
import type { ReviewPorts } from './store.js';

/** What somebody who decides an appeal says. */
export interface AppealDecision {
  readonly outcome: AppealOutcome;
  /** Which error; for `varied`, and only then. */
  readonly error?: AppealError;
  /** The criteria whose level is in error; for the error `level`, and only then. */
  readonly criteria?: readonly string[];
  readonly words: string;
}

/**
 * Decides an appeal, for error in rule, process or reason: a level is in error only where no reasonable reviewer could
 * give it. `varied` opens a round by fresh reviewers, which decides; nothing is decided by who decides the appeal.
 * @throws not-found unless the caller is asked to decide it; rule-violated naming the field; conflict when the caller
 * has a conflict of interest by now (somebody else is drawn), or `varied` when the work cannot be rated again.
 */
export async function decideAppeal(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  input: AppealDecision & { readonly appeal: string },
): Promise<Appeal> {
  const { district, member } = actor;
  const appeal = await askedToDecide(ports, actor, input.appeal);
  const words = wordsOf('/words', input.words);
  const { error, criteria } = await errorOf(ports, appeal, input);
  await refuseConflicted(ports, actor, appeal);
  if (input.outcome === 'varied') await refuseUnlessVariable(ports, appeal);
  const decided = await update(
    ports.store.appeals,
    district,
    appeal.id,
    (kept) => {
      if (kept.state !== 'admitted' || kept.decider !== member)
        throw new AppError('conflict', `The appeal is ${kept.state}, or with somebody else by now.`);
      const now = ports.clock.now();
      return withAudit(
        {
          ...kept,
          ...{ state: input.outcome, openFor: null, stateSince: now, effectDue: now },
          decided: { by: member, at: now, error, criteria, words },
        },
        {
          ...{ actor, verb: input.outcome, collection: 'appeals' },
          facts: { decision: kept.decision, error, criteria },
        },
        now,
      );
    },
    'appeal',
  );
  return settleAppeal(ports, decided);
}

/** @throws conflict when the decision was superseded meanwhile, or the work cannot be rated again. */
async function refuseUnlessVariable(ports: ReviewPorts, { district, submission: id, decision }: Appeal) {
  const submission = found(await ports.submissions.store.submission(district, id), 'submission');
  const newest = await ports.store.decisionOn(district, id);
  if (newest?.id !== decision)
    throw new AppError(
      'conflict',
      'The work was decided anew meanwhile, so this decision stands no more; dismiss the appeal.',
    );
  // It is rated again already: that round is what a varied appeal comes to.
  if (submission.state !== 'reopened') await refuseUnlessRateable(ports, submission);
}

/**
 * Gives an appeal back that one is asked to decide; somebody else is drawn.
 * @throws not-found unless the caller is asked.
 */
export async function declineAppeal(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<Appeal> {
  const appeal = await askedToDecide(ports, actor, id);
  return settleAppeal(ports, await takeAway(ports, actor, appeal));
}

/** The appeal that the caller is asked to decide. @throws not-found for others; conflict once it has ended. */
export async function askedToDecide(
  ports: Pick<ReviewPorts, 'store'>,
  { district, member }: Actor & { readonly member: MemberId },
  id: string,
): Promise<Appeal> {
  const kept = await ports.store.appeal(district, id);
  const appeal = found(kept?.decider === member ? kept : undefined, 'appeal');
  if (appeal.state === 'admitted') return appeal;
  throw new AppError(
    'conflict',
    `The appeal has ended (${appeal.state}); its record is no longer open to you.`,
  );
}

/** @throws conflict when the caller may not decide it by now; somebody else is drawn. */
async function refuseConflicted(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  appeal: Appeal,
): Promise<void> {
  const self = found(await ports.tenancy.store.member(actor.district, actor.member), 'member');
  const screener = new Set(appeal.screening === null ? [] : [appeal.screening.by]);
  const barred = (await barredFrom(ports, appeal, [self], screener)).get(self.id);
  if (barred !== undefined) await takeAway(ports, { kind: 'service', district: actor.district }, appeal);
  refuseBarred(barred);
}

function takeAway(ports: ReviewPorts, actor: Actor, { district, id, decider }: Appeal): Promise<Appeal> {
  return update(
    ports.store.appeals,
    district,
    id,
    (kept) => {
      if (kept.decider === null || kept.decider !== decider || kept.state !== 'admitted') return undefined;
      const now = ports.clock.now();
      return withAudit(
        { ...kept, decider: null, declined: [...kept.declined, kept.decider], effectDue: now },
        { actor, verb: 'given-back', collection: 'appeals', facts: {} },
        now,
      );
    },
    'appeal',
  );
}

async function errorOf(
  ports: ReviewPorts,
  appeal: Appeal,
  { outcome, error, criteria = [] }: AppealDecision,
): Promise<{ readonly error: AppealError | null; readonly criteria: readonly string[] }> {
  if (outcome !== 'varied') {
    if (error !== undefined)
      throw ruleViolated('/error', 'must be left out: only a decision that is varied is in error');
    if (criteria.length > 0) throw ruleViolated('/criteria', 'must be left out: no level is in error');
    return { error: null, criteria: [] };
  }
  if (error === undefined)
    throw ruleViolated(
      '/error',
      'must say which error the decision is varied for: rule, process, or a level that no reasonable reviewer could give; that another expert might differ is none',
    );
  if (error !== 'level') {
    if (criteria.length > 0) throw ruleViolated('/criteria', 'must be left out: no level is in error');
    return { error, criteria: [] };
  }
  const { rubric } = await reviewedVersion(ports, appeal.district, appeal.achievementVersion);
  if (criteria.length === 0)
    throw ruleViolated('/criteria', 'must name each criterion whose level no reasonable reviewer could give');
  criteria.forEach((id, index) => {
    if (!rubric.criteria.some((criterion) => criterion.id === id) || criteria.indexOf(id) !== index)
      throw ruleViolated(`/criteria/${index}`, 'must be a criterion of this rubric, named once');
  });
  return { error, criteria };
}
