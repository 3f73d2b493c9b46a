import type { DistrictId } from '../kernel/index.js';
import {
  assignmentsMade,
  assignmentsReleased,
  settleSubmission,
  type Submission,
} from '../submissions/index.js';
import { endRoundWithoutDecision } from './end-round.js';
import { openCase } from './open-case.js';
import { caseId, type ReviewCase } from './review-case.js';
import { firstRound } from './round.js';
import { closeCase, settleCase } from './settle-case.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out what is due of a submission: takes it into review, opens its case and assigns its reviewers; or releases
 * what was assigned of one that was withdrawn or became void, or of one rated again whose evidence is gone. For the sweep of `effectDue`; runs again from any point.
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
    case 'reopened':
      await endRoundWithoutDecision(ports, submission);
      return;
    case 'draft':
    case 'submitted':
    case 'incomplete':
    case 'met':
    case 'not_yet':
  }
}

/**
 * Opens the review of a submission: 1 its case, unique by (submission, attempt, round); 2 the assignments; 3 nothing is
 * due of the submission any more. Who waits for a reviewer waits in the case, not in the submission.
 */
export async function openReview(ports: ReviewPorts, submission: Submission): Promise<ReviewCase> {
  // 1
  const opened = await openCase(ports, submission, 0, firstRound);
  // 2
  const settled = await settleCase(ports, opened);
  // 3
  await assignmentsMade(ports.submissions, submission.district, submission.id);
  return settled;
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
