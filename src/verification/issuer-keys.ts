import { jsonObjectIn } from '../kernel/index.js';
import {
  findVerificationMethod,
  isJsonObject,
  isListedFor,
  keyOfMethod,
  type JsonObject,
  type JwtClaims,
  type ProofFailure,
  type ResolvedMethod,
} from '../securing/index.js';
import { didWebUrl } from './issuer-domain.js';
import { idOf, listOf, type Secured } from './reading.js';
import type { DidAnswer, FetchFailure, Fetched } from './resolver.js';

/** What was fetched of keys: see `Resources`. */
export interface FetchedKeys {
  readonly controllers: ReadonlyMap<string, DidAnswer>;
  readonly keys: ReadonlyMap<string, Fetched | FetchFailure>;
}

export type FoundKeys = { readonly ok: true; readonly keys: readonly JsonObject[] } | ProofFailure;

/**
 * Where the keys of an issuer are looked up: its DID document; for an https issuer the controller document at its
 * own URL, the JWK Set of its host, and single keys under its own path. Never anywhere else that a credential
 * points at: a key that is found elsewhere says nothing about this issuer.
 */
export function wantedKeys(
  issuer: string,
  secured: Secured,
  /** Whether the credential has status lists, which the issuer may secure in the other way than the credential. */
  hasLists = false,
): { readonly controllers: readonly string[]; readonly keys: readonly string[] } {
  if (issuer.startsWith('did:')) return { controllers: [issuer], keys: [] };
  if (!isWebId(issuer)) return { controllers: [], keys: [] };
  if (secured.kind === 'proofs') {
    const methods = secured.proofs.map((proof) => proof['verificationMethod']);
    const own = new Set(methods.filter((id) => isOwnUrl(id, issuer)));
    return { controllers: [issuer], keys: [...own, ...(hasLists ? [jwksUrl(issuer)] : [])] };
  }
  if (secured.kind === 'none') return { controllers: [issuer], keys: [] };
  const { kid } = secured;
  const isPart = kid !== null && kid.startsWith(`${issuer}#`);
  const isOwn = isOwnUrl(kid, issuer);
  return {
    controllers: isPart || isOwn || hasLists ? [issuer] : [],
    keys: [jwksUrl(issuer), ...(isOwn ? [kid] : [])],
  };
}

/** The controller document of an issuer, if it was had from where the issuer is and speaks for it. */
export function controllerDocumentOf(
  issuer: string,
  { controllers }: Pick<FetchedKeys, 'controllers'>,
): { readonly ok: true; readonly document: JsonObject } | ProofFailure {
  const answer = controllers.get(issuer);
  if (answer === undefined) {
    return issuer.startsWith('did:') || isWebId(issuer)
      ? unresolved(`${issuer} was not looked up.`)
      : { ok: false, kind: 'unsupported', reason: `no keys can be looked up for the issuer ${issuer}` };
  }
  if (!answer.ok) {
    const unsupported = answer.kind === 'refused' && /^did:(?!web:|key:|jwk:)/.test(issuer);
    return { ok: false, kind: unsupported ? 'unsupported' : 'could-not-resolve', reason: answer.reason };
  }
  const { document, url } = answer;
  const asked = issuer.startsWith('did:') ? didWebUrl(issuer) : issuer;
  if (url !== undefined && !isSameHost(url, asked ?? ''))
    return unresolved(`The document of ${issuer} was given by another host: ${url}.`);
  if (!isJsonObject(document)) return unresolved(`The document of ${issuer} is not an object.`);
  if (document['id'] !== issuer)
    return unresolved(`The document at the place of ${issuer} is that of another id.`);
  // The profile of an https issuer that says nothing of keys has not taken one back.
  if (
    isWebId(issuer) &&
    document['verificationMethod'] === undefined &&
    document['assertionMethod'] === undefined
  )
    return unresolved(`The document at ${issuer} lists no keys.`);
  return { ok: true, document };
}

/**
 * A verification method of an issuer (Controlled Identifiers 1.0, section 3.3): in its controller document, or, for
 * an https issuer, a document of its own under the issuer's path. Whether the issuer lists it is checked with the proof.
 */
export function methodOf(id: string, issuer: string, fetched: FetchedKeys): ResolvedMethod {
  const controller = controllerDocumentOf(issuer, fetched);
  if (!controller.ok) return controller;
  const found = findVerificationMethod(controller.document, id);
  if (found.ok || !isOwnUrl(id, issuer)) return found;
  const method = ownKey(id, issuer, fetched);
  if (!method.ok) return method;
  if (method.key['id'] !== id || method.key['controller'] !== issuer)
    return { ok: false, kind: 'invalid', reason: `the key at ${id} is not one controlled by ${issuer}` };
  return { ok: true, method: method.key, controllerDocument: controller.document };
}

