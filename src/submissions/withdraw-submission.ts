import { withAudit } from '../audit/index.js';
import { update, type Actor } from '../kernel/index.js';
import { getSubmission } from './get-submission.js';
import type { SubmissionPorts } from './store.js';
import type { Submission } from './submission.js';
import { become, pendingStates } from './transitions.js';

/**
 * Takes a submission back before its decision, for good. What is assigned of it is released by its `effectDue`.
 * Withdrawing it again changes nothing.
 * @throws not-found; conflict once it is in adjudication or decided.
 */
export async function withdrawSubmission(
  ports: SubmissionPorts,
  actor: Actor,
  id: string,
): Promise<Submission> {
  await getSubmission(ports, actor, id);
  const now = ports.clock.now();
  return update(
    ports.store.submissions,
    actor.district,
    id,
    (submission) => {
      if (submission.state === 'withdrawn') return undefined;
      const wasPending = (pendingStates as readonly string[]).includes(submission.state);
      return withAudit(
        {
          ...become(submission, 'withdrawn', 'withdrawn'),
          openFor: null,
          effectDue: wasPending ? now : null,
        },
        { actor, verb: 'withdrawn', collection: 'submissions', facts: { attempt: submission.attempt } },
        now,
      );
    },
    'submission',
  );
}
