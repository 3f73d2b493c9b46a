import { verify } from 'node:crypto';
import { DataIntegrityProof, type Cryptosuite } from '@digitalbazaar/data-integrity';
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { createVerifyCryptosuite as createEddsaJcs2022 } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import type { Instant } from '../kernel/index.js';
import { decodeBase58 } from './base58.js';
import { dataOfProof, onePass } from './data-of-proof.js';
import { isListedFor } from './did.js';
import { documentLoader } from './document-loader.js';
import { explainJsonLdError } from './json-ld-error.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import { keyOfMethod, toMultikey } from './multikey.js';
import { publicKeyObject } from './public-key.js';
import type { PublicJwk } from './signer.js';
import type { ProofFailure, ResolvedMethod, ResolveVerificationMethod } from './verification-method.js';
import { verifySignature2020 } from './verify-signature-2020.js';

/** The suites whose proofs are accepted, each with the curves of its keys. */
const suites: {
  readonly [suite: string]: {
    readonly curves: readonly string[];
    readonly cryptosuite: () => Cryptosuite | null;
  };
} = {
  'eddsa-rdfc-2022': { curves: ['Ed25519'], cryptosuite: () => onePass(eddsaRdfc2022) },
  'eddsa-jcs-2022': { curves: ['Ed25519'], cryptosuite: createEddsaJcs2022 },
  'ecdsa-rdfc-2019': { curves: ['P-256', 'P-384'], cryptosuite: () => onePass(ecdsaRdfc2019) },
  Ed25519Signature2020: { curves: ['Ed25519'], cryptosuite: () => null },
};

export type ProofResult =
  | {
      readonly ok: true;
      readonly verificationMethod: string;
      readonly controller: string;
      readonly suite: string;
      readonly key: PublicJwk;
      readonly created: string | null;
    }
  | ProofFailure;

export interface ProofToVerify {
  /** The secured document as received, its proof or proofs in it. Nothing else is read from it but `issuer`. */
  readonly document: JsonObject;
  /** Which proof, when the document has several; its only one otherwise. */
  readonly proof?: JsonObject;
  readonly resolveVerificationMethod: ResolveVerificationMethod;
  readonly now: Instant;
  /** `assertionMethod` for credentials (default), `authentication` for presentations. */
  readonly purpose?: 'assertionMethod' | 'authentication';
  /** Whether the key's controller must be the document's issuer; true unless the caller binds it another way. */
  readonly bindToIssuer?: boolean;
}

/**
 * Verifies one Data Integrity proof (VC Data Integrity 1.0, section 4.4) with the pinned contexts, in safe mode:
 * the signature, the purpose, that the controller lists the method for it, and that the controller is the issuer.
 * Status and validity are not looked at. Never throws for what is in the document.
 */
export async function verifyDataIntegrityProof(input: ProofToVerify): Promise<ProofResult> {
  const { document, purpose = 'assertionMethod' } = input;
  const proofs = [document['proof'] ?? []].flat();
  const proof = input.proof ?? proofs[0];
  if (!isJsonObject(proof)) return invalid('the document has no proof');
  if (input.proof === undefined && proofs.length > 1) {
    return invalid(`the document has ${proofs.length} proofs: say which one is to be verified`);
  }

  const suite = nameOfSuite(proof);
  if (suite === undefined) {
    const named = JSON.stringify(
      proof['type'] === 'DataIntegrityProof' ? proof['cryptosuite'] : proof['type'],
    )?.slice(0, 80);
    return {
      ok: false,
      kind: 'unsupported',
      reason: `the proof's suite ${named} is not one that is accepted`,
    };
  }
  const fault = faultOfForm(proof, purpose, input.now);
  if (fault !== undefined) return invalid(fault);

  const methodId = proof['verificationMethod'] as string;
  const resolved = await input.resolveVerificationMethod(methodId);
  if (!resolved.ok) return resolved;
  const bound = bindKey(resolved, methodId, suite, purpose, input);
  if (!bound.ok) return bound;

  const previous = previousProofs(proof, proofs);
  if (previous === undefined) return invalid('the proof names a previousProof that is not in the document');
  const unsecured = structuredClone(withoutProof(document));
  const secured = previous.length === 0 ? unsecured : { ...unsecured, proof: previous };
  try {
    if (!(await isSignedBy(suite, proof, secured, methodId, bound)))
      return invalid('the signature does not match');
  } catch (error) {
    const explained = explainJsonLdError(error, 'the proof could not be verified');
    const kind = explained.code === 'invalid-request' ? 'unsupported' : 'invalid';
    return { ok: false, kind, reason: explained.message };
  }
  const created = typeof proof['created'] === 'string' ? proof['created'] : null;
  return {
    ok: true,
    verificationMethod: methodId,
    controller: bound.controller,
    suite,
    key: bound.key,
    created,
  };
}

function nameOfSuite(proof: JsonObject): string | undefined {
  const name =
    proof['type'] === 'DataIntegrityProof'
      ? proof['cryptosuite']
      : proof['type'] === 'Ed25519Signature2020'
        ? proof['type']
        : undefined;
  if (proof['type'] === 'DataIntegrityProof' && name === 'Ed25519Signature2020') return undefined;
  return typeof name === 'string' && Object.hasOwn(suites, name) ? name : undefined;
}

