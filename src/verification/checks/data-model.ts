import { credentialsV1, credentialsV2, isJsonObject, type JsonObject } from '../../securing/index.js';
import { failed, passed, type Finding } from '../finding.js';
import { isCompactJws } from '../formats/looks-like-credential.js';
import { isClaimedTime, isTime } from '../period.js';
import { idOf, listOf, type ReadCredential } from '../reading.js';

const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;

/** The rules of the Verifiable Credentials Data Model (2.0, section 4; 1.1, section 4) that its terms do not enforce. */
export function checkDataModel(read: ReadCredential): Finding {
  const { kind, document, secured, firstContext } = read;
  const isOlder = firstContext === credentialsV1;
  const reason =
    (kind === 'presentation'
      ? faultOfPresentation(read)
      : ((isOlder ? faultOf11(document) : faultOf20(document, firstContext)) ??
        (kind === 'record' ? faultOfRecord(read) : undefined))) ?? faultOfClaims(read);
  if (reason !== undefined) return failed('data-model.fault', { reason, version: isOlder ? '1.1' : '2.0' });
  if (secured.kind === 'jwt') {
    const claim =
      kind === 'presentation'
        ? contradictionOf(secured.claims, { iss: idOf(document['holder']), jti: document['id'] })
        : contradiction(secured.claims, document);
    if (claim !== undefined) return failed('data-model.claims', { claim });
  }
  return passed('data-model.ok', { version: isOlder ? '1.1' : '2.0' });
}

/** Words of a presentation; what other words became that nobody here reads is an address. */
const membersOfPresentations =
  /^(@context|id|type|name|description|holder|termsOfUse|verifiableCredential|proof)$|:/;

/**
 * The rules of presentations (2.0, section 4.13; 1.1, section 4.10). What is presented is looked at as it was
 * received: each is a document by itself.
 */
function faultOfPresentation({
  document,
  received,
  secured,
  firstContext,
}: ReadCredential): string | undefined {
  if (firstContext !== credentialsV2 && firstContext !== credentialsV1)
    return 'its first context is not that of the data model';
  if (!listOf(document['type']).includes('VerifiablePresentation'))
    return 'its type does not include VerifiablePresentation';
  const foreign = Object.keys(document).find((name) => !membersOfPresentations.test(name));
  if (foreign !== undefined) return `a presentation has no member “${foreign}”`;
  const { id, holder } = document;
  if (id !== undefined && !isAbsolute(id)) return 'its id is not an absolute URL';
  if (typeof id === 'string' && /^data:/i.test(id))
    return 'its id is a data: URL, as only an enveloped presentation has';
  if (holder !== undefined && (Array.isArray(holder) || !isAbsolute(idOf(holder))))
    return 'its holder is not one absolute URL';
  const mayBeTokens = firstContext === credentialsV1 && secured.kind === 'jwt';
  const isToken = (entry: unknown) => mayBeTokens && typeof entry === 'string' && isCompactJws(entry);
  const presented = listOf(received['verifiableCredential']);
  if (!presented.every((entry) => isJsonObject(entry) || isToken(entry)))
    return 'what it presents is not all objects';
  return entriesFault(document, ['termsOfUse']);
}

/**
 * What a record asserts must be the credentials that were found in it and judged, and nothing that only its graph
 * names (CLR Standard 2.0, ClrSubject).
 */
function faultOfRecord({ document, received }: ReadCredential): string | undefined {
  const assertedIn = (root: JsonObject) =>
    listOf(root['credentialSubject'])
      .filter(isJsonObject)
      .flatMap((subject) => listOf(subject['verifiableCredential']));
  const judged = assertedIn(received);
  const isJudged = (entry: unknown) =>
    isJsonObject(entry)
      ? listOf(entry['type']).includes('VerifiableCredential')
      : typeof entry === 'string' && isCompactJws(entry);
  if (!judged.every(isJudged)) return 'what it asserts is not all credentials';
  const named = new Set(judged.map((entry) => idOf(entry)));
  return assertedIn(document).every((entry) => named.has(idOf(entry)))
    ? undefined
    : 'it asserts credentials in a place where they are not looked for';
}

function faultOf20(document: JsonObject, firstContext: string): string | undefined {
  if (firstContext !== credentialsV2) return 'its first context is not that of the data model';
  const times = timesFault(document, ['validFrom', 'validUntil']);
  if (times !== undefined) return times;
  const { validFrom, validUntil } = document;
  if (
    typeof validFrom === 'string' &&
    typeof validUntil === 'string' &&
    Date.parse(validUntil) < Date.parse(validFrom)
  ) {
    return 'validUntil is before validFrom';
  }
  return (
    namesFault(document, 'the') ?? namesFault(document['issuer'], 'the issuer’s') ?? commonFault(document)
  );
}

