import { didDocument } from './did.js';
import { generateKey } from './generate-key.js';
import { verificationMethodId } from './issuer-key.js';
import type { JsonObject } from './json-object.js';
import { signBytes } from './sign-bytes.js';
import type { Signer } from './signer.js';

/**
 * A signer with a new key that nobody keeps, and the DID document in which it would stand: for trying out what is to
 * be signed before the real key touches it.
 */
export function throwAwaySigner(did: string): {
  readonly signer: Signer;
  readonly controllerDocument: JsonObject;
} {
  const { privateKey, ...key } = generateKey('Ed25519');
  const named = { ...key, name: 'throw-away', use: 'proof', state: 'active' } as const;
  return {
    signer: {
      verificationMethod: verificationMethodId(did, named),
      controller: did,
      algorithm: key.algorithm,
      publicJwk: key.publicJwk,
      sign: async (bytes) => signBytes(key.algorithm, privateKey, bytes),
    },
    controllerDocument: didDocument(did, [named]),
  };
}