/** Whom a key is under by its absolute id, a DID or a URL without the fragment; `otherwise` for a key that is not named so. */
export function controllerOf(method: string | null, otherwise = ''): string {
  return method !== null && /^[a-z][a-z0-9+.-]*:/i.test(method) ? method.split('#')[0]! : otherwise;
}

/** The keys that may have signed a token of this issuer, or, for authentication, a presentation of this holder. */
export function jwtKeysOf(
  claims: JwtClaims,
  issuer: string,
  fetched: FetchedKeys,
  purpose: 'assertionMethod' | 'authentication' = 'assertionMethod',
): FoundKeys {
  const { kid } = claims;
  if (issuer.startsWith('did:') || (kid !== null && kid.startsWith(`${issuer}#`)))
    return keysOfController(claims, issuer, fetched, purpose);
  // A set that names keys of this issuer names all that count: what was taken out of it counts no more.
  const published = keysOfHost(issuer, fetched);
  if (published.ok && published.keys.length > 0)
    return {
      ok: true,
      keys: published.keys.filter(
        (key) => (kid === null || key['kid'] === kid) && isForSigning(key, claims.alg),
      ),
    };
  const own = isOwnUrl(kid, issuer) ? keyAtUrl(kid, issuer, fetched) : undefined;
  // Where the host has no key of this issuer either, only one that could not be asked for leaves a doubt.
  return own !== undefined && (own.ok || own.kind !== 'invalid') ? own : published;
}

/** Those of the controller document that `kid` may mean: that one, or all for claims when there is none. */
function keysOfController(
  { alg, kid }: JwtClaims,
  issuer: string,
  fetched: FetchedKeys,
  purpose: 'assertionMethod' | 'authentication',
): FoundKeys {
  const found = controllerDocumentOf(issuer, fetched);
  if (!found.ok) return found;
  const { document } = found;
  const methods = [...listOf(document['verificationMethod']), ...listOf(document[purpose])]
    .filter(isJsonObject)
    .map((method) => ({ method, id: absoluteId(idOf(method) ?? '', issuer) }))
    .filter(
      ({ id, method }) =>
        (method['controller'] ?? issuer) === issuer &&
        isListedFor(document, purpose, id) &&
        method['revoked'] === undefined &&
        isForSigning(method['publicKeyJwk'], alg),
    );
  const wanted = kid === null ? undefined : absoluteId(kid, issuer);
  const meant = methods.filter(({ id }) => wanted === undefined || id === wanted);
  return {
    ok: true,
    keys: meant.map(({ method }) => keyOfMethod(method)).filter((key) => key !== undefined),
  };
}

/**
 * The one key at `kid`, an https URL under the issuer's own path (Open Badges 3.0, section 8.2.1): a JWK, or a
 * verification method that the issuer's controller document lists for claims.
 */
function keyAtUrl(kid: string, issuer: string, fetched: FetchedKeys): FoundKeys {
  const own = ownKey(kid, issuer, fetched);
  if (!own.ok) return own;
  const { key } = own;
  if (key['kty'] === undefined) {
    const method = methodOf(kid, issuer, fetched);
    if (!method.ok) return method;
    if (!isListedFor(method.controllerDocument, 'assertionMethod', kid))
      return { ok: false, kind: 'invalid', reason: `${issuer} does not list ${kid} under assertionMethod` };
    const jwk = keyOfMethod(method.method);
    return { ok: true, keys: jwk === undefined || method.method['revoked'] !== undefined ? [] : [jwk] };
  }
  // The page of a tenant below the issuer says what the tenant likes.
  if (!isDirectlyUnder(kid, issuer) || (key['kid'] ?? kid) !== kid || (key['iss'] ?? issuer) !== issuer)
    return { ok: false, kind: 'invalid', reason: `the key at ${kid} is not one of ${issuer}` };
  return { ok: true, keys: isForSigning(key) ? [key] : [] };
}

/**
 * The keys of this issuer in the JWK Set of an https issuer's host (1EdTech recommended practices). The host may
 * serve many issuers, so the key must name this one: by `iss`; without it by a `kid` that is a part of the issuer's id, or,
 * in a set of nobody else's keys, directly under its path.
 */
