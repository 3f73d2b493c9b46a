import { withAudit } from '../audit/index.js';
import { found, update, type Actor, type DistrictId } from '../kernel/index.js';
import type { Consent } from './artefact.js';
import { memberOf } from './member-of.js';
import type { EvidencePorts } from './ports.js';

/**
 * Withdraws a consent: from now on nobody but the owner opens the files for that use. Pending submissions that need it
 * become void by its `effectDue`. Withdrawing it again changes nothing.
 * @throws not-found: another's is absent too.
 */
export async function withdrawConsent(ports: EvidencePorts, actor: Actor, id: string): Promise<Consent> {
  const consent = await ports.store.consent(actor.district, id);
  found(consent?.owner === memberOf(actor) ? consent : undefined, 'consent');
  const now = ports.clock.now();
  return update(
    ports.store.consents,
    actor.district,
    id,
    (current) =>
      current.withdrawnAt !== null
        ? undefined
        : withAudit(
            { ...current, withdrawnAt: now, effectDue: now },
            {
              actor,
              verb: 'withdrawn',
              collection: 'consents',
              facts: { use: current.use, artefacts: current.artefacts },
            },
            now,
          ),
    'consent',
  );
}

/** The consents of the actor's that were recorded for a submission, withdrawn ones too. */
export async function listConsents(
  ports: EvidencePorts,
  actor: Actor,
  submission: string,
): Promise<readonly Consent[]> {
  const consents = await ports.store.consentsOf(actor.district, memberOf(actor));
  return consents.filter((consent) => consent.submission === submission);
}

/** Ends the end of a consent, after `submissions/` settled what it means there: clears `effectDue`. */
export async function finishConsentEnd(
  ports: EvidencePorts,
  district: DistrictId,
  id: string,
): Promise<void> {
  await update(
    ports.store.consents,
    district,
    id,
    (consent) => (consent.effectDue === null ? undefined : { ...consent, effectDue: null }),
    'consent',
  );
}
