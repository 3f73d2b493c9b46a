import { plusSeconds, toInstant, type Instant } from '../../kernel/index.js';
import { failed, notApplicable, passed, type Finding } from '../finding.js';
import type { ReadCredential } from '../reading.js';

/** How far two clocks may be apart, in seconds. */
export const clockSkew = 300;

/** Whether `now` lies in the period that the credential states (VC Data Model 2.0, section 4.9), give or take the skew. */
export function checkValidity({ document, secured }: ReadCredential, now: Instant): Finding {
  const claims = secured.kind === 'jwt' ? secured.claims : {};
  const from = timeOf(document['validFrom'] ?? document['issuanceDate'], claims['nbf']);
  const until = timeOf(document['validUntil'] ?? document['expirationDate'], claims['exp']);
  if (from !== undefined && from.millis > Date.parse(plusSeconds(now, clockSkew)))
    return failed('validity.not-yet', { from: from.text }, 'not-yet-valid');
  if (until !== undefined && until.millis < Date.parse(plusSeconds(now, -clockSkew)))
    return failed('validity.expired', { until: until.text }, 'expired');
  if (from === undefined) return notApplicable('validity.always');
  return until === undefined
    ? passed('validity.ok', { from: from.text })
    : passed('validity.until', { from: from.text, until: until.text });
}

/** A time of the document; where it states none, that of the token's claim. */
function timeOf(
  value: unknown,
  claim: unknown,
): { readonly millis: number; readonly text: string } | undefined {
  if (typeof value === 'string') return { millis: Date.parse(value), text: value };
  if (typeof claim !== 'number' || !Number.isFinite(claim) || Math.abs(claim) > 8.64e12) return undefined;
  return { millis: claim * 1000, text: toInstant(claim * 1000) };
}
