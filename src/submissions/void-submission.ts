import { withAudit } from '../audit/index.js';
import { update, type DistrictId, type FieldError, type Instant } from '../kernel/index.js';
import { withoutConsent } from './completeness.js';
import { versionOf } from './get-submission.js';
import type { SubmissionPorts } from './store.js';
import type { Submission } from './submission.js';
import { mayBecome } from './transitions.js';

/**
 * Makes a pending submission void when a file of it was erased, or lacks the consent for review that it needs; gives
 * back the submission as it then is. One that is decided in the meantime stays decided; one that is rated again is due for
 * the end of that round.
 * @throws not-found.
 */
export function voidWithoutEvidence(
  ports: SubmissionPorts,
  district: DistrictId,
  id: string,
): Promise<Submission> {
  return update(
    ports.store.submissions,
    district,
    id,
    async (submission) => {
      const again = submission.state === 'reopened';
      if (!again && !mayBecome(submission.state, 'void')) return undefined;
      const now = ports.clock.now();
      const reasons = await evidenceGone(ports, submission, now);
      if (reasons.length === 0) return undefined;
      // What is rated again has a decision, which stands: the round is ended by what is due.
      if (again) return { ...submission, findings: reasons, effectDue: now };
      return withAudit(
        { ...submission, state: 'void' as const, openFor: null, findings: reasons, effectDue: now },
        {
          actor: { kind: 'service', district },
          verb: 'voided',
          collection: 'submissions',
          facts: { attempt: submission.attempt },
        },
        now,
      );
    },
    'submission',
  );
}

/** Which of a submission's evidence was erased, or lacks the consent for review that it needs; empty when it can be read. */
export async function evidenceGone(
  ports: SubmissionPorts,
  submission: Submission,
  now: Instant,
): Promise<FieldError[]> {
  const { district, teacher } = submission;
  const consents = await ports.evidence.store.consentsOf(district, teacher);
  const lacking = withoutConsent(submission, await versionOf(ports, submission), consents, now);
  const reasons = lacking.map(({ requirement, artefact }) => ({
    pointer: `/answers/${requirement}`,
    detail: `the consent for review of ${artefact} has ended`,
  }));
  for (const [requirement, answer] of Object.entries(submission.answers)) {
    if (answer.kind !== 'file') continue;
    const files = await ports.evidence.store.artefactsById(district, answer.artefacts);
    for (const file of files.filter((artefact) => artefact.erasedAt !== null)) {
      reasons.push({ pointer: `/answers/${requirement}`, detail: `${file.id} was erased` });
    }
  }
  return reasons;
}
