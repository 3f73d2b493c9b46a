import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { AppError, type Instant } from '../kernel/index.js';
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
  const suite = new DataIntegrityProof({
    signer: {
      id: signer.verificationMethod,
      algorithm: signer.algorithm,
      sign: ({ data }) => signer.sign(data),
    },
    date: created,
    cryptosuite,
  });
  try {
    const signed = await issue({
      credential: structuredClone(credential),
      suite,
      documentLoader,
      now: created,
    });
    return { ...signed, proof: [signed.proof as JsonObject] };
  } catch (error) {
    throw explainJsonLdError(error, 'The credential cannot be signed');
  }
}
