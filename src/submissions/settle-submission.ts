import { withAudit } from '../audit/index.js';
import { update, type DistrictId } from '../kernel/index.js';
import type { SubmissionPorts } from './store.js';
import type { Submission } from './submission.js';
import { voidWithoutEvidence } from './void-submission.js';

/**
 * Takes a submitted submission into review, or makes it void when a consent ended or a file was erased while it was
 * being submitted. It stays due, for `review/` to assign reviewers and then to say so by
 * `assignmentsMade`. Runs again without harm.
 * @throws not-found.
 */
export async function settleSubmission(
  ports: SubmissionPorts,
  district: DistrictId,
  id: string,
): Promise<Submission> {
  await voidWithoutEvidence(ports, district, id);
  return update(
    ports.store.submissions,
    district,
    id,
    (submission) => {
      if (submission.state !== 'submitted') return undefined;
      const entry = {
        actor: { kind: 'service', district } as const,
        verb: 'taken-into-review',
        collection: 'submissions',
        facts: { attempt: submission.attempt },
      };
      return withAudit({ ...submission, state: 'in_review' as const }, entry, ports.clock.now());
    },
    'submission',
  );
}

/** Says that a submission in review has its reviewers: nothing is due any more. @throws not-found. */
export function assignmentsMade(
  ports: SubmissionPorts,
  district: DistrictId,
  id: string,
): Promise<Submission> {
  return effectDone(ports, district, id, ['in_review', 'adjudicating']);
}

/** Says that what was assigned of a withdrawn or void submission is released: nothing is due any more. @throws not-found. */
export function assignmentsReleased(
  ports: SubmissionPorts,
  district: DistrictId,
  id: string,
): Promise<Submission> {
  return effectDone(ports, district, id, ['withdrawn', 'void']);
}

/** Clears `effectDue` only in the state whose effect was carried out: a later change stays due. */
function effectDone(
  ports: SubmissionPorts,
  district: DistrictId,
  id: string,
  states: readonly Submission['state'][],
): Promise<Submission> {
  return update(
    ports.store.submissions,
    district,
    id,
    (submission) =>
      states.includes(submission.state) && submission.effectDue !== null
        ? { ...submission, effectDue: null }
        : undefined,
    'submission',
  );
}
