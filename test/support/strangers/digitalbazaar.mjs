// Stock @digitalbazaar/vc with each of its suites: the library that many wallets and issuers are built on.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { createSignCryptosuite, createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue, verifyCredential } from '@digitalbazaar/vc';
import { answerOf, documentLoader, loaderWith } from './contexts.mjs';
import { didWeb, each, namedBy } from './keys.mjs';

const ed25519 = () => Ed25519Multikey.generate();
const proof = (cryptosuite) => (signer) => new DataIntegrityProof({ signer, cryptosuite });
const formats = {
  'eddsa-rdfc-2022': [ed25519, proof(eddsaRdfc2022)],
  'eddsa-jcs-2022': [ed25519, proof(createSignCryptosuite())],
  'ecdsa-rdfc-2019 P-256': [() => EcdsaMultikey.generate({ curve: 'P-256' }), proof(ecdsaRdfc2019)],
  'ecdsa-rdfc-2019 P-384': [() => EcdsaMultikey.generate({ curve: 'P-384' }), proof(ecdsaRdfc2019)],
  Ed25519Signature2020: [ed25519, (signer) => new Ed25519Signature2020({ signer })],
};

export async function sign({ format, method, documents }) {
  const [generate, suiteOf] = formats[format];
  const key = await generate();
  const { publicKeyMultibase } = await key.export({ publicKey: true });
  const did = `did:key:${publicKeyMultibase}`;
  const issuer =
    method === 'did:web'
      ? didWeb('digitalbazaar', { publicKeyMultibase })
      : { did, verificationMethod: `${did}#${publicKeyMultibase}` };
  key.id = issuer.verificationMethod;
  key.controller = issuer.did;
  const signed = await each(namedBy(issuer.did, documents), async (credential) =>
    JSON.stringify(await issue({ credential, suite: suiteOf(key.signer()), documentLoader })),
  );
  return { ...issuer, signed };
}

const verifying = [
  new DataIntegrityProof({ cryptosuite: eddsaRdfc2022 }),
  new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() }),
  new DataIntegrityProof({ cryptosuite: ecdsaRdfc2019 }),
  new Ed25519Signature2020(),
];

/** Whether the signature and the period hold. */
export async function judge({ text, keys }) {
  const credential = JSON.parse(text);
  const result = await verifyCredential({
    credential,
    suite: verifying,
    documentLoader: loaderWith(keys),
    checkStatus: async () => ({ verified: true }),
  });
  return answerOf(result);
}
