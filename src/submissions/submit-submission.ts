import { withAudit } from '../audit/index.js';
import { AppError, update, type Actor, type FieldError } from '../kernel/index.js';
import { completenessFindings } from './completeness.js';
import { getSubmission, versionOf } from './get-submission.js';
import type { SubmissionPorts } from './store.js';
import type { Submission } from './submission.js';
import { become } from './transitions.js';

/**
 * Hands a submission in. It is checked for completeness first: what is wanting is kept with it (state `incomplete`) and
 * answered, so that nothing is lost; a complete one is `submitted`, and review begins by its `effectDue`.
 * @throws not-found; conflict when it is submitted or decided already; rule-violated with every finding, pointers
 * `/answers/{requirement}`.
 */
export async function submitSubmission(
  ports: SubmissionPorts,
  actor: Actor,
  id: string,
): Promise<Submission> {
  await getSubmission(ports, actor, id);
  const checked = await update(
    ports.store.submissions,
    actor.district,
    id,
    async (submission) => {
      // Asked again for each try, so that what is checked is what is written.
      const submitted = become(submission, 'submitted', 'submitted');
      const findings = await findingsOf(ports, submission);
      const now = ports.clock.now();
      const { attempt } = submission;
      if (findings.length > 0) {
        return withAudit(
          { ...become(submission, 'incomplete', 'submitted'), findings },
          { actor, verb: 'found-incomplete', collection: 'submissions', facts: { attempt } },
          now,
        );
      }
      return withAudit(
        { ...submitted, findings: [], submittedAt: now, effectDue: now },
        { actor, verb: 'submitted', collection: 'submissions', facts: { attempt } },
        now,
      );
    },
    'submission',
  );
  const first = checked.findings[0];
  if (first !== undefined) {
    throw new AppError(
      'rule-violated',
      `The submission is incomplete: ${first.pointer} ${first.detail}${more(checked.findings)}. Everything is kept; mend it and submit again.`,
      { errors: checked.findings },
    );
  }
  return checked;
}

function more(findings: readonly FieldError[]): string {
  return findings.length === 1 ? '' : ` (and ${findings.length - 1} more)`;
}

async function findingsOf(ports: SubmissionPorts, submission: Submission): Promise<FieldError[]> {
  const { district, teacher } = submission;
  const before = await ports.store.submissionsFor(district, teacher, submission.achievement);
  const earlier = before.filter((other) => other.decidedAt !== null && other.id !== submission.id).at(-1);
  const ids = [submission, ...(earlier === undefined ? [] : [earlier])].flatMap((one) =>
    Object.values(one.answers).flatMap((answer) => (answer.kind === 'file' ? answer.artefacts : [])),
  );
  return completenessFindings({
    submission,
    version: await versionOf(ports, submission),
    artefacts: await ports.evidence.store.artefactsById(district, ids),
    consents: await ports.evidence.store.consentsOf(district, teacher),
    earlier,
    now: ports.clock.now(),
  });
}
