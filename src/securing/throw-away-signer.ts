import { didDocument } from './did.js';
import { sha256Hex } from './digest.js';
import { generateKey } from './generate-key.js';
import { verificationMethodId, type KeyUse } from './issuer-key.js';
import type { JsonObject } from './json-object.js';
import { signBytes } from './sign-bytes.js';
import type { Signer } from './signer.js';

/**
 * A signer with a new key that nobody keeps, and the DID document in which it would stand: for trying out what is to
 * be signed before the real key touches it. For JWTs the key is of P-256, which is made at once.
 */
export function throwAwaySigner(
  did: string,
  use: KeyUse = 'proof',
): {
  readonly signer: Signer;
  readonly controllerDocument: JsonObject;
} {
  const { privateKey, ...key } = generateKey(use === 'proof' ? 'Ed25519' : 'ES256');
  const named = {
    ...key,
    name: `throw-away-${sha256Hex(JSON.stringify(key.publicJwk)).slice(0, 16)}`,
    use,
    state: 'active',
  } as const;
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
