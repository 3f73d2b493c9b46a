import type { Instant } from '../kernel/index.js';
import type { Consent, ConsentUse } from './artefact.js';

/** Whether a consent for this use that names the artefact is in force now. */
export function consentCovers(
  consents: readonly Consent[],
  artefact: string,
  use: ConsentUse,
  now: Instant,
): boolean {
  return naming(consents, artefact, use).some((consent) => isInForce(consent, now));
}

/**
 * Whether the artefact may no longer be used so: consents for this use named it, and none of them is in force. One that
 * never needed a consent is not barred.
 */
export function isBarred(
  consents: readonly Consent[],
  artefact: string,
  use: ConsentUse,
  now: Instant,
): boolean {
  return naming(consents, artefact, use).length > 0 && !consentCovers(consents, artefact, use, now);
}

/** Whether a consent is in force: begun, not ended (`to` is exclusive), not withdrawn. */
export function isInForce(consent: Consent, now: Instant): boolean {
  return consent.withdrawnAt === null && consent.from <= now && (consent.to === null || now < consent.to);
}

function naming(consents: readonly Consent[], artefact: string, use: ConsentUse): readonly Consent[] {
  return consents.filter(
    (consent) => consent.use === use && (consent.artefacts as readonly string[]).includes(artefact),
  );
}
