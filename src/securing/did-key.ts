import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { KeyCustody } from './key-custody.js';
import { readPublicJwk, toMultikey } from './multikey.js';
import { proofKeyTypes, type ProofKeyType } from './proof-suite.js';
import { signBytes } from './sign-bytes.js';
import type { PublicJwk, Signer } from './signer.js';

/** A key that is its own identity (did:key method 0.9): the private half only in `sealed`. */
export interface SealedDidKey {
  readonly did: string;
  readonly keyType: ProofKeyType;
  readonly publicJwk: PublicJwk;
  /** The private key (PKCS#8), sealed by the key custody. */
  readonly sealed: string;
}

/** A new did:key identity with a key of this kind. */
export function newDidKey(custody: KeyCustody, keyType: ProofKeyType): SealedDidKey {
  const privateKey = newPrivateKey(keyType);
  const publicJwk = readPublicJwk(createPublicKey(privateKey).export({ format: 'jwk' }))!;
  return {
    did: `did:key:${toMultikey(publicJwk)!}`,
    keyType,
    publicJwk,
    sealed: custody.seal(new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }))),
  };
}

/** The signer of a did:key identity. @throws unavailable when the key cannot be opened. */
export function didKeySigner(custody: KeyCustody, key: SealedDidKey): Signer {
  const { algorithm } = proofKeyTypes[key.keyType];
  const der = Buffer.from(custody.open(key.sealed));
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return {
    verificationMethod: `${key.did}#${key.did.slice('did:key:'.length)}`,
    controller: key.did,
    algorithm,
    publicJwk: key.publicJwk,
    sign: async (bytes) => signBytes(algorithm, privateKey, bytes),
  };
}

function newPrivateKey(keyType: ProofKeyType): KeyObject {
  switch (keyType) {
    case 'Ed25519':
      return generateKeyPairSync('ed25519').privateKey;
    case 'P-256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    case 'P-384':
      return generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  }
}
