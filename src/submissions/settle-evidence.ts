import { withAudit } from '../audit/index.js';
import { finishConsentEnd, finishErasure, isInForce } from '../evidence/index.js';
import { update, type DistrictId, type FieldError } from '../kernel/index.js';
import { withoutConsent } from './completeness.js';
import { versionOf } from './get-submission.js';
import type { SubmissionPorts } from './store.js';
import type { Submission } from './submission.js';
import { mayBecome, pendingStates } from './transitions.js';

/**
 * Carries out the end of a consent, by withdrawal or by its date: pending submissions that hold a file which now lacks
 * the consent it needs become void. Drafts stay; their completeness check names the file. Runs again without harm.
 */
export async function settleConsent(ports: SubmissionPorts, district: DistrictId, id: string): Promise<void> {
  const consent = await ports.evidence.store.consent(district, id);
  const now = ports.clock.now();
  if (
    consent === undefined ||
    consent.effectDue === null ||
    consent.effectDue > now ||
    isInForce(consent, now)
  )
    return;
  // 1. Every pending submission of the owner's.
  const consents = await ports.evidence.store.consentsOf(district, consent.owner);
  for (const submission of await ports.store.inStates(district, consent.owner, pendingStates)) {
    const lacking = withoutConsent(submission, await versionOf(ports, submission), consents, now);
    if (lacking.length === 0) continue;
    await makeVoid(
      ports,
      submission,
      lacking.map(({ requirement, artefact }) => ({
        pointer: `/answers/${requirement}`,
        detail: `the consent for review of ${artefact} has ended`,
      })),
    );
  }
  // 2. Done.
  await finishConsentEnd(ports.evidence, district, id);
}

/**
 * Carries out the erasure of an artefact: pending submissions that hold it become void, and its file is gone.
 * Runs again without harm.
 */
export async function settleErasedArtefact(
  ports: SubmissionPorts,
  district: DistrictId,
  id: string,
): Promise<void> {
  const artefact = await ports.evidence.store.artefact(district, id);
  if (artefact === undefined || artefact.effectDue === null || artefact.erasedAt === null) return;
  // 1. Every pending submission of the owner's.
  for (const submission of await ports.store.inStates(district, artefact.owner, pendingStates)) {
    const reasons = Object.entries(submission.answers)
      .filter(([, answer]) => answer.kind === 'file' && answer.artefacts.includes(artefact.id))
      .map(([requirement]) => ({ pointer: `/answers/${requirement}`, detail: `${artefact.id} was erased` }));
    if (reasons.length > 0) await makeVoid(ports, submission, reasons);
  }
  // 2. The file, and done.
  await finishErasure(ports.evidence, district, artefact.id);
}

async function makeVoid(
  ports: SubmissionPorts,
  { district, id }: Submission,
  reasons: readonly FieldError[],
): Promise<void> {
  const now = ports.clock.now();
  await update(
    ports.store.submissions,
    district,
    id,
    (submission) =>
      // Decided in the meantime: the decision stands.
      !mayBecome(submission.state, 'void')
        ? undefined
        : withAudit(
            { ...submission, state: 'void' as const, openFor: null, findings: reasons, effectDue: now },
            {
              actor: { kind: 'service', district },
              verb: 'voided',
              collection: 'submissions',
              facts: { attempt: submission.attempt },
            },
            now,
          ),
    'submission',
  );
}
