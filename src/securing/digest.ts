import { createHash, createHmac } from 'node:crypto';

/** SHA-256 in lower-case hex. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** HMAC-SHA-256 (RFC 2104) as bytes. */
export function hmacSha256(key: Uint8Array, data: Uint8Array | string): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(data).digest());
}

/**
 * `digestMultibase` of a resource: `u` and base64url of the multihash of SHA-384, `20 30` and the digest
 * (VC Data Model 2.0, section 5.3; Controlled Identifiers 1.0, sections 2.4 and 2.5).
 */
export function digestMultibaseSha384(bytes: Uint8Array | string): string {
  const digest = createHash('sha384').update(bytes).digest();
  return `u${Buffer.concat([Buffer.from([0x20, 0x30]), digest]).toString('base64url')}`;
}

/**
 * The `identityHash` of an IdentityObject: `sha256$` and the hex of SHA-256 over the identity with the salt
 * behind it (Open Badges 3.0, IdentityObject and IdentityHash). The identity is taken as it stands: lower its
 * case before, if that is the rule.
 */
export function hashedIdentity(identity: string, salt: string): string {
  return `sha256$${sha256Hex(identity + salt)}`;
}
