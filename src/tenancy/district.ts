import type { Audited } from '../audit/index.js';
import { ruleViolated, type DistrictId, type Instant, type Stored } from '../kernel/index.js';

/** An issuing school district: the tenant. Kept in a service-scoped collection. */
export interface District extends Stored, Audited {
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

/** What of a district is held to rules whenever it is said. @throws rule-violated naming the field. */
export function checkDistrictFacts(facts: Partial<Pick<District, 'name' | 'timeZone' | 'url'>>): void {
  if (facts.name?.trim() === '') throw ruleViolated('/name', 'must not be empty');
  if (facts.timeZone !== undefined && !isTimeZone(facts.timeZone)) {
    throw ruleViolated('/timeZone', 'must be an IANA time zone, such as "America/Chicago"');
  }
  if (typeof facts.url === 'string' && !isWebAddress(facts.url)) {
    throw ruleViolated('/url', 'must be a web address that begins with https:// or http://');
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** People follow it from pages: no `javascript:`, no name and password in it. */
function isWebAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return ['https:', 'http:'].includes(protocol) && username === '' && password === '';
}
