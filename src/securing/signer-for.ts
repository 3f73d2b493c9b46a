import { ensureActiveKey } from './create-issuer-keys.js';
import { refuseExampleKeysFor } from './example-keys.js';
import { verificationMethodId, type IssuerRef, type KeyUse, type SecuringPorts } from './issuer-key.js';
import type { Signer } from './signer.js';

/**
 * The signer of an issuer's active key of this use. Which key is active is read each time, so that a rotation
 * by another process counts at once; the custody signs, and the private half stays there.
 * @throws rule-violated when it is an example key off localhost. Signing throws unavailable when the key cannot be opened.
 */
export async function signerFor(ports: SecuringPorts, issuer: IssuerRef, use: KeyUse): Promise<Signer> {
  const key = await ensureActiveKey(ports, issuer, use);
  refuseExampleKeysFor(issuer.did, key.publicJwk);
  return {
    verificationMethod: verificationMethodId(issuer.did, key),
    controller: issuer.did,
    algorithm: key.algorithm,
    publicJwk: key.publicJwk,
    sign: (bytes) => ports.custody.sign(key, bytes),
  };
}
