import { didV1, multikeyV1 } from './contexts.js';
import { verificationMethodId, type IssuerKey } from './issuer-key.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import { parseMultikey, readPublicJwk } from './multikey.js';
import type { PublicJwk } from './signer.js';
import type { ResolvedMethod } from './verification-method.js';

/** A service of a DID document (DID Core 1.0, section 5.4). */
export interface DidService {
  readonly id: string;
  readonly type: string;
  readonly serviceEndpoint: string;
}

type PublishedKey = Pick<
  IssuerKey,
  'name' | 'use' | 'algorithm' | 'publicJwk' | 'publicKeyMultibase' | 'state'
>;

/** One public key as JWK with `alg`, `use` and the `kid` that its signatures name. */
export type NamedJwk = PublicJwk & { readonly alg: string; readonly use: 'sig'; readonly kid: string };

/** The JWK of one key, as it stands in the DID document and at the key's own URL. */
export function publicJwk(did: string, key: PublishedKey): NamedJwk {
  return {
    ...key.publicJwk,
    alg: key.algorithm === 'Ed25519' ? 'EdDSA' : key.algorithm,
    use: 'sig',
    kid: verificationMethodId(did, key),
  };
}

/**
 * The DID document of an issuer (DID Core 1.0): ids absolute, `assertionMethod` a list of strings, since a
 * known verifier fails on anything else. Retired keys stay, or all that they signed would fail; compromised
 * ones leave. Audit keys are not in it: what stands in it vouches for credentials.
 */
export function didDocument(
  did: string,
  keys: readonly PublishedKey[],
  services: readonly DidService[] = [],
): JsonObject {
  const published = keys.filter(({ use, state }) => state !== 'compromised' && use !== 'audit');
  const ids = (some: readonly PublishedKey[]): string[] => some.map((key) => verificationMethodId(did, key));
  return {
    '@context': [didV1, multikeyV1],
    id: did,
    verificationMethod: published.map((key) => ({
      id: verificationMethodId(did, key),
      ...(key.use === 'proof' && key.publicKeyMultibase !== null
        ? { type: 'Multikey', controller: did, publicKeyMultibase: key.publicKeyMultibase }
        : { type: 'JsonWebKey', controller: did, publicKeyJwk: publicJwk(did, key) }),
    })),
    assertionMethod: ids(published),
    authentication: ids(published.filter(({ use }) => use === 'proof')),
    ...(services.length === 0 ? {} : { service: services }),
  };
}

/** The issuer's keys for heads of its audit record as a JWK Set (RFC 7517, section 5); they stand nowhere else. */
export function auditJwks(
  did: string,
  keys: readonly PublishedKey[],
): { readonly keys: readonly JsonObject[] } {
  return {
    keys: keys
      .filter(({ use, state }) => use === 'audit' && state !== 'compromised')
      .map((key) => ({ ...publicJwk(did, key), iss: did })),
  };
}

/** The issuer's keys for JWTs as a JWK Set (RFC 7517, section 5), each with `iss` (1EdTech recommended practices). */
export function jwks(did: string, keys: readonly PublishedKey[]): { readonly keys: readonly JsonObject[] } {
  return {
    keys: keys
      .filter(({ use, state }) => use === 'jwt' && state !== 'compromised')
      .map((key) => ({ ...publicJwk(did, key), iss: did })),
  };
}

/** The document that a did:key expands to (did:key method 0.9, section 3.1): one Multikey. Undefined when it is none of our curves. */
export function didKeyDocument(did: string): JsonObject | undefined {
  const value = /^did:key:(z[1-9A-HJ-NP-Za-km-z]+)$/.exec(did)?.[1];
  if (value === undefined || parseMultikey(value) === undefined) return undefined;
  const id = `${did}#${value}`;
  return {
    '@context': [didV1, multikeyV1],
    id: did,
    verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase: value }],
    assertionMethod: [id],
    authentication: [id],
  };
}

/** The document that a did:jwk expands to (did:jwk method): one JsonWebKey, `#0`. Undefined when it is no key that we can use. */
export function didJwkDocument(did: string): JsonObject | undefined {
  const value = /^did:jwk:([A-Za-z0-9_-]{1,4096})$/.exec(did)?.[1];
  if (value === undefined) return undefined;
  try {
    const jwk: unknown = JSON.parse(Buffer.from(value, 'base64url').toString('utf8'));
    const key = readPublicJwk(jwk);
    if (key === undefined || (isJsonObject(jwk) && 'd' in jwk)) return undefined;
    const id = `${did}#0`;
    return {
      '@context': [didV1],
      id: did,
      verificationMethod: [{ id, type: 'JsonWebKey', controller: did, publicKeyJwk: key }],
      assertionMethod: [id],
      authentication: [id],
    };
  } catch {
    return undefined;
  }
}

/**
 * Looks a verification method up in its controller document: in `verificationMethod`, or embedded in
 * `assertionMethod`; a relative id (`#key-1`) is read against the document's own id.
 */
export function findVerificationMethod(controllerDocument: JsonObject, id: string): ResolvedMethod {
  const base = controllerDocument['id'];
  if (typeof base !== 'string')
    return { ok: false, kind: 'invalid', reason: 'the controller document has no id' };
  const candidates = ['verificationMethod', 'assertionMethod', 'authentication'].flatMap((member) =>
    list(controllerDocument[member]),
  );
  const method = candidates.find((entry) => isJsonObject(entry) && absolute(entry['id'], base) === id);
  if (!isJsonObject(method)) {
    return {
      ok: false,
      kind: 'invalid',
      reason: `the verification method ${id} is not in the controller document of ${base}`,
    };
  }
  return {
    ok: true,
    method: { ...method, id, controller: method['controller'] ?? base },
    controllerDocument,
  };
}

/**
 * Whether the controller document lists this method for a purpose: `assertionMethod` for claims,
 * `authentication` for presentations (Controlled Identifiers 1.0, section 2.3).
 */
export function isListedFor(
  controllerDocument: JsonObject,
  purpose: 'assertionMethod' | 'authentication',
  id: string,
): boolean {
  const base = typeof controllerDocument['id'] === 'string' ? controllerDocument['id'] : '';
  return list(controllerDocument[purpose]).some(
    (entry) => absolute(isJsonObject(entry) ? entry['id'] : entry, base) === id,
  );
}

function absolute(id: unknown, base: string): string | undefined {
  if (typeof id !== 'string') return undefined;
  return id.startsWith('#') ? base + id : id;
}

function list(value: unknown): readonly unknown[] {
  return [value ?? []].flat() as readonly unknown[];
}
