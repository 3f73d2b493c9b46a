// The eddsa-jcs-2022 suite of the KILT protocol, with its own canonical JSON and the noble curves, in the proof frame
// of @digitalbazaar/data-integrity.
import { randomBytes } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { issue, verifyCredential } from '@digitalbazaar/vc';
import { createSigner, cryptosuite } from '@kiltprotocol/eddsa-jcs-2022';
import { answerOf, documentLoader, loaderWith } from './contexts.mjs';
import { didWeb, each, namedBy } from './keys.mjs';

export async function sign({ method, documents }) {
  const secretKey = new Uint8Array(randomBytes(32));
  const key = await Ed25519Multikey.generate({ seed: secretKey });
  const { publicKeyMultibase } = await key.export({ publicKey: true });
  const did = `did:key:${publicKeyMultibase}`;
  const issuer =
    method === 'did:web'
      ? didWeb('kilt', { publicKeyMultibase })
      : { did, verificationMethod: `${did}#${publicKeyMultibase}` };
  const signer = await createSigner({ id: issuer.verificationMethod, secretKey });
  const signed = await each(namedBy(issuer.did, documents), async (credential) =>
    JSON.stringify(
      await issue({ credential, suite: new DataIntegrityProof({ signer, cryptosuite }), documentLoader }),
    ),
  );
  return { ...issuer, signed };
}

/** Whether the signature and the period hold. */
export async function judge({ text, keys }) {
  const result = await verifyCredential({
    credential: JSON.parse(text),
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader: loaderWith(keys),
    checkStatus: async () => ({ verified: true }),
  });
  return answerOf(result);
}
