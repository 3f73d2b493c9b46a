// Stock @digitalcredentials/vc of the Digital Credentials Consortium, with its own forks of JSON-LD and of both suites.
import { DataIntegrityProof } from '@digitalcredentials/data-integrity';
import * as Ed25519Multikey from '@digitalcredentials/ed25519-multikey';
import { Ed25519Signature2020 } from '@digitalcredentials/ed25519-signature-2020';
import { Ed25519VerificationKey2020 } from '@digitalcredentials/ed25519-verification-key-2020';
import { cryptosuite } from '@digitalcredentials/eddsa-rdfc-2022-cryptosuite';
import { issue, verifyCredential } from '@digitalcredentials/vc';
import { answerOf, documentLoader, loaderWith } from './contexts.mjs';
import { didWeb, each, namedBy } from './keys.mjs';

const formats = {
  'eddsa-rdfc-2022': [
    () => Ed25519Multikey.generate(),
    (key) => new DataIntegrityProof({ signer: key.signer(), cryptosuite }),
  ],
  Ed25519Signature2020: [
    () => Ed25519VerificationKey2020.generate(),
    (key) => new Ed25519Signature2020({ key }),
  ],
};

export async function sign({ format, method, documents }) {
  const [generate, suiteOf] = formats[format];
  const key = await generate();
  const { publicKeyMultibase } = key;
  const did = `did:key:${publicKeyMultibase}`;
  const issuer =
    method === 'did:web'
      ? didWeb('digitalcredentials', { publicKeyMultibase })
      : { did, verificationMethod: `${did}#${publicKeyMultibase}` };
  key.id = issuer.verificationMethod;
  key.controller = issuer.did;
  const signed = await each(namedBy(issuer.did, documents), async (credential) =>
    JSON.stringify(await issue({ credential, suite: suiteOf(key), documentLoader })),
  );
  return { ...issuer, signed };
}

/** Whether the signature and the period hold. */
export async function judge({ text, keys }) {
  const result = await verifyCredential({
    credential: JSON.parse(text),
    suite: [new DataIntegrityProof({ cryptosuite }), new Ed25519Signature2020()],
    documentLoader: loaderWith(keys),
    checkStatus: async () => ({ verified: true }),
  });
  return answerOf(result);
}
