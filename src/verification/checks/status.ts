import type { Instant } from '../../kernel/index.js';
import { isJsonObject, type JsonObject } from '../../securing/index.js';
import { couldNotCheck, failed, notApplicable, passed, type Finding } from '../finding.js';
import { idOf, listOf, type ReadCredential } from '../reading.js';
import type { StandingAnswer } from '../resolver.js';
import type { Resources } from '../resources.js';
import { readRevocationList } from './revocation-list.js';
import { standingAnswer } from './standing.js';
import { readStatusListEntry, type ReadEntry } from './status-list.js';

/**
 * What the issuer's lists say of the credential (Bitstring Status List 1.0, section 3.2, its forerunner of 2021, and
 * the revocation lists of 1EdTech), and the standing that the issuer gives. A set bit is final; a standing never
 * clears one. A list by anybody else, out of date, or for another purpose says nothing, so then nobody knows.
 */
export async function checkStatus(
  credential: ReadCredential,
  resources: Resources,
  now: Instant,
): Promise<Finding> {
  const entries = listOf(credential.document['credentialStatus']);
  const read = await Promise.all(entries.map((entry) => readEntry(entry, credential, resources, now)));
  const also = read.flatMap((entry) => (entry.kind === 'unread' ? [] : (entry.also ?? [])));
  const standing = await standingAnswer(credential, resources, now);
  const finding = decide(read, credential.document, standing, now);
  return also.length === 0 ? finding : { ...finding, also };
}

function readEntry(
  entry: unknown,
  credential: ReadCredential,
  resources: Resources,
  now: Instant,
): ReadEntry | Promise<ReadEntry> {
  if (!isJsonObject(entry))
    return { kind: 'unread', finding: couldNotCheck('status.malformed', { reason: 'it is not an object' }) };
  switch (entry['type']) {
    case 'BitstringStatusListEntry':
    case 'StatusList2021Entry':
      return readStatusListEntry(entry, credential, resources, now);
    case '1EdTechRevocationList':
      return readRevocationList(entry, credential, resources, now);
    default:
      return {
        kind: 'unread',
        finding: couldNotCheck('status.unsupported', { type: listOf(entry['type']).join(', ') }),
      };
  }
}

function decide(
  read: readonly ReadEntry[],
  document: JsonObject,
  answer: StandingAnswer,
  now: Instant,
): Finding {
  const standing = document['id'] !== undefined && answer.ok ? answer.standing : undefined;
  const instead = standing?.replacedBy;
  const revoked = read.find((entry) => entry.kind === 'set' && entry.purpose === 'revocation');
  if (revoked?.kind === 'set') {
    const replacedBy = instead ?? (standing?.state === 'active' ? idOf(document['id']) : undefined);
    const facts = { listed: revoked.listed, checked: revoked.checked };
    if (replacedBy === undefined) return failed('status.revoked', facts, 'revoked');
    return { ...failed('status.corrected', { ...facts, replacedBy }, 'revoked'), replacedBy };
  }
  if (standing?.state === 'revoked' || standing?.state === 'superseded') {
    const facts = { since: standing.since, reason: standing.reason ?? 'no reason given', checked: now };
    if (instead === undefined) return failed('status.standing-revoked', facts, 'revoked');
    return {
      ...failed('status.corrected', { ...facts, replacedBy: instead }, 'revoked'),
      replacedBy: instead,
    };
  }
  const suspended = read.find((entry) => entry.kind === 'set' && entry.purpose === 'suspension');
  if (suspended?.kind === 'set') {
    const { listed, checked } = suspended;
    return failed('status.suspended', { listed, checked }, 'suspended');
  }
  if (standing?.state === 'suspended') {
    const reason = standing.reason ?? 'no reason given';
    return failed('status.standing-suspended', { since: standing.since, reason, checked: now }, 'suspended');
  }
  const unread = read.find((entry) => entry.kind === 'unread');
  if (unread?.kind === 'unread') return unread.finding;
  if (!answer.ok && answer.kind !== 'not-asked') {
    if (answer.kind === 'absent') return couldNotCheck('status.standing-absent');
    return answer.kind === 'invalid'
      ? couldNotCheck('status.standing-invalid', { reason: answer.reason })
      : couldNotCheck('status.unavailable', { reason: answer.reason });
  }
  return clear(read, standing?.since, now);
}

/** Nothing speaks against it. The oldest of several lists is the one that is told. */
function clear(read: readonly ReadEntry[], since: string | undefined, now: Instant): Finding {
  const heard = read
    .flatMap((entry) => (entry.kind === 'unread' ? [] : [entry]))
    .sort((a, b) => Date.parse(a.checked) - Date.parse(b.checked));
  const first = heard[0];
  if (first === undefined) {
    return since === undefined
      ? notApplicable('status.none')
      : passed('status.standing', { since, checked: now });
  }
  const facts = { listed: first.listed, checked: first.checked };
  const words = new Set(
    heard.flatMap(({ purpose }) =>
      purpose === 'revocation' ? ['revoked'] : purpose === 'suspension' ? ['suspended'] : [],
    ),
  );
  return words.size === 0
    ? passed('status.told', facts)
    : passed('status.good', { purposes: [...words].join(' or '), ...facts });
}
