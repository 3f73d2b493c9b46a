import { hashedIdentity, isJsonObject, type JsonObject } from '../../securing/index.js';
import { couldNotCheck, failed, notApplicable, passed, type Finding } from '../finding.js';
import { listOf, type ReadCredential } from '../reading.js';

/** Whether it was issued to the e-mail address that the verifier typed (Open Badges 3.0, IdentityObject). */
export function checkRecipient({ document }: ReadCredential, email: string | undefined): Finding {
  if (email === undefined || email.trim() === '') return notApplicable('recipient.not-asked');
  const count = listOf(document['credentialSubject']).length;
  if (count > 1) return couldNotCheck('recipient.several', { count });
  const identities = emailIdentities(document);
  if (identities.length === 0) return couldNotCheck('recipient.none');
  const typed = email.trim();
  // Hashed as it was typed and in lower case: issuers differ in which they hash.
  const spellings = [...new Set([typed, typed.toLowerCase()])];
  return identities.some((identity) => spellings.some((spelling) => isThis(identity, spelling)))
    ? passed('recipient.match')
    : failed('recipient.other');
}

/** The identities of the holder that an e-mail address can be compared with. */
export function emailIdentities(document: JsonObject): readonly JsonObject[] {
  return listOf(document['credentialSubject'])
    .filter(isJsonObject)
    .flatMap((subject) => listOf(subject['identifier']))
    .filter(isJsonObject)
    .filter(
      (identity) =>
        identity['identityType'] === 'emailAddress' && typeof identity['identityHash'] === 'string',
    );
}

function isThis(identity: JsonObject, email: string): boolean {
  const stated = String(identity['identityHash']);
  if (identity['hashed'] !== true) return stated.toLowerCase() === email.toLowerCase();
  const salt = typeof identity['salt'] === 'string' ? identity['salt'] : '';
  const hashed = hashedIdentity(email, salt);
  // The specification writes `sha256$` before the hex; many badges leave it out.
  return stated === hashed || `sha256$${stated}` === hashed;
}
