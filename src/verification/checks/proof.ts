import {
  findVerificationMethod,
  isJsonObject,
  keyOfMethod,
  verifyCompactJwt,
  verifyDataIntegrityProof,
  type JsonObject,
  type JwtClaims,
  type ProofFailure,
  type ResolvedMethod,
} from '../../securing/index.js';
import type { Instant } from '../../kernel/index.js';
import { couldNotCheck, failed, passed, type Finding } from '../finding.js';
import { issuerDomain } from '../issuer-domain.js';
import { idOf, listOf, type ReadCredential, type Secured } from '../reading.js';
import type { Resources } from '../resources.js';

type IssuerKeys = Pick<Resources, 'did' | 'jwks'>;

/**
 * Whether every signature holds and was made with a key of the issuer: one in its DID document, listed for making
 * claims, or for an https issuer one in the JWKS of its host, named under the issuer's own path. A key is never
 * looked up where the credential says, only where its issuer is.
 */
export async function checkProof(
  credential: ReadCredential,
  keys: IssuerKeys,
  now: Instant,
): Promise<Finding> {
  const issuer = idOf(credential.document['issuer']) ?? '';
  const { secured } = credential;
  const result =
    secured.kind === 'jwt'
      ? await ofToken(secured, issuer, keys)
      : await ofProofs(credential, secured.proofs, issuer, keys, now);
  if (result.ok) {
    const facts = { domain: issuerDomain(issuer), key: result.keys.join(', '), count: result.keys.length };
    return passed(result.keys.length > 1 ? 'proof.several' : 'proof.ok', facts);
  }
  switch (result.kind) {
    case 'foreign-key':
      return failed('proof.foreign-key', { key: result.reason, issuer });
    case 'invalid':
      return failed('proof.wrong', { reason: result.reason });
    case 'could-not-resolve':
      return couldNotCheck('proof.unresolved', { reason: result.reason });
    case 'unsupported':
      return couldNotCheck('proof.unsupported', { reason: result.reason });
  }
}

type Refusal = ProofFailure | { readonly ok: false; readonly kind: 'foreign-key'; readonly reason: string };
type Outcome = { readonly ok: true; readonly keys: readonly string[] } | Refusal;

async function ofProofs(
  { document, received }: ReadCredential,
  proofs: readonly JsonObject[],
  issuer: string,
  keys: IssuerKeys,
  now: Instant,
): Promise<Outcome> {
  const methods: string[] = [];
  const shown = listOf(document['proof']).filter(isJsonObject);
  if (shown.length !== proofs.length)
    return { ok: false, kind: 'invalid', reason: 'its proofs cannot be told apart' };
  for (const [index, given] of proofs.entries()) {
    // A suite that signs RDF is verified over the document that is shown; one that signs JSON over the JSON.
    const signsJson = given['cryptosuite'] === 'eddsa-jcs-2022';
    const proof = signsJson ? given : shown[index]!;
    const method = String(proof['verificationMethod']);
    if (issuer.startsWith('did:') && method.split('#')[0] !== issuer)
      return { ok: false, kind: 'foreign-key', reason: method };
    const result = await verifyDataIntegrityProof({
      document: signsJson ? received : document,
      proof,
      resolveVerificationMethod: async (id) => methodOf(id, issuer, keys),
      now,
    });
    if (!result.ok) return result;
    methods.push(result.verificationMethod);
  }
  return { ok: true, keys: methods };
}

function methodOf(id: string, issuer: string, keys: IssuerKeys): ResolvedMethod {
  const document = didDocumentOf(issuer, keys);
  return document.ok ? findVerificationMethod(document.document, id) : document;
}

async function ofToken(
  secured: Secured & { readonly kind: 'jwt' },
  issuer: string,
  keys: IssuerKeys,
): Promise<Outcome> {
  const { claims, kid, token } = secured;
  if (claims['iss'] !== undefined && claims['iss'] !== issuer) {
    return {
      ok: false,
      kind: 'invalid',
      reason: 'the token’s claim iss is not the issuer of the credential',
    };
  }
  const isAbsoluteKid = kid !== null && /^[a-z][a-z0-9+.-]*:/i.test(kid);
  if (issuer.startsWith('did:') && isAbsoluteKid && kid.startsWith('did:') && kid.split('#')[0] !== issuer) {
    return { ok: false, kind: 'foreign-key', reason: kid };
  }
  const result = await verifyCompactJwt({
    token,
    resolveKeys: async (read) =>
      issuer.startsWith('did:') ? keysOfDid(read, issuer, keys) : keysOfHost(read, issuer, keys),
  });
  return result.ok ? { ok: true, keys: [result.kid ?? `${result.alg} key`] } : result;
}

