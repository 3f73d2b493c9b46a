import type { DistrictId, Instant, Stored } from '../kernel/index.js';

/** An issuing school district: the tenant. Kept in a service-scoped collection. */
export interface District extends Stored {
  readonly id: DistrictId;
  /** As people read it. */
  readonly name: string;
  /** In paths and in the issuer's DID: lower-case letters, digits and hyphens, 2 to 40. Never changes. */
  readonly slug: string;
  /** Four base62 characters that begin each credential's public id, so that its district is found without a look-up. */
  readonly code: string;
  /** IANA time zone in which the district's dates are said. */
  readonly timeZone: string;
  /** BCP 47 language of what the district publishes. */
  readonly language: string;
  readonly url: string | null;
  readonly email: string | null;
  readonly createdAt: Instant;
}

/** Whether `slug` may name a district. */
export function isDistrictSlug(slug: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/.test(slug);
}
