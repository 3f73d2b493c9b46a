import type { FieldError } from '../../kernel/index.js';
import {
  findVerificationMethod,
  isJsonObject,
  keyOfMethod,
  verifyCompactJwt,
  verifyDataIntegrityProof,
  type JsonObject,
  type ResolvedMethod,
} from '../../securing/index.js';
import { both, listOf, memberOf, unless, type Linted, type LintRule } from './rule.js';

const acceptedSuites = ['eddsa-rdfc-2022', 'eddsa-2022', 'ecdsa-sd-2023'];
const secondsOf = (instant: string) => Date.parse(instant) / 1000;

/** Step 10 of the validator: the proof in the document, or the token around it. */
export const proofRules: readonly LintRule[] = [
  {
    id: 'proof-accepted',
    step: 10,
    severity: 'error',
    condition: `There is a proof with proofPurpose assertionMethod, of type Ed25519Signature2020 or DataIntegrityProof with cryptosuite ${acceptedSuites.join(', ')}.`,
    kinds: both,
    form: 'proof',
    check: ({ document }) =>
      unless(
        proofOf(document) !== undefined,
        '/proof',
        'holds no proof of a suite and purpose that is accepted',
      ),
  },
  {
    id: 'proof-method',
    step: 10,
    severity: 'error',
    condition:
      'verificationMethod is a DID URL with a named fragment; its DID document answers, holds the method, and lists it as text in assertionMethod.',
    kinds: both,
    form: 'proof',
    after: ['proof-accepted'],
    check: async ({ document, resolver }) => {
      const id = methodOf(document);
      const resolved = await resolveMethod(resolver, id);
      if (!resolved.ok)
        return [{ pointer: '/proof/0/verificationMethod', detail: `is not found: ${resolved.reason}` }];
      return unless(
        listOf(resolved.controllerDocument['assertionMethod']).includes(id),
        '/proof/0/verificationMethod',
        'is not listed, as text, in assertionMethod of its DID document',
      );
    },
  },
  {
    id: 'proof-key',
    step: 10,
    severity: 'error',
    condition: 'The key of the proof is an Ed25519, P-256 or P-384 Multikey.',
    kinds: both,
    form: 'proof',
    after: ['proof-method'],
    check: async ({ document, resolver }) => {
      const resolved = await resolveMethod(resolver, methodOf(document));
      const key = resolved.ok ? keyOfMethod(resolved.method) : undefined;
      const isMultikey = resolved.ok && typeof resolved.method['publicKeyMultibase'] === 'string';
      return unless(
        isMultikey && key !== undefined && (key.kty === 'OKP' || key.kty === 'EC'),
        '/proof/0/verificationMethod',
        'is no Ed25519, P-256 or P-384 Multikey',
      );
    },
  },
  {
    id: 'proof-controller',
    step: 10,
    severity: 'error',
    condition: 'The controller of the key is the issuer.',
    kinds: both,
    form: 'proof',
    after: ['proof-method'],
    check: async ({ document, resolver }) => {
      const resolved = await resolveMethod(resolver, methodOf(document));
      return unless(
        resolved.ok && resolved.method['controller'] === idOf(document['issuer']),
        '/proof/0/verificationMethod',
        'belongs to another than the issuer',
      );
    },
  },
  {
    id: 'proof-signature',
    step: 10,
    severity: 'error',
    condition: 'The signature is that of the document.',
    kinds: both,
    form: 'proof',
    after: ['json-ld-contexts', 'json-ld-terms', 'proof-method', 'proof-key', 'proof-controller'],
    check: async ({ document, resolver, now }) => {
      const result = await verifyDataIntegrityProof({
        document,
        proof: proofOf(document)!,
        now,
        resolveVerificationMethod: (id) => resolveMethod(resolver, id),
      });
      return result.ok ? [] : [{ pointer: '/proof', detail: `does not verify: ${result.reason}` }];
    },
  },
  {
    id: 'jwt-algorithm',
    step: 10,
    severity: 'fatal',
    condition: 'alg is RS256 or ES256.',
    kinds: both,
    form: 'jwt',
    check: ({ token }) =>
      unless(
        ['RS256', 'ES256'].includes(String(token?.header['alg'])),
        '/alg',
        'of the header must be RS256 or ES256',
      ),
  },
  {
    id: 'jwt-key',
    step: 10,
    severity: 'fatal',
    condition: 'kid is the DID URL of a key in the DID document of the issuer: RSA, or EC with P-256.',
    kinds: both,
    form: 'jwt',
    check: async ({ token, document, resolver }) => {
      const kid = String(token?.header['kid']);
      const resolved = await resolveMethod(resolver, kid);
      if (!resolved.ok)
        return [{ pointer: '/kid', detail: `of the header is not found: ${resolved.reason}` }];
      const key = keyOfMethod(resolved.method);
      const fits = key?.kty === 'RSA' || (key?.kty === 'EC' && key.crv === 'P-256');
      return [
        ...unless(fits, '/kid', 'of the header is no RSA or P-256 key'),
        ...unless(
          resolved.method['controller'] === idOf(document['issuer']),
          '/kid',
          'of the header belongs to another than the issuer',
        ),
      ];
    },
  },
  {
    id: 'jwt-signature',
    step: 10,
    severity: 'fatal',
    condition: 'The signature is that of the token.',
    kinds: both,
    form: 'jwt',
    after: ['jwt-algorithm', 'jwt-key'],
    check: async ({ text, resolver }) => {
      const result = await verifyCompactJwt({
        token: text,
        resolveKeys: async ({ kid }) => {
          const resolved = await resolveMethod(resolver, kid ?? '');
          if (!resolved.ok) return resolved;
          const key = keyOfMethod(resolved.method);
          return { ok: true, keys: key === undefined ? [] : [{ ...key }] };
        },
      });
      return result.ok ? [] : [{ pointer: '', detail: `the token does not verify: ${result.reason}` }];
    },
  },
  {
    id: 'jwt-times',
    step: 10,
    severity: 'fatal',
    condition: 'nbf is not after now, and exp, where there is one, is not before now.',
    kinds: both,
    form: 'jwt',
    check: ({ token, now }) => {
      const { nbf, exp } = token?.payload ?? {};
      return [
        ...unless(
          nbf === undefined || (typeof nbf === 'number' && nbf <= secondsOf(now)),
          '/nbf',
          'is after now',
        ),
        ...unless(
          exp === undefined || (typeof exp === 'number' && exp > secondsOf(now)),
          '/exp',
          'is not after now',
        ),
      ];
    },
  },
];

