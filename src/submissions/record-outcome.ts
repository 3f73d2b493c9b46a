import { withAudit } from '../audit/index.js';
import { AppError, update, type DistrictId } from '../kernel/index.js';
import type { SubmissionPorts } from './store.js';
import type { Submission } from './submission.js';
import { become } from './transitions.js';

/** What review makes of a submission. */
export type Outcome = 'adjudicating' | 'met' | 'not_yet' | 'reopened';

/**
 * Moves a submission on as review found: to adjudication, to its decision, or open again. For the service; said again
 * of a submission that is there already, it changes nothing. Reopened after a "not yet", it is the teacher's one open
 * submission for the achievement again.
 * @throws not-found; conflict when its state does not allow it, or the teacher has another one open or met.
 */
export async function recordOutcome(
  ports: SubmissionPorts,
  district: DistrictId,
  id: string,
  outcome: Outcome,
): Promise<Submission> {
  return oneOpen(
    update(
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
            openFor: openForAt(outcome, submission),
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
    ),
  );
}

/**
 * Gives a reopened submission the decision back that it had, because the new round ended without one. When it was
 * decided stays. For the service; one that is not reopened is left as it is.
 * @throws not-found.
 */
export function restoreOutcome(
  ports: SubmissionPorts,
  district: DistrictId,
  id: string,
  outcome: 'met' | 'not_yet',
): Promise<Submission> {
  return update(
    ports.store.submissions,
    district,
    id,
    (submission) => {
      if (submission.state !== 'reopened') return undefined;
      const { attempt } = submission;
      return withAudit(
        {
          ...become(submission, outcome, `moved to ${outcome}`),
          ...{ openFor: openForAt(outcome, submission), findings: [], effectDue: null },
        },
        {
          actor: { kind: 'service', district },
          ...{ verb: 'restored', collection: 'submissions', facts: { attempt, outcome } },
        },
        ports.clock.now(),
      );
    },
    'submission',
  );
}

function openForAt(outcome: Outcome, { achievement, openFor }: Submission): Submission['openFor'] {
  if (outcome === 'not_yet') return null;
  return outcome === 'reopened' ? achievement : openFor;
}

/** @throws conflict in words, where the database says that another submission is open or met. */
export async function oneOpen<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    throw new AppError(
      'conflict',
      'The teacher has gone on: another submission for this achievement is open or met, and its decision is what counts.',
      { cause: error },
    );
  }
}
