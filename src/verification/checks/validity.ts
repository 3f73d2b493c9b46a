import { plusSeconds, toInstant, type Instant } from '../../kernel/index.js';
import { couldNotCheck, failed, notApplicable, passed, type Finding } from '../finding.js';
import { isClaimedTime, isTime } from '../period.js';
import type { ReadCredential } from '../reading.js';

/** How far two clocks may be apart, in seconds. */
export const clockSkew = 300;

/** Where a period is stated: by the data model 2.0, by 1.1 (which has both pairs of names), by a token's claims. */
const starts = ['validFrom', 'issuanceDate'] as const;
const ends = ['validUntil', 'expirationDate'] as const;

interface Stated {
  readonly millis: number;
  readonly text: string;
}

/**
 * Whether `now` lies in the period that the credential states (VC Data Model 2.0, section 4.9; 1.1, section 4.6), give
 * or take the skew. Where it states several, the latest beginning and the earliest end count. One that cannot be read
 * is never as if it were not there.
 */
export function checkValidity({ document, secured }: ReadCredential, now: Instant): Finding {
  const claims = secured.kind === 'jwt' ? secured.claims : {};
  const unreadable =
    [...starts, ...ends].find((name) => document[name] !== undefined && !isTime(document[name])) ??
    ['nbf', 'exp'].find((name) => claims[name] !== undefined && !isClaimedTime(claims[name]));
  if (unreadable !== undefined) return couldNotCheck('validity.unreadable', { name: unreadable });
  const stated = (names: readonly string[], claim: string): readonly Stated[] =>
    [...names.map((name) => timeOf(document[name])), ofClaim(claims[claim])].filter(
      (time) => time !== undefined,
    );
  const from = stated(starts, 'nbf').reduce(
    (latest: Stated | undefined, time) =>
      latest === undefined || time.millis > latest.millis ? time : latest,
    undefined,
  );
  const until = stated(ends, 'exp').reduce(
    (earliest: Stated | undefined, time) =>
      // A claim is in whole seconds: what it repeats of the document is said as the document says it.
      earliest === undefined || time.millis <= earliest.millis - 1000 ? time : earliest,
    undefined,
  );
  if (from !== undefined && from.millis > Date.parse(plusSeconds(now, clockSkew)))
    return failed('validity.not-yet', { from: from.text }, 'not-yet-valid');
  if (until !== undefined && until.millis < Date.parse(plusSeconds(now, -clockSkew)))
    return failed('validity.expired', { until: until.text }, 'expired');
  if (from === undefined) return notApplicable('validity.always');
  return until === undefined
    ? passed('validity.ok', { from: from.text })
    : passed('validity.until', { from: from.text, until: until.text });
}

function timeOf(value: unknown): Stated | undefined {
  return typeof value === 'string' ? { millis: Date.parse(value), text: value } : undefined;
}

function ofClaim(claim: unknown): Stated | undefined {
  return isClaimedTime(claim) ? { millis: claim * 1000, text: toInstant(claim * 1000) } : undefined;
}
