import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AchievementContent } from './achievement.js';

/** Hex SHA-256 of the content in the JSON Canonicalization Scheme (RFC 8785): the same for the same content in any order of members. */
export function contentHash(content: AchievementContent): string {
  // canonicalize is CommonJS: its types name a default export that the bundle itself is.
  const jcs = (canonicalize as unknown as (value: unknown) => string)(content);
  return createHash('sha256').update(jcs).digest('hex');
}
