import { finishConsentEnd, finishErasure, isInForce } from '../evidence/index.js';
import type { DistrictId, MemberId } from '../kernel/index.js';
import type { SubmissionPorts } from './store.js';
import { pendingStates } from './transitions.js';
import { voidWithoutEvidence } from './void-submission.js';

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
  await voidPending(ports, district, consent.owner);
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
  await voidPending(ports, district, artefact.owner);
  // 2. The file, and done.
  await finishErasure(ports.evidence, district, artefact.id);
}

async function voidPending(ports: SubmissionPorts, district: DistrictId, teacher: MemberId): Promise<void> {
  for (const submission of await ports.store.inStates(district, teacher, [...pendingStates, 'reopened'])) {
    await voidWithoutEvidence(ports, district, submission.id);
  }
}
