import {
  isJsonObject,
  verifyCompactJwt,
  verifyDataIntegrityProof,
  type JsonObject,
  type ProofFailure,
  type ProofResult,
  type ProofToVerify,
} from '../../securing/index.js';
import type { Instant } from '../../kernel/index.js';
import { couldNotCheck, failed, passed, type Finding } from '../finding.js';
import { issuerDomain } from '../issuer-domain.js';
import { controllerOf, jwtKeysOf, methodOf, type FetchedKeys } from '../issuer-keys.js';
import { idOf, listOf, type ReadCredential, type Secured } from '../reading.js';

/** Whose keys count. */
export interface KeyRule {
  /** Whether the key must be the issuer's. Where it need not, it is looked up where the signature names it. */
  readonly bindToIssuer: boolean;
  /** Public keys that the caller trusts: then no other counts, and nothing is looked up. */
  readonly trusted?: readonly JsonObject[] | undefined;
}

/**
 * Whether every signature holds and was made with a key of the issuer: one in its controller document, listed for
 * making claims, or for a token of an https issuer one in the JWK Set of its host or under its own path. A key is
 * never looked up where the credential says, only where its issuer is.
 */
export async function checkProof(
  credential: ReadCredential,
  fetched: FetchedKeys,
  now: Instant,
  rule: KeyRule = { bindToIssuer: true },
): Promise<Finding> {
  const issuer = idOf(credential.document['issuer']) ?? '';
  const { secured } = credential;
  if (secured.kind === 'none') return failed('proof-set.none');
  const result =
    secured.kind === 'jwt'
      ? await ofToken(secured, issuer, fetched, rule)
      : await ofProofs(credential, secured.proofs, issuer, fetched, now, rule);
  if (result.ok) {
    const facts = { domain: issuerDomain(issuer), key: result.keys.join(', '), count: result.keys.length };
    if (rule.trusted !== undefined) return passed('proof.trusted', facts);
    if (!rule.bindToIssuer) return passed('proof.unbound', facts);
    return passed(result.keys.length > 1 ? 'proof.several' : 'proof.ok', facts);
  }
  const { reason } = result;
  switch (result.kind) {
    case 'foreign-key':
      return failed('proof.foreign-key', { key: reason, issuer });
    case 'invalid':
      return failed('proof.wrong', { reason });
    case 'could-not-resolve':
      return couldNotCheck('proof.unresolved', { reason });
    case 'unsupported':
      return couldNotCheck('proof.unsupported', { reason });
  }
}

type Refusal = ProofFailure | { readonly ok: false; readonly kind: 'foreign-key'; readonly reason: string };
type Outcome = { readonly ok: true; readonly keys: readonly string[] } | Refusal;

/** Every proof must hold; one that is wrong outweighs one that nobody could check. */
async function ofProofs(
  credential: ReadCredential,
  proofs: readonly JsonObject[],
  issuer: string,
  fetched: FetchedKeys,
  now: Instant,
  rule: KeyRule,
): Promise<Outcome> {
  const shown = listOf(credential.document['proof']).filter(isJsonObject);
  if (shown.length !== proofs.length)
    return { ok: false, kind: 'invalid', reason: 'its proofs cannot be told apart' };
  const keys: string[] = [];
  const refusals: Refusal[] = [];
  for (const [index, given] of proofs.entries()) {
    const result = await ofProof(credential, given, shown[index]!, issuer, fetched, now, rule);
    if (result.ok) keys.push(...result.keys);
    else refusals.push(proofs.length === 1 ? result : { ...result, reason: numbered(index, proofs, result) });
  }
  const wrong = refusals.find(({ kind }) => kind === 'invalid' || kind === 'foreign-key');
  return wrong ?? refusals[0] ?? { ok: true, keys };
}

