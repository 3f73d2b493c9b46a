import type { KeptKey, KeyCustody } from './key-custody.js';
import { toMultikey } from './multikey.js';
import { proofKeyTypes, type ProofKeyType } from './proof-suite.js';
import type { Signer } from './signer.js';

/** A key that is its own identity (did:key method 0.9). The private half stays with the custody. */
export interface KeptDidKey extends KeptKey {
  readonly did: string;
  readonly keyType: ProofKeyType;
}

/** Makes a did:key identity with a key of this kind. @throws unavailable when the custody cannot make one. */
export async function newDidKey(
  custody: KeyCustody,
  keyType: ProofKeyType,
  label: string,
): Promise<KeptDidKey> {
  const key = await custody.makeKey(proofKeyTypes[keyType].algorithm, label);
  return { ...key, did: `did:key:${toMultikey(key.publicJwk)!}`, keyType };
}

/** The signer of a did:key identity. Signing throws unavailable when the key cannot be opened. */
export function didKeySigner(custody: KeyCustody, key: KeptDidKey): Signer {
  const { did, algorithm, publicJwk, sealed } = key;
  return {
    verificationMethod: `${did}#${did.slice('did:key:'.length)}`,
    controller: did,
    algorithm,
    publicJwk,
    sign: (bytes) => custody.sign({ algorithm, publicJwk, sealed }, bytes),
  };
}
