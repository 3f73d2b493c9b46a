import { credentialsV1, credentialsV2, isJsonObject, type JsonObject } from '../../securing/index.js';
import { failed, passed, type Finding } from '../finding.js';
import { idOf, listOf, type ReadCredential } from '../reading.js';

/** XML Schema dateTimeStamp: a date and time with its offset. */
const dateTimeStamp = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;

/** The rules of the Verifiable Credentials Data Model (2.0, section 4; 1.1, section 4) that its terms do not enforce. */
export function checkDataModel({ document, secured, firstContext }: ReadCredential): Finding {
  const isOlder = firstContext === credentialsV1;
  const reason = isOlder ? faultOf11(document) : faultOf20(document, firstContext);
  if (reason !== undefined) return failed('data-model.fault', { reason, version: isOlder ? '1.1' : '2.0' });
  if (secured.kind === 'jwt') {
    const claim = contradiction(secured.claims, document);
    if (claim !== undefined) return failed('data-model.claims', { claim });
  }
  return passed('data-model.ok', { version: isOlder ? '1.1' : '2.0' });
}

function faultOf20(document: JsonObject, firstContext: string): string | undefined {
  if (firstContext !== credentialsV2) return 'its first context is not that of the data model';
  for (const name of ['validFrom', 'validUntil']) {
    if (document[name] !== undefined && !isTime(document[name]))
      return `${name} is not a date and time with an offset`;
  }
  const { validFrom, validUntil } = document;
  if (
    typeof validFrom === 'string' &&
    typeof validUntil === 'string' &&
    Date.parse(validUntil) < Date.parse(validFrom)
  ) {
    return 'validUntil is before validFrom';
  }
  return commonFault(document);
}

function faultOf11(document: JsonObject): string | undefined {
  if (!isTime(document['issuanceDate'])) return 'issuanceDate is not a date and time with an offset';
  if (document['expirationDate'] !== undefined && !isTime(document['expirationDate']))
    return 'expirationDate is not a date and time with an offset';
  return commonFault(document);
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
  for (const name of ['credentialStatus', 'credentialSchema', 'termsOfUse', 'evidence', 'refreshService']) {
    if (!listOf(document[name]).every((entry) => isJsonObject(entry) && listOf(entry['type']).length > 0)) {
      return `an entry of ${name} has no type`;
    }
  }
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
  return undefined;
}

/** A registered claim that does not repeat the credential (VC-JOSE-COSE, section 3.1.3; Open Badges 3.0, section 8.2.2). */
function contradiction(claims: JsonObject, document: JsonObject): string | undefined {
  const subject =
    listOf(document['credentialSubject']).length === 1
      ? idOf(listOf(document['credentialSubject'])[0])
      : undefined;
  const seconds = (name: string): number | undefined =>
    typeof document[name] === 'string' ? Math.floor(Date.parse(document[name]) / 1000) : undefined;
  const expected: Readonly<Record<string, unknown>> = {
    iss: idOf(document['issuer']),
    jti: document['id'],
    sub: subject,
    nbf: seconds('validFrom'),
    exp: seconds('validUntil'),
  };
  return Object.keys(expected).find(
    (claim) =>
      claims[claim] !== undefined && expected[claim] !== undefined && claims[claim] !== expected[claim],
  );
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && dateTimeStamp.test(value) && !Number.isNaN(Date.parse(value));
}

function isAbsolute(value: unknown): boolean {
  return typeof value === 'string' && absolute.test(value);
}
