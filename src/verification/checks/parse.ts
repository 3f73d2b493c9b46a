import { toInstant } from '../../kernel/index.js';
import { credentialsV1, isJsonObject, type JsonObject } from '../../securing/index.js';
import { couldNotCheck, failed, passed, type Finding } from '../finding.js';
import { isCompactJws } from '../formats/looks-like-credential.js';
import { isCredentialToo, kindOf, listOf, type Draft } from '../reading.js';

/** Registered claims that repeat the document; checked by `data-model`, and no part of it (VC-JOSE-COSE, section 3.1.3). */
const registeredClaims = ['iss', 'jti', 'sub', 'nbf', 'exp', 'iat'];
/** Those that say to whom a presentation is made; compared by `proof`. */
const presentingClaims = [...registeredClaims, 'aud', 'nonce'];

/** Whether there is one verifiable credential or presentation in what was given, in JSON or as a token. */
export function checkParse(draft: Draft): Finding {
  const { nothing, text, value, token } = draft;
  if (nothing !== undefined) {
    switch (nothing.kind) {
      case 'none':
      case 'ambiguous':
        return failed('parse.none', { reason: nothing.reason });
      case 'envelope':
        return failed('parse.envelope', { reason: nothing.reason });
      case 'unreadable':
      case 'older-version':
        return couldNotCheck('parse.unreadable', { reason: nothing.reason });
    }
  }
  if (text === undefined) return failed('parse.not-json');
  if (value === undefined) return failed(isCompactJws(text) ? 'parse.jwt-malformed' : 'parse.not-json');
  if (token !== undefined && holdsTwoDocuments(value)) return failed('parse.jwt-two-documents');
  const kind = kindOf(value);
  draft.kind = kind;
  if (kind === 'presentation') {
    const received = token === undefined ? value : presentationIn(value);
    if (isCredentialToo(received)) return failed('parse.presentation-and-credential');
    draft.received = received;
    return passed(token === undefined ? 'parse.presentation' : 'parse.presentation-jwt');
  }
  const received = token === undefined ? value : credentialIn(value);
  if (!listOf(received['type']).includes('VerifiableCredential')) return failed('parse.not-a-credential');
  if (kindOf(received) === 'presentation') return failed('parse.presentation-and-credential');
  // Of a token on the data model 1.1, what it is stands in its claim.
  draft.kind = kindOf(received);
  draft.received = received;
  const form = token === undefined ? 'JSON' : 'JWT';
  switch (draft.container) {
    case 'png':
      return passed('parse.png', { form });
    case 'svg':
      return passed('parse.svg', { form });
    case 'pdf':
      return passed('parse.pdf', { form });
    default:
      return passed(token === undefined ? 'parse.json' : 'parse.jwt');
  }
}

/**
 * Whether a token's payload has a claim `vc` or `vp` beside another document: it is either the document itself, which
 * has none of them (VC-JOSE-COSE, section 3.1), or holds it in one of the two.
 */
function holdsTwoDocuments(payload: JsonObject): boolean {
  const claims = ['vc', 'vp'].filter((name) => name in payload);
  const isDocument = '@context' in payload || 'type' in payload;
  return claims.length > 1 || (claims.length === 1 && (isDocument || !isJsonObject(payload[claims[0]!])));
}

/**
 * The credential in a token's payload: the payload without its registered claims; on the data model 1.1 its claim
 * `vc`, into which the registered claims are put back (VC Data Model 1.1, section 6.3.1: what stands in a claim may
 * be left out of the credential). What both say must be the same, which `data-model` checks.
 */
function credentialIn(payload: JsonObject): JsonObject {
  const { vc } = payload;
  return isJsonObject(vc) ? withClaims(vc, payload) : without(payload, registeredClaims);
}

function withClaims(vc: JsonObject, { iss, jti, sub, nbf, exp }: JsonObject): JsonObject {
  const isOlder = listOf(vc['@context'])[0] === credentialsV1;
  const dates = isOlder
    ? {
        issuanceDate: vc['issuanceDate'] ?? instantOf(nbf),
        expirationDate: vc['expirationDate'] ?? instantOf(exp),
      }
    : { validFrom: vc['validFrom'] ?? instantOf(nbf), validUntil: vc['validUntil'] ?? instantOf(exp) };
  const subject = vc['credentialSubject'];
  const said = {
    id: vc['id'] ?? jti,
    issuer: withId(vc['issuer'], iss),
    credentialSubject: sub === undefined || Array.isArray(subject) ? subject : withId(subject, sub),
    ...dates,
  };
  return {
    ...vc,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  };
}

function withId(thing: unknown, id: unknown): unknown {
  if (thing === undefined) return id;
  return isJsonObject(thing) && thing['id'] === undefined && id !== undefined ? { id, ...thing } : thing;
}

function instantOf(seconds: unknown): string | undefined {
  const isTime = typeof seconds === 'number' && Number.isFinite(seconds) && Math.abs(seconds) < 8.64e12;
  return isTime ? toInstant(seconds * 1000) : undefined;
}

/** The presentation in a token's payload: the payload itself, or its claim `vp` (VC Data Model 1.1, section 6.3.1). */
function presentationIn(payload: JsonObject): JsonObject {
  return isJsonObject(payload['vp']) ? payload['vp'] : without(payload, presentingClaims);
}

function without(value: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}
