import { consentCovers, isInForce, type Consent } from '../evidence/index.js';
import type { Instant } from '../kernel/index.js';
import type { ExemplarSource } from './exemplar.js';

/**
 * The consents in force by which a submission may be made an exemplar: of its texts, and of the files that they name.
 * @param consents every one that was recorded for the submission.
 */
export function exemplarConsents(consents: readonly Consent[], now: Instant): readonly Consent[] {
  return consents.filter((consent) => consent.use === 'exemplar' && isInForce(consent, now));
}

/** Whether all that an exemplar was made from may be used so now. */
export function isCovered(
  { artefacts }: Pick<ExemplarSource, 'artefacts'>,
  consents: readonly Consent[],
  now: Instant,
): boolean {
  return (
    exemplarConsents(consents, now).length > 0 &&
    artefacts.every((artefact) => consentCovers(consents, artefact, 'exemplar', now))
  );
}
