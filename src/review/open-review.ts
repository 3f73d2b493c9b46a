import { withAudit } from '../audit/index.js';
import { hexSeed, policyAt, seededChance, type ReviewPolicy } from '../calibration/index.js';
import { AppError, found, type Actor, type DistrictId } from '../kernel/index.js';
import {
  assignmentsMade,
  assignmentsReleased,
  settleSubmission,
  type Submission,
} from '../submissions/index.js';
import type { DoubleRatingReason } from './double-rating.js';
import { predictedDays } from './expected-decision.js';
import { caseId, type ReviewCase } from './review-case.js';
import { closeCase, settleCase } from './settle-case.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out what is due of a submission: takes it into review, opens its case and assigns its reviewers; or releases
 * what was assigned of one that was withdrawn or became void. For the sweep of `effectDue`; runs again from any point.
 * @throws not-found; unavailable when the database fails.
 */
export async function settleSubmissionReview(
  ports: ReviewPorts,
  { district, id }: { readonly district: string; readonly id: string },
): Promise<void> {
  const submission = await settleSubmission(ports.submissions, district as DistrictId, id);
  if (submission.effectDue === null) return;
  switch (submission.state) {
    case 'in_review':
    case 'adjudicating':
      await openReview(ports, submission);
      return;
    case 'withdrawn':
    case 'void':
      await closeReview(ports, submission);
      return;
    case 'draft':
    case 'submitted':
    case 'incomplete':
    case 'met':
    case 'not_yet':
    case 'reopened':
  }
}

/**
 * Opens the review of a submission: 1 its case, unique by (submission, attempt, round); 2 the assignments; 3 nothing is
 * due of the submission any more. Who waits for a reviewer waits in the case, not in the submission.
 */
export async function openReview(ports: ReviewPorts, submission: Submission): Promise<ReviewCase> {
  // 1
  const opened = await openCase(ports, submission, 0);
  // 2
  const settled = await settleCase(ports, opened);
  // 3
  await assignmentsMade(ports.submissions, submission.district, submission.id);
  return settled;
}

/** The case of a round, opened unless it is there. */
async function openCase(ports: ReviewPorts, submission: Submission, round: number): Promise<ReviewCase> {
  const { district } = submission;
  const id = caseId(submission.id, submission.attempt, round);
  const kept = await ports.store.cases.get(district, id);
  if (kept !== undefined) return kept;
  const now = ports.clock.now();
  const seed = hexSeed(ports.randomness.bytes(16));
  const earlier = await ports.store.caseCount(district, submission.achievementVersion);
  const policy = await policyAt(ports.calibration, district);
  const doubleRated = reasonsAtOpening(seed, earlier, policy.review);
  const opened: Omit<ReviewCase, 'version' | 'pendingEntries' | 'auditDue'> = {
    id,
    district,
    submission: submission.id,
    teacher: submission.teacher,
    achievementVersion: submission.achievementVersion,
    attempt: submission.attempt,
    round,
    state: 'waiting',
    waitsFor: 'reviewer',
    doubleRated,
    policy: policy.number,
    seed,
    openedAt: now,
    predictedDays: await predictedDays(ports, {
      id,
      ...{ district, achievementVersion: submission.achievementVersion },
      ...{ teacher: submission.teacher, openedAt: now },
    }),
    stateSince: now,
    effectDue: now,
  };
  const actor: Actor = { kind: 'service', district };
  const facts = {
    ...{ achievementVersion: opened.achievementVersion, policy: opened.policy },
    ...{ seed, doubleRated },
  };
  try {
    return await ports.store.cases.insert(
      withAudit(opened, { actor, verb: 'opened', collection: 'review_cases', facts }, now),
    );
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    return found(await ports.store.cases.get(district, id), 'review case');
  }
}

/** Why a case is rated by two from the start: one of the version's first, or drawn so by its seed. */
export function reasonsAtOpening(
  seed: string,
  earlierCases: number,
  policy: ReviewPolicy,
): DoubleRatingReason[] {
  const reasons: DoubleRatingReason[] = [];
  if (earlierCases < policy.firstOfVersion) reasons.push('first-of-version');
  if (seededChance(seed)(100) < policy.randomShare) reasons.push('random');
  return reasons;
}

/** Closes the review of a submission that was withdrawn or became void: 1 its case and assignments; 2 nothing is due. */
async function closeReview(ports: ReviewPorts, submission: Submission): Promise<void> {
  // 1
  const { district, id, attempt } = submission;
  const open = await ports.store.cases.get(district, caseId(id, attempt, 0));
  if (open !== undefined) await closeCase(ports, open);
  // 2
  await assignmentsReleased(ports.submissions, district, id);
}
