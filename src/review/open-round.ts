import { AppError, found, type Actor, type DistrictId, type SubmissionId } from '../kernel/index.js';
import { evidenceGone, type Submission } from '../submissions/index.js';
import { openCase } from './open-case.js';
import type { ReviewCase } from './review-case.js';
import type { RoundOrigin, RoundReason } from './round.js';
import { settleCase } from './settle-case.js';
import type { ReviewPorts } from './store.js';

/**
 * Has a decided submission rated again by reviewers who had no part in it and see nothing of what was rated: 1 the case
 * of the next round; 2 the submission out of its decision, and the draws, as with any case. The decision, and the
 * credential where there is one, stand until the round has decided (invariant 9).
 * While a round of the submission is held, that one is given back: it is rated again already. Asked again for the same
 * appeal, it is the same round. Runs again from any point.
 * @param submission by its ids.
 * @param why what it goes back to; kept with the case.
 * @param actor who asked, for the record: the service when left out.
 * @throws not-found; conflict when it is not decided, its evidence was erased or lost its consent, or the teacher has
 * another submission for the achievement that is open or met.
 */
export async function openRound(
  ports: ReviewPorts,
  { district, id }: { readonly district: DistrictId; readonly id: string },
  origin: Exclude<RoundOrigin, 'first'>,
  why: RoundReason,
  actor?: Actor,
): Promise<ReviewCase> {
  const submission = found(await ports.submissions.store.submission(district, id), 'submission');
  const cases = await ports.store.casesOn(district, id);
  const held = cases.find((one) => isFor(one, why)) ?? cases.find(isHeld);
  if (held !== undefined) return settleCase(ports, held);
  const standing = await refuseUnlessRateable(ports, submission);
  // 1
  const round = Math.max(...cases.map((one) => one.round)) + 1;
  const opened = await openCase(ports, submission, round, { origin, why, supersedes: standing.id }, actor);
  // 2
  const settled = await settleCase(ports, opened);
  if (settled.state !== 'closed') return settled;
  throw goneOn();
}

/**
 * The decision that stands, of a submission that can be rated again.
 * @throws conflict as `openRound`.
 */
export async function refuseUnlessRateable(ports: ReviewPorts, submission: Submission) {
  const { district, id, state, teacher, achievement } = submission;
  const standing = await ports.store.decisionOn(district, id as SubmissionId);
  if ((state !== 'met' && state !== 'not_yet') || standing === undefined) {
    throw new AppError('conflict', 'Only work that is decided can be rated again; this submission is not.');
  }
  const open = await ports.submissions.store.openSubmission(district, teacher, achievement);
  if (open !== undefined && open.id !== id) throw goneOn();
  const gone = await evidenceGone(ports.submissions, submission, ports.clock.now());
  if (gone[0] !== undefined) {
    throw new AppError(
      'conflict',
      `The work cannot be rated again, and its decision stands: ${gone[0].pointer} ${gone[0].detail}.`,
    );
  }
  return standing;
}

function isHeld({ round, state }: ReviewCase): boolean {
  return round > 0 && state !== 'decided' && state !== 'closed';
}

function isFor({ why: kept, state }: ReviewCase, why: RoundReason): boolean {
  return kept?.kind === 'appeal' && why.kind === 'appeal' && kept.appeal === why.appeal && state !== 'closed';
}

function goneOn(): AppError {
  return new AppError(
    'conflict',
    'The teacher has gone on: another submission for this achievement is open or met, and its decision is what counts.',
  );
}