function keysOfHost(issuer: string, { keys }: FetchedKeys): FoundKeys {
  const fetched = isWebId(issuer) ? keys.get(jwksUrl(issuer)) : undefined;
  if (fetched === undefined)
    return { ok: false, kind: 'unsupported', reason: `no keys can be looked up for the issuer ${issuer}` };
  if (!fetched.ok) return unresolved(fetched.reason);
  const set = isSameHost(fetched.url, issuer) ? jsonObjectIn(fetched.bytes) : undefined;
  if (set === undefined || !Array.isArray(set['keys'])) return unresolved(`${fetched.url} is no JWK Set.`);
  const all = set['keys'].filter(isJsonObject);
  // Where others have keys in it, a place under this issuer's path may be another's.
  const isShared = all.some((key) => isOfSomebodyElse(key, issuer));
  const own = all.filter(({ iss, kid }) => {
    if (iss !== undefined) return iss === issuer;
    return isPartOf(kid, issuer) || (!isShared && isDirectlyUnder(kid, issuer));
  });
  return { ok: true, keys: own };
}

/** Whether a key of a host's set names another issuer, or lies where only an issuer further down the path has keys. */
function isOfSomebodyElse({ iss, kid }: JsonObject, issuer: string): boolean {
  if (iss !== undefined) return iss !== issuer;
  return isUnder(kid, issuer) && !isPartOf(kid, issuer) && !isDirectlyUnder(kid, issuer);
}

function ownKey(
  url: string,
  issuer: string,
  { keys }: FetchedKeys,
): { readonly ok: true; readonly key: JsonObject } | ProofFailure {
  const fetched = keys.get(url);
  if (fetched === undefined) return unresolved(`${url} was not looked up.`);
  if (!fetched.ok)
    return {
      ok: false,
      kind: fetched.kind === 'absent' ? 'invalid' : 'could-not-resolve',
      reason: fetched.reason,
    };
  const key = isSameHost(fetched.url, issuer) ? jsonObjectIn(fetched.bytes) : undefined;
  return key === undefined
    ? unresolved(`There is no key of ${issuer} at ${fetched.url}.`)
    : { ok: true, key };
}

/** Whether a JWK is for signatures, and with this algorithm (RFC 7517, sections 4.2 and 4.4). */
function isForSigning(jwk: unknown, alg?: string): boolean {
  if (!isJsonObject(jwk)) return true;
  const use = jwk['use'];
  return (
    (use === undefined || use === 'sig') &&
    (alg === undefined || jwk['alg'] === undefined || jwk['alg'] === alg || jwk['alg'] === 'Ed25519')
  );
}

/** An issuer that is found at its own URL; `http` on localhost, where there is no certificate. */
function isWebId(issuer: string): boolean {
  return URL.canParse(issuer) && (/^https:\/\//.test(issuer) || /^http:\/\/localhost[:/]/.test(issuer));
}

/** Where an https issuer publishes its keys: the authority of its id. */
function jwksUrl(issuer: string): string {
  return `${new URL(issuer).origin}/.well-known/jwks.json`;
}

/**
 * Whether an id is a URL below the issuer's own path, spelled plainly: no query, no dot segments and nothing encoded,
 * by which a server could be made to answer with what is not under that path.
 */
function isOwnUrl(id: unknown, issuer: string): id is string {
  return isWebId(issuer) && isUnder(id, issuer) && /^https?:\/\/[^/?#]+(\/[A-Za-z0-9._~-]+)+$/.test(id) && !/\/\.{1,2}(\/|$)/.test(id); // prettier-ignore
}

/** Whether a key's id is the issuer's own with a fragment, which nobody below it has. */
function isPartOf(id: unknown, issuer: string): boolean {
  return typeof id === 'string' && id.startsWith(`${issuer}#`);
}

/**
 * Whether a key's id lies where an issuer keeps keys of its own: at one name under its path, or in a folder of keys
 * there. What lies deeper is of an issuer that the host has under this one (a tenant), and is not this one's.
 */
function isDirectlyUnder(id: unknown, issuer: string): boolean {
  if (!isOwnUrl(id, issuer)) return false;
  const names = id.slice(issuer.replace(/\/$/, '').length + 1).split('/');
  return names.length === 1 || (names.length === 2 && /^(keys?|jwks?)$/.test(names[0]!));
}

/** Whether a key's id lies under the issuer's own path, not merely beside it (`/a` is not above `/ab`). */
function isUnder(id: unknown, issuer: string): id is string {
  return (
    typeof id === 'string' && (id.startsWith(`${issuer}#`) || id.startsWith(`${issuer.replace(/\/$/, '')}/`))
  );
}

/** Whether an answer came from the host that was asked, or from its `www`: elsewhere a redirect may lead anywhere. */
function isSameHost(url: string, asked: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(asked)) return false;
  const bare = ({ protocol, host }: URL): string => `${protocol}//${host.replace(/^www\./, '')}`;
  return bare(new URL(url)) === bare(new URL(asked));
}

function absoluteId(id: string, base: string): string {
  return id.startsWith('#') ? `${base}${id}` : id;
}

function unresolved(reason: string): ProofFailure {
  return { ok: false, kind: 'could-not-resolve', reason };
}