async function ofProof(
  { document, received, isMerged }: ReadCredential,
  given: JsonObject,
  shown: JsonObject,
  issuer: string,
  fetched: FetchedKeys,
  now: Instant,
  { bindToIssuer, trusted }: KeyRule,
): Promise<Outcome> {
  // A suite that signs RDF is verified over the document that is shown, or over the graph that it was read from; one
  // that signs JSON over the JSON.
  const overReceived = isMerged || given['cryptosuite'] === 'eddsa-jcs-2022';
  const method = String((overReceived ? given : shown)['verificationMethod']);
  const proofOf = {
    document: overReceived ? received : document,
    proof: overReceived ? given : shown,
    now,
    bindToIssuer: bindToIssuer && trusted === undefined,
  };
  if (proofOf.bindToIssuer && isOfAnother(method, issuer))
    return { ok: false, kind: 'foreign-key', reason: method };
  const owner = bindToIssuer ? issuer : controllerOf(method);
  const result =
    trusted === undefined
      ? await verifyDataIntegrityProof({
          ...proofOf,
          resolveVerificationMethod: async (id) => methodOf(id, owner, fetched),
        })
      : await verifyWithTrustedKeys(proofOf, trusted);
  return result.ok ? { ok: true, keys: [result.verificationMethod] } : result;
}

/** Whether a proof was made with one of these keys, whatever it says of its own key. */
export async function verifyWithTrustedKeys(
  proof: Omit<ProofToVerify, 'resolveVerificationMethod'>,
  trusted: readonly JsonObject[],
): Promise<ProofResult> {
  let last: ProofResult = { ok: false, kind: 'unsupported', reason: 'no key was given that can be used' };
  for (const publicKeyJwk of trusted.slice(0, 8)) {
    const result = await verifyDataIntegrityProof({
      ...proof,
      bindToIssuer: false,
      resolveVerificationMethod: async (id) => {
        const controller = controllerOf(id);
        return {
          ok: true,
          method: { id, type: 'JsonWebKey', controller, publicKeyJwk },
          controllerDocument: { id: controller, assertionMethod: [id], authentication: [id] },
        };
      },
    });
    if (result.ok) return result;
    last = result;
  }
  return last;
}

/** Whether a key's id says by itself that it belongs to somebody else: another DID, or another host. */
function isOfAnother(method: string, issuer: string): boolean {
  if (method.startsWith('did:') || issuer.startsWith('did:')) return method.split('#')[0] !== issuer;
  return URL.canParse(method) && URL.canParse(issuer) && new URL(method).origin !== new URL(issuer).origin;
}

function numbered(index: number, proofs: readonly JsonObject[], { reason }: Refusal): string {
  return `proof ${index + 1} of ${proofs.length}: ${reason}`;
}

async function ofToken(
  secured: Secured & { readonly kind: 'jwt' },
  issuer: string,
  fetched: FetchedKeys,
  { bindToIssuer, trusted }: KeyRule,
): Promise<Outcome> {
  const { claims, kid, token } = secured;
  // A string (RFC 7519, section 4.1.1); some write the whole issuer there, whose id is meant.
  if (claims['iss'] !== undefined && idOf(claims['iss']) !== issuer) {
    return {
      ok: false,
      kind: 'invalid',
      reason: 'the token’s claim iss is not the issuer of the credential',
    };
  }
  const isAbsoluteKid = kid !== null && /^[a-z][a-z0-9+.-]*:/i.test(kid);
  const bind = bindToIssuer && trusted === undefined;
  if (bind && isAbsoluteKid && kid.includes('#') && isOfAnother(kid, issuer))
    return { ok: false, kind: 'foreign-key', reason: kid };
  const result = await verifyCompactJwt({
    token,
    resolveKeys: async (read) => {
      if (trusted !== undefined) return { ok: true, keys: trusted };
      return jwtKeysOf(read, bindToIssuer ? issuer : controllerOf(kid, issuer), fetched);
    },
  });
  return result.ok ? { ok: true, keys: [result.kid ?? `${result.alg} key`] } : result;
}
