import { withAudit } from '../audit/index.js';
import { update, type DistrictId } from '../kernel/index.js';
import { oneOpen } from './record-outcome.js';
import type { SubmissionPorts } from './store.js';
import type { Submission } from './submission.js';

/**
 * Holds a submission that was decided "not yet" while an appeal on it is open: it is the teacher's one open submission
 * for the achievement, so that no other attempt is begun. For the service; held again it changes nothing.
 * @throws not-found; conflict when another submission is open or met.
 */
export function holdForAppeal(ports: SubmissionPorts, district: DistrictId, id: string): Promise<Submission> {
  return oneOpen(
    update(
      ports.store.submissions,
      district,
      id,
      (submission) => {
        if (submission.state !== 'not_yet' || submission.openFor !== null) return undefined;
        return withAudit(
          { ...submission, openFor: submission.achievement },
          entry(submission, 'held-for-appeal'),
          ports.clock.now(),
        );
      },
      'submission',
    ),
  );
}

/**
 * Ends the hold of an appeal that left the decision as it is: the days for the next attempt begin now. One that is rated
 * again, or met, is left as it is.
 * @throws not-found.
 */
export function endAppealHold(ports: SubmissionPorts, district: DistrictId, id: string): Promise<Submission> {
  return update(
    ports.store.submissions,
    district,
    id,
    (submission) => {
      if (submission.state !== 'not_yet' || submission.openFor === null) return undefined;
      const now = ports.clock.now();
      return withAudit(
        { ...submission, openFor: null, appealEndedAt: now },
        entry(submission, 'freed-after-appeal'),
        now,
      );
    },
    'submission',
  );
}

function entry({ district, attempt }: Submission, verb: string) {
  return {
    actor: { kind: 'service', district },
    verb,
    collection: 'submissions',
    facts: { attempt },
  } as const;
}