/** What is wrong with the proof before any key is looked at. */
function faultOfForm(proof: JsonObject, purpose: string, now: Instant): string | undefined {
  const { proofValue, proofPurpose, verificationMethod, created, expires } = proof as {
    readonly [m: string]: unknown;
  };
  if (typeof proofValue !== 'string' || !/^z[1-9A-HJ-NP-Za-km-z]{1,300}$/.test(proofValue)) {
    return 'proofValue is not a signature in base58btc';
  }
  if (proofPurpose !== purpose) return `proofPurpose is ${JSON.stringify(proofPurpose)}, not ${purpose}`;
  if (typeof verificationMethod !== 'string') return 'verificationMethod is not a URL';
  for (const [name, value] of [
    ['created', created],
    ['expires', expires],
  ] as const) {
    if (value !== undefined && (typeof value !== 'string' || Number.isNaN(millis(value)))) {
      return `${name} is not a date and time (XML Schema dateTime)`;
    }
  }
  if (typeof expires === 'string' && millis(expires) <= millis(now)) return `the proof expired at ${expires}`;
  return undefined;
}

type Bound = { readonly ok: true; readonly key: PublicJwk; readonly controller: string };

/** The key of the method, when its controller lets it sign this and is who the document says issued it. */
function bindKey(
  resolved: ResolvedMethod & { readonly ok: true },
  methodId: string,
  suite: string,
  purpose: 'assertionMethod' | 'authentication',
  input: ProofToVerify,
): Bound | ProofFailure {
  const { method, controllerDocument } = resolved;
  const controller = controllerDocument['id'];
  if (method['id'] !== methodId) return invalid(`the method that was found is not ${methodId}`);
  if (typeof controller !== 'string' || method['controller'] !== controller) {
    return invalid(
      `the method ${methodId} is controlled by ${JSON.stringify(method['controller'])}, not by ${JSON.stringify(controller)}`,
    );
  }
  if (methodId.startsWith('did:') && methodId.split('#')[0] !== controller) {
    return invalid(`the controller document of ${controller} does not speak for ${methodId}`);
  }
  if (!isListedFor(controllerDocument, purpose, methodId)) {
    return invalid(`${controller} does not list ${methodId} under ${purpose}`);
  }
  const revoked = method['revoked'];
  if (revoked !== undefined && !(typeof revoked === 'string' && millis(revoked) > millis(input.now))) {
    return invalid(`the method ${methodId} was revoked`);
  }
  const key = keyOfMethod(method);
  if (key === undefined) {
    return {
      ok: false,
      kind: 'unsupported',
      reason: `the key of ${methodId} (${JSON.stringify(method['type'])}) is not one that can be used here`,
    };
  }
  if (key.kty === 'RSA' || !suites[suite]!.curves.includes(key.crv)) {
    return invalid(`the key of ${methodId} does not go with ${suite}`);
  }
  const issuer = isJsonObject(input.document['issuer'])
    ? input.document['issuer']['id']
    : input.document['issuer'];
  if (input.bindToIssuer !== false && issuer !== controller) {
    return invalid(`the issuer is ${JSON.stringify(issuer)}, but the key belongs to ${controller}`);
  }
  return { ok: true, key, controller };
}

/** The proofs that this one builds on (Data Integrity 1.0, section 2.1.2); undefined when one is missing. */
function previousProofs(proof: JsonObject, proofs: readonly unknown[]): readonly JsonObject[] | undefined {
  const named = [proof['previousProof'] ?? []].flat();
  const matching = named.map((id) => proofs.find((other) => isJsonObject(other) && other['id'] === id));
  return matching.every(isJsonObject) && !matching.includes(proof) ? matching : undefined;
}

async function isSignedBy(
  suite: string,
  proof: JsonObject,
  document: JsonObject,
  methodId: string,
  { key, controller }: Bound,
): Promise<boolean> {
  const cryptosuite = suites[suite]!.cryptosuite();
  if (cryptosuite === null) return verifySignature2020(proof, document, key);
  if (suite === 'eddsa-rdfc-2022' && isPlainlyDated(proof)) {
    const data = await dataOfProof(proof, document);
    if (data !== undefined) {
      const signature = decodeBase58(String(proof['proofValue']).slice(1));
      return signature?.length === 64 && verify(null, data, publicKeyObject(key), signature);
    }
  }
  const method = { id: methodId, type: 'Multikey', controller, publicKeyMultibase: toMultikey(key) };
  const result = await new DataIntegrityProof({ cryptosuite }).verifyProof({
    // A proof of an RDFC suite is read with the document's contexts, whatever it says itself (section 3.2.5 of
    // the EdDSA suites); one of a JCS suite is taken as it stands.
    proof: suite === 'eddsa-jcs-2022' ? proof : { ...proof, '@context': document['@context'] },
    proofSet: [],
    document,
    documentLoader: async (url) => (url === methodId ? { document: method } : documentLoader(url)),
  });
  if (result.verified) return true;
  if (result.error.message === 'Invalid signature.') return false;
  throw result.error;
}

function withoutProof(document: JsonObject): JsonObject {
  const { proof: _proof, ...rest } = document;
  return rest;
}

const dateTime = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** The moment of an XML Schema dateTime; one without an offset is taken as UTC (Data Integrity 1.0, section 2.1). */
function millis(value: string): number {
  const match = dateTime.exec(value);
  return match === null ? NaN : Date.parse(match[1] === undefined ? `${value}Z` : value);
}

/** Dates that the library takes too; with any other it is asked. */
const plainDate =
  /^[1-9]\d{3}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)$/;

function isPlainlyDated({ created, expires }: JsonObject): boolean {
  return [created, expires].every(
    (date) => date === undefined || (typeof date === 'string' && plainDate.test(date)),
  );
}

function invalid(reason: string): ProofFailure {
  return { ok: false, kind: 'invalid', reason };
}
