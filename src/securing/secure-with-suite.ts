import { DataIntegrityProof, type Cryptosuite } from '@digitalbazaar/data-integrity';
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { createSignCryptosuite as createEddsaJcs2022 } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { AppError, unreachable, type Instant } from '../kernel/index.js';
import { encodeBase58 } from './base58.js';
import { credentialsV1, ed25519Signature2020V1 } from './contexts.js';
import { onePass } from './data-of-proof.js';
import { documentLoader } from './document-loader.js';
import { refuseUndefinedTerms } from './json-ld-safe.js';
import { explainJsonLdError } from './json-ld-error.js';
import type { JsonObject } from './json-object.js';
import { proofKeyType, proofKeyTypes, type ProofSuite } from './proof-suite.js';
import type { Signer } from './signer.js';
import { dataOfSignature2020 } from './verify-signature-2020.js';

/** A document with one proof that is an object. */
export type ProvedDocument = JsonObject & { readonly proof: JsonObject };

/**
 * Signs a credential with one proof of this suite, always in JSON-LD safe mode, the suite that signs JSON (JCS) too.
 * A credential of VC Data Model 1.1 is given the suite's context, which it needs to define the proof; nothing else is
 * changed. RDFC proofs with Ed25519 give the same bytes each time; ECDSA draws a nonce.
 * @throws rule-violated naming the term, the fault, or the key that does not go with the suite; invalid-request for an
 *   unknown context.
 */
export async function secureWithSuite(input: {
  readonly credential: JsonObject;
  readonly suite: ProofSuite;
  readonly signer: Signer;
  readonly created: Instant;
}): Promise<ProvedDocument> {
  const { credential, suite, signer } = input;
  const keyType = proofKeyType(signer.algorithm);
  const fitting: readonly ProofSuite[] = keyType === undefined ? [] : proofKeyTypes[keyType].suites;
  if (keyType === undefined || !fitting.includes(suite)) {
    throw new AppError(
      'rule-violated',
      `${suite} is not made with a key of ${keyType ?? signer.algorithm}; this key signs ${fitting.join(', ') || 'JWTs only'}.`,
    );
  }
  if ('proof' in credential) {
    throw new AppError(
      'rule-violated',
      'The credential to be signed has a proof already: leave the member proof out.',
    );
  }
  try {
    await refuseUndefinedTerms(credential);
    switch (suite) {
      case 'Ed25519Signature2020':
        return await with2020(input);
      case 'eddsa-rdfc-2022':
        return await withCryptosuite(input, onePass(eddsaRdfc2022), keyType);
      case 'eddsa-jcs-2022':
        return await withCryptosuite(input, createEddsaJcs2022(), keyType);
      case 'ecdsa-rdfc-2019':
        return await withCryptosuite(input, onePass(ecdsaRdfc2019), keyType);
      default:
        return unreachable(suite);
    }
  } catch (error) {
    throw explainJsonLdError(error, 'The credential cannot be signed');
  }
}

interface ToSign {
  readonly credential: JsonObject;
  readonly signer: Signer;
  readonly created: Instant;
}

/** A DataIntegrityProof (VC Data Integrity 1.0, section 4.2); the library's own rules of the data model hold too. */
async function withCryptosuite(
  { credential, signer, created }: ToSign,
  cryptosuite: Cryptosuite,
  keyType: string,
): Promise<ProvedDocument> {
  const suite = new DataIntegrityProof({
    signer: {
      id: signer.verificationMethod,
      algorithm: keyType,
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
  return { ...signed, proof: signed.proof as JsonObject };
}

/** An Ed25519Signature2020 (VC Data Integrity EdDSA Cryptosuites 1.0, section 3.4). */
async function with2020({ credential, signer, created }: ToSign): Promise<ProvedDocument> {
  const contexts = [credential['@context'] ?? []].flat() as readonly unknown[];
  const document: JsonObject =
    contexts[0] === credentialsV1 && !contexts.includes(ed25519Signature2020V1)
      ? { ...credential, '@context': [...contexts, ed25519Signature2020V1] }
      : credential;
  const options = {
    type: 'Ed25519Signature2020',
    created,
    verificationMethod: signer.verificationMethod,
    proofPurpose: 'assertionMethod',
  };
  const signature = await signer.sign(await dataOfSignature2020(options, document));
  return { ...document, proof: { ...options, proofValue: `z${encodeBase58(signature)}` } };
}