type FoundKeys = { readonly ok: true; readonly keys: readonly JsonObject[] } | ProofFailure;

/** The keys of the issuer's DID document that `kid` may mean: that one, or all for claims when there is none. */
function keysOfDid({ kid }: JwtClaims, issuer: string, keys: IssuerKeys): FoundKeys {
  const found = didDocumentOf(issuer, keys);
  if (!found.ok) return found;
  const listed = listOf(found.document['assertionMethod']).map((entry) =>
    absoluteId(idOf(entry) ?? '', issuer),
  );
  const methods = [
    ...listOf(found.document['verificationMethod']),
    ...listOf(found.document['assertionMethod']),
  ]
    .filter(isJsonObject)
    .map((method) => ({ id: absoluteId(idOf(method) ?? '', issuer), method }))
    .filter(
      ({ id, method }) =>
        (method['controller'] ?? issuer) === issuer && listed.includes(id) && method['revoked'] === undefined,
    );
  const wanted = kid === null ? undefined : absoluteId(kid, issuer);
  const meant = methods.filter(({ id }) => wanted === undefined || id === wanted);
  return {
    ok: true,
    keys: meant.map(({ method }) => keyOfMethod(method)).filter((key) => key !== undefined),
  };
}

/**
 * The keys in the JWKS of an https issuer's host that `kid` may mean. The host may serve many issuers, so the key
 * must name this one: by a `kid` under the issuer's own path, or by `iss`.
 */
function keysOfHost({ kid }: JwtClaims, issuer: string, keys: IssuerKeys): FoundKeys {
  if (keys.jwks === undefined)
    return { ok: false, kind: 'unsupported', reason: `no keys can be looked up for the issuer ${issuer}` };
  if (!keys.jwks.ok) return { ok: false, kind: 'could-not-resolve', reason: keys.jwks.reason };
  const set = jsonOf(keys.jwks.bytes);
  if (set === undefined || !Array.isArray(set['keys']))
    return { ok: false, kind: 'could-not-resolve', reason: `${keys.jwks.url} is no JWK Set.` };
  const own = set['keys']
    .filter(isJsonObject)
    .filter((key) => key['iss'] === issuer || (key['iss'] === undefined && isUnder(key['kid'], issuer)));
  return { ok: true, keys: own.filter((key) => kid === null || key['kid'] === kid) };
}

/** Whether a key's id lies under the issuer's own path, not merely beside it (`/a` is not above `/ab`). */
function isUnder(kid: unknown, issuer: string): boolean {
  return (
    typeof kid === 'string' &&
    (kid.startsWith(`${issuer}#`) || kid.startsWith(`${issuer.replace(/\/$/, '')}/`))
  );
}

function didDocumentOf(
  issuer: string,
  keys: IssuerKeys,
): { readonly ok: true; readonly document: JsonObject } | ProofFailure {
  if (!issuer.startsWith('did:'))
    return { ok: false, kind: 'unsupported', reason: `proofs of the issuer ${issuer} need a DID` };
  if (keys.did === undefined)
    return { ok: false, kind: 'could-not-resolve', reason: `${issuer} was not looked up.` };
  if (!keys.did.ok) {
    const unsupported = keys.did.kind === 'refused' && !/^did:(web|key|jwk):/.test(issuer);
    return { ok: false, kind: unsupported ? 'unsupported' : 'could-not-resolve', reason: keys.did.reason };
  }
  const { document } = keys.did;
  if (!isJsonObject(document))
    return { ok: false, kind: 'could-not-resolve', reason: `The document of ${issuer} is not an object.` };
  if (document['id'] !== issuer)
    return {
      ok: false,
      kind: 'could-not-resolve',
      reason: `The document at the place of ${issuer} is that of another DID.`,
    };
  return { ok: true, document };
}

function absoluteId(id: string, base: string): string {
  return id.startsWith('#') ? `${base}${id}` : id;
}

function jsonOf(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
