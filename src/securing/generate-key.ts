import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { ruleViolated, unreachable } from '../kernel/index.js';
import type { KeyUse } from './issuer-key.js';
import { readPublicJwk, toMultikey } from './multikey.js';
import type { KeyAlgorithm, PublicJwk } from './signer.js';

/** A private key with what is told of it. */
export interface KeyMaterial {
  readonly algorithm: KeyAlgorithm;
  readonly publicJwk: PublicJwk;
  readonly publicKeyMultibase: string | null;
  readonly privateKey: KeyObject;
}

/** A new key in the memory of this process. */
export function generateKey(algorithm: KeyAlgorithm): KeyMaterial {
  switch (algorithm) {
    case 'Ed25519':
      return keyMaterial(generateKeyPairSync('ed25519').privateKey);
    case 'RS256':
      return keyMaterial(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
    case 'ES256':
      return keyMaterial(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    case 'ES384':
      return keyMaterial(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey);
    default:
      return unreachable(algorithm);
  }
}

/**
 * Reads a private key in JWK form for this use: Ed25519 for proofs; RSA of 2048 to 8192 bits or P-256 for JWTs.
 * @throws rule-violated on any other key, and on a public one.
 */
export function readPrivateKey(use: KeyUse, jwk: unknown): KeyMaterial {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' });
  } catch {
    // The cause is not kept: a message about a private key may hold parts of it.
    throw ruleViolated('/jwk', 'must be a private key as JWK (RFC 7517): check that it holds the member d');
  }
  const type = privateKey.asymmetricKeyType;
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
  const curve = privateKey.asymmetricKeyDetails?.namedCurve;
  const fits =
    use !== 'jwt'
      ? type === 'ed25519'
      : (type === 'rsa' && bits >= 2048 && bits <= 8192) || (type === 'ec' && curve === 'prime256v1');
  if (!fits) {
    throw ruleViolated(
      '/jwk',
      use !== 'jwt'
        ? 'must be an Ed25519 key (kty OKP, crv Ed25519) to sign proofs or heads of the audit record'
        : 'must be an RSA key of 2048 to 8192 bits or a P-256 key to sign JWTs',
    );
  }
  return keyMaterial(privateKey);
}

/** The key with what is told of it. */
export function keyMaterial(privateKey: KeyObject): KeyMaterial {
  const jwk = readPublicJwk(createPublicKey(privateKey).export({ format: 'jwk' }))!;
  return {
    algorithm: algorithmOf(jwk),
    publicJwk: jwk,
    publicKeyMultibase: toMultikey(jwk) ?? null,
    privateKey,
  };
}

function algorithmOf(jwk: PublicJwk): KeyAlgorithm {
  if (jwk.kty === 'OKP') return 'Ed25519';
  if (jwk.kty === 'RSA') return 'RS256';
  return jwk.crv === 'P-256' ? 'ES256' : 'ES384';
}
