import { withAudit } from '../audit/index.js';
import { update, type DistrictId } from '../kernel/index.js';
import type { SubmissionPorts } from './store.js';
import type { Submission } from './submission.js';
import { become } from './transitions.js';

/** What review makes of a submission. */
export type Outcome = 'adjudicating' | 'met' | 'not_yet' | 'reopened';

/**
 * Moves a submission on as review found: to adjudication, to its decision, or open again. For the service; said again
 * of a submission that is there already, it changes nothing.
 * @throws not-found; conflict when its state does not allow it.
 */
export function recordOutcome(
  ports: SubmissionPorts,
  district: DistrictId,
  id: string,
  outcome: Outcome,
): Promise<Submission> {
  return update(
    ports.store.submissions,
    district,
    id,
    (submission) => {
      if (submission.state === outcome) return undefined;
      const now = ports.clock.now();
      const moved = become(submission, outcome, `moved to ${outcome}`);
      const decided = outcome === 'met' || outcome === 'not_yet';
      return withAudit(
        {
          ...moved,
          openFor: outcome === 'not_yet' ? null : submission.openFor,
          ...(decided ? { decidedAt: now, effectDue: null } : {}),
        },
        {
          actor: { kind: 'service', district },
          verb: outcome,
          collection: 'submissions',
          facts: { attempt: submission.attempt },
        },
        now,
      );
    },
    'submission',
  );
}