/** The proof that the validator takes: the first of a suite and purpose that it accepts. */
function proofOf(document: JsonObject): JsonObject | undefined {
  return listOf(document['proof'])
    .filter(isJsonObject)
    .find(
      (proof) =>
        proof['proofPurpose'] === 'assertionMethod' &&
        (proof['type'] === 'Ed25519Signature2020' ||
          (proof['type'] === 'DataIntegrityProof' && acceptedSuites.includes(String(proof['cryptosuite'])))),
    );
}

function methodOf(document: JsonObject): string {
  return String(memberOf(proofOf(document), 'verificationMethod'));
}

function idOf(value: unknown): unknown {
  return isJsonObject(value) ? value['id'] : value;
}

/** A key of a DID URL. A fragment that is the key itself is refused: it would be believed after the key has left. */
export async function resolveMethod(resolver: Linted['resolver'], id: string): Promise<ResolvedMethod> {
  const [did, fragment] = id.split('#');
  const invalid = (reason: string): ResolvedMethod => ({ ok: false, kind: 'invalid', reason });
  if (!id.startsWith('did:') || did === undefined || fragment === undefined)
    return invalid('it is no DID URL');
  if (fragment.startsWith('z6Mk') && !did.startsWith('did:key:'))
    return invalid('its fragment is the key itself');
  const answer = await resolver.did(did);
  if (!answer.ok) return { ok: false, kind: 'could-not-resolve', reason: answer.reason };
  if (!isJsonObject(answer.document) || answer.document['id'] !== did)
    return invalid('the DID document is of another');
  return findVerificationMethod(answer.document, id);
}

/** Faults of another document's proof (a status list's). */
export async function proofFault(
  document: JsonObject,
  { resolver, now }: Linted,
  pointer: string,
): Promise<readonly FieldError[]> {
  const result = await verifyDataIntegrityProof({
    document,
    now,
    resolveVerificationMethod: (id) => resolveMethod(resolver, id),
  });
  return result.ok ? [] : [{ pointer, detail: `names a list whose proof does not verify: ${result.reason}` }];
}
