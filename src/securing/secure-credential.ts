import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { _checkCredential, issue } from '@digitalbazaar/vc';
import { AppError, type Instant } from '../kernel/index.js';
import { encodeBase58 } from './base58.js';
import { credentialsV2 } from './contexts.js';
import { dataOfProof } from './data-of-proof.js';
import { documentLoader } from './document-loader.js';
import { explainJsonLdError } from './json-ld-error.js';
import type { JsonObject } from './json-object.js';
import type { Signer } from './signer.js';

/** A document with exactly one Data Integrity proof, in an array as the Open Badges schema has it. */
export type SecuredDocument = JsonObject & { readonly proof: readonly [JsonObject] };

/**
 * Signs a credential with one `eddsa-rdfc-2022` proof (VC Data Integrity EdDSA Cryptosuites 1.0, section 3.2)
 * in JSON-LD safe mode: a member that the contexts do not define stops it instead of going unsigned. The same
 * document, key and `created` give the same bytes. The input is not changed.
 * @throws rule-violated naming the term or the fault; invalid-request for an unknown context.
 */
export async function secureCredential(input: {
  readonly credential: JsonObject;
  readonly signer: Signer;
  readonly created: Instant;
}): Promise<SecuredDocument> {
  const { credential, signer, created } = input;
  if (signer.algorithm !== 'Ed25519') {
    throw new AppError(
      'rule-violated',
      `Proofs are made with an Ed25519 key; ${signer.verificationMethod} is ${signer.algorithm}.`,
    );
  }
  if ('proof' in credential) {
    throw new AppError(
      'rule-violated',
      'The credential to be signed has a proof already: leave the member proof out.',
    );
  }
  try {
    return (
      (await signedInOnePass(credential, signer, created)) ??
      (await signedByLibrary(credential, signer, created))
    );
  } catch (error) {
    throw explainJsonLdError(error, 'The credential cannot be signed');
  }
}

/**
 * As the library does it, with the single pass and without its detours; the library's own rules of the data model are
 * asked. Undefined where the library is to sign.
 */
async function signedInOnePass(
  credential: JsonObject,
  signer: Signer,
  created: Instant,
): Promise<SecuredDocument | undefined> {
  // With other contexts the library adds to the document.
  const contexts = credential['@context'];
  if (!Array.isArray(contexts) || contexts[0] !== credentialsV2) return undefined;
  const options = {
    type: 'DataIntegrityProof',
    created: `${new Date(created).toISOString().slice(0, -5)}Z`,
    verificationMethod: signer.verificationMethod,
    cryptosuite: cryptosuite.name,
    proofPurpose: 'assertionMethod',
  };
  const data = await dataOfProof(options, credential);
  if (data === undefined) return undefined;
  _checkCredential({ credential, now: created, mode: 'issue' });
  const signature = await signer.sign(data);
  return { ...credential, proof: [{ ...options, proofValue: `z${encodeBase58(signature)}` }] };
}

async function signedByLibrary(
  credential: JsonObject,
  signer: Signer,
  created: Instant,
): Promise<SecuredDocument> {
  const suite = new DataIntegrityProof({
    signer: {
      id: signer.verificationMethod,
      algorithm: signer.algorithm,
      sign: ({ data }) => signer.sign(data),
    },
    date: created,
    cryptosuite,
  });
  const signed = await issue({
    credential: structuredClone(credential),
    suite,
    documentLoader,
    now: created,
  });
  return { ...signed, proof: [signed.proof as JsonObject] };
}
