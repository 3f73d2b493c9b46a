import { ECDH } from 'node:crypto';
import { decodeBase58, encodeBase58 } from './base58.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import type { PublicJwk } from './signer.js';

/** Multicodec prefixes of public keys, each with the curve it names and the length of the key behind it. */
const kinds = [
  { curve: 'Ed25519', prefix: [0xed, 0x01], length: 32, node: '' },
  { curve: 'P-256', prefix: [0x80, 0x24], length: 33, node: 'prime256v1' },
  { curve: 'P-384', prefix: [0x81, 0x24], length: 49, node: 'secp384r1' },
] as const;

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/**
 * The public key in a `publicKeyMultibase` (Controlled Identifiers 1.0, section 2.2.2): Ed25519, P-256 or
 * P-384 in base58btc. Undefined when it is anything else, or a point that is not on its curve.
 */
export function parseMultikey(publicKeyMultibase: unknown): PublicJwk | undefined {
  if (typeof publicKeyMultibase !== 'string' || !publicKeyMultibase.startsWith('z')) return undefined;
  const bytes = decodeBase58(publicKeyMultibase.slice(1));
  const kind = kinds.find(({ prefix }) => prefix.every((byte, i) => bytes?.[i] === byte));
  if (bytes === undefined || kind === undefined || bytes.length !== kind.length + 2) return undefined;
  const key = bytes.slice(2);
  if (kind.curve === 'Ed25519') return { kty: 'OKP', crv: 'Ed25519', x: base64url(key) };
  try {
    const point = Buffer.from(
      ECDH.convertKey(key, kind.node, undefined, undefined, 'uncompressed') as Buffer,
    );
    const half = (point.length - 1) / 2;
    return {
      kty: 'EC',
      crv: kind.curve,
      x: base64url(point.subarray(1, 1 + half)),
      y: base64url(point.subarray(1 + half)),
    };
  } catch {
    return undefined;
  }
}

/** The `publicKeyMultibase` of a key; undefined for RSA, which Multikey does not have, and for a malformed key. */
export function toMultikey(jwk: PublicJwk): string | undefined {
  const kind = jwk.kty === 'RSA' ? undefined : kinds.find(({ curve }) => curve === jwk.crv);
  if (jwk.kty === 'RSA' || kind === undefined) return undefined;
  const x = Buffer.from(jwk.x, 'base64url');
  const key =
    jwk.kty === 'OKP'
      ? x
      : Buffer.concat([Buffer.from([2 + ((Buffer.from(jwk.y, 'base64url').at(-1) ?? 0) & 1)]), x]);
  if (key.length !== kind.length) return undefined;
  return `z${encodeBase58(Buffer.concat([Buffer.from(kind.prefix), key]))}`;
}

/**
 * Only the members of a JWK that make the public key, when it is one that this service can use: Ed25519, P-256,
 * P-384 or RSA (RFC 7517, RFC 7518 section 6, RFC 8037). Private members are left behind. Undefined otherwise.
 */
export function readPublicJwk(jwk: unknown): PublicJwk | undefined {
  if (!isJsonObject(jwk)) return undefined;
  const { kty, crv, x, y, n, e } = jwk as { readonly [member: string]: unknown };
  if (kty === 'OKP' && crv === 'Ed25519' && isBase64url(x)) return { kty, crv, x };
  if (kty === 'EC' && (crv === 'P-256' || crv === 'P-384') && isBase64url(x) && isBase64url(y))
    return { kty, crv, x, y };
  if (kty === 'RSA' && isBase64url(n) && isBase64url(e)) return { kty, n, e };
  return undefined;
}

/** The public key of a verification method: Multikey, Ed25519VerificationKey2020, JsonWebKey or JsonWebKey2020. */
export function keyOfMethod(method: JsonObject): PublicJwk | undefined {
  switch (method['type']) {
    case 'Multikey':
      return parseMultikey(method['publicKeyMultibase']);
    case 'Ed25519VerificationKey2020': {
      const key = parseMultikey(method['publicKeyMultibase']);
      return key?.kty === 'OKP' ? key : undefined;
    }
    case 'JsonWebKey':
    case 'JsonWebKey2020':
      return readPublicJwk(method['publicKeyJwk']);
    default:
      return undefined;
  }
}

/** Whether two public keys are the same key. */
export function sameKey(one: PublicJwk, other: PublicJwk): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isBase64url(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{1,2048}$/.test(value);
}