/** A name is a text, or texts with their language said (2.0, section 11.1). */
function namesFault(thing: unknown, whose: string): string | undefined {
  if (!isJsonObject(thing)) return undefined;
  for (const name of ['name', 'description']) {
    const value = thing[name];
    if (value === undefined || typeof value === 'string') continue;
    const texts = listOf(value);
    if (texts.length === 0 || !texts.every(isJsonObject))
      return `${whose} ${name} is neither a text nor texts with their language`;
  }
  return undefined;
}

function faultOf11(document: JsonObject): string | undefined {
  if (!isTime(document['issuanceDate'])) return 'issuanceDate is not a date and time with an offset';
  // Its context has the names of 2.0 as well, and what they say counts.
  return timesFault(document, ['expirationDate', 'validFrom', 'validUntil']) ?? commonFault(document);
}

function timesFault(document: JsonObject, names: readonly string[]): string | undefined {
  const wrong = names.find((name) => document[name] !== undefined && !isTime(document[name]));
  return wrong === undefined ? undefined : `${wrong} is not a date and time with an offset`;
}

/**
 * The times that limit a token are numbers of seconds (RFC 7519, sections 4.1.4 and 4.1.5): any other is one that nobody
 * could keep to. `iat` limits nothing, so a text there, as the public test suite of VC-JOSE-COSE has it, is no fault.
 */
function faultOfClaims({ secured }: ReadCredential): string | undefined {
  if (secured.kind !== 'jwt') return undefined;
  const { claims } = secured;
  const wrong = ['nbf', 'exp'].find((claim) => claims[claim] !== undefined && !isClaimedTime(claims[claim]));
  return wrong === undefined ? undefined : `the token’s claim ${wrong} is no time in seconds`;
}

function commonFault(document: JsonObject): string | undefined {
  if (!listOf(document['type']).includes('VerifiableCredential'))
    return 'its type does not include VerifiableCredential';
  if (document['id'] !== undefined && !isAbsolute(document['id'])) return 'its id is not an absolute URL';
  if (Array.isArray(document['issuer']) || !isAbsolute(idOf(document['issuer'])))
    return 'its issuer is not one absolute URL';
  const subjects = listOf(document['credentialSubject']);
  if (subjects.length === 0) return 'it has no credentialSubject';
  if (!subjects.every((subject) => isJsonObject(subject) && Object.keys(subject).length > 0))
    return 'a credentialSubject says nothing';
  const typed = ['credentialStatus', 'credentialSchema', 'termsOfUse', 'evidence', 'refreshService'];
  const untyped = entriesFault(document, typed);
  if (untyped !== undefined) return untyped;
  if (!listOf(document['credentialSchema']).every((entry) => isAbsolute(idOf(entry))))
    return 'an entry of credentialSchema has no id';
  const related = listOf(document['relatedResource']);
  if (
    !related.every(
      (entry) =>
        isJsonObject(entry) &&
        isAbsolute(entry['id']) &&
        ('digestMultibase' in entry || 'digestSRI' in entry),
    )
  ) {
    return 'an entry of relatedResource has no id or no digest';
  }
  if (new Set(related.map(idOf)).size !== related.length) return 'two entries of relatedResource have one id';
  return undefined;
}

function entriesFault(document: JsonObject, names: readonly string[]): string | undefined {
  const untyped = names.find(
    (name) =>
      !listOf(document[name]).every((entry) => isJsonObject(entry) && listOf(entry['type']).length > 0),
  );
  return untyped === undefined ? undefined : `an entry of ${untyped} has no type`;
}

/** A registered claim that does not repeat the credential (VC-JOSE-COSE, section 3.1.3; Open Badges 3.0, section 8.2.2). */
function contradiction(claims: JsonObject, document: JsonObject): string | undefined {
  const subject =
    listOf(document['credentialSubject']).length === 1
      ? idOf(listOf(document['credentialSubject'])[0])
      : undefined;
  // On 1.1 a claim may repeat either of two names; which of them ends first is for `validity`.
  const seconds = (claim: string, ...names: readonly string[]): unknown => {
    const stated = names
      .map((name) => document[name])
      .filter((value) => typeof value === 'string')
      .map((value) => Math.floor(Date.parse(value) / 1000));
    return stated.find((time) => time === claims[claim]) ?? stated[0];
  };
  const { iss } = claims;
  const named = iss === undefined ? claims : { ...claims, iss: idOf(iss) ?? iss };
  return contradictionOf(named, {
    iss: idOf(document['issuer']),
    jti: document['id'],
    sub: subject,
    nbf: seconds('nbf', 'validFrom', 'issuanceDate'),
    exp: seconds('exp', 'validUntil', 'expirationDate'),
  });
}

function contradictionOf(
  claims: JsonObject,
  expected: Readonly<Record<string, unknown>>,
): string | undefined {
  return Object.keys(expected).find(
    (claim) =>
      claims[claim] !== undefined && expected[claim] !== undefined && claims[claim] !== expected[claim],
  );
}

function isAbsolute(value: unknown): boolean {
  return typeof value === 'string' && absolute.test(value);
}
