import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { unreachable } from '../kernel/index.js';
import { ensureActiveKey } from './create-issuer-keys.js';
import { refuseExampleKeysFor } from './example-keys.js';
import {
  verificationMethodId,
  type IssuerKey,
  type IssuerRef,
  type KeyCustody,
  type KeyUse,
  type SecuringPorts,
} from './issuer-key.js';
import type { KeyAlgorithm, Signer } from './signer.js';

/** Opened keys, by the custody that opened them: opening costs more than signing does. */
const opened = new WeakMap<KeyCustody, Map<string, KeyObject>>();

/**
 * The signer of an issuer's active key of this use. Which key is active is read each time, so that a rotation
 * by another process counts at once; the opened private key is kept.
 * @throws unavailable when the key cannot be opened; rule-violated when it is an example key off localhost.
 */
export async function signerFor(ports: SecuringPorts, issuer: IssuerRef, use: KeyUse): Promise<Signer> {
  const key = await ensureActiveKey(ports, issuer, use);
  refuseExampleKeysFor(issuer.did, key.publicJwk);
  const privateKey = openedKey(ports.custody, key);
  return {
    verificationMethod: verificationMethodId(issuer.did, key),
    controller: issuer.did,
    algorithm: key.algorithm,
    publicJwk: key.publicJwk,
    sign: async (bytes) => signBytes(key.algorithm, privateKey, bytes),
  };
}

function openedKey(custody: KeyCustody, key: IssuerKey): KeyObject {
  const keys = opened.get(custody) ?? new Map<string, KeyObject>();
  opened.set(custody, keys);
  const known = keys.get(key.sealed);
  if (known !== undefined) return known;
  const privateKey = createPrivateKey({
    key: Buffer.from(custody.open(key.sealed)),
    format: 'der',
    type: 'pkcs8',
  });
  keys.set(key.sealed, privateKey);
  return privateKey;
}

/** The signature of `bytes`: Ed25519 (RFC 8032), RS256, ES256 or ES384 (RFC 7518, sections 3.3 and 3.4). */
export function signBytes(algorithm: KeyAlgorithm, privateKey: KeyObject, bytes: Uint8Array): Uint8Array {
  switch (algorithm) {
    case 'Ed25519':
      return new Uint8Array(sign(null, bytes, privateKey));
    case 'RS256':
      return new Uint8Array(sign('sha256', bytes, privateKey));
    case 'ES256':
      return new Uint8Array(sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
    case 'ES384':
      return new Uint8Array(sign('sha384', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
    default:
      return unreachable(algorithm);
  }
}
