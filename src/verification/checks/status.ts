import { AppError, type Instant } from '../../kernel/index.js';
import { isJsonObject, type JsonObject } from '../../securing/index.js';
import { isBitSet } from '../../status/index.js';
import { couldNotCheck, failed, notApplicable, passed, type Finding } from '../finding.js';
import { english, say } from '../messages.js';
import { readCredential } from '../read-credential.js';
import { idOf, listOf, statusListLimits, type ReadCredential } from '../reading.js';
import type { Resources } from '../resources.js';
import { checkDataModel } from './data-model.js';
import { checkProof } from './proof.js';
import { checkValidity } from './validity.js';

const knownPurposes = ['revocation', 'suspension'];

/**
 * The bits on the issuer's lists (Bitstring Status List 1.0, section 3.2), and the standing that the issuer gives.
 * A set bit is final; a standing never clears one. A list by anybody else, out of date, or for another purpose
 * says nothing, so then nobody knows.
 */
export async function checkStatus(
  credential: ReadCredential,
  resources: Resources,
  now: Instant,
): Promise<Finding> {
  const entries = listOf(credential.document['credentialStatus']);
  const read = await Promise.all(entries.map((entry) => readEntry(entry, credential, resources, now)));
  const standing = standingOf(credential.document, resources);
  const instead = standing?.replacedBy;
  const revoked = read.find((entry) => entry.kind === 'set' && entry.purpose === 'revocation');
  if (revoked?.kind === 'set') {
    const replacedBy =
      instead ?? (standing?.state === 'active' ? idOf(credential.document['id']) : undefined);
    if (replacedBy === undefined) return failed('status.revoked', { listed: revoked.listed }, 'revoked');
    return { ...failed('status.corrected', { replacedBy, listed: revoked.listed }, 'revoked'), replacedBy };
  }
  if (standing?.state === 'revoked' || standing?.state === 'superseded') {
    const facts = { since: standing.since, reason: standing.reason ?? 'no reason given' };
    if (instead === undefined) return failed('status.standing-revoked', facts, 'revoked');
    return {
      ...failed('status.corrected', { ...facts, replacedBy: instead }, 'revoked'),
      replacedBy: instead,
    };
  }
  const suspended = read.find((entry) => entry.kind === 'set');
  if (suspended?.kind === 'set') return failed('status.suspended', { listed: suspended.listed }, 'suspended');
  if (standing?.state === 'suspended') {
    return failed(
      'status.standing-suspended',
      { since: standing.since, reason: standing.reason ?? 'no reason given' },
      'suspended',
    );
  }
  const unread = read.find((entry) => entry.kind === 'unread');
  if (unread?.kind === 'unread') return unread.finding;
  if (!resources.standing.ok && resources.standing.kind !== 'not-asked') {
    return resources.standing.kind === 'absent'
      ? couldNotCheck('status.standing-absent')
      : couldNotCheck('status.unavailable', { reason: resources.standing.reason });
  }
  const clear = read.flatMap((entry) => (entry.kind === 'clear' ? [entry] : []));
  if (clear.length > 0) {
    const purposes = clear
      .map(({ purpose }) => (purpose === 'revocation' ? 'revoked' : 'suspended'))
      .join(' or ');
    return passed('status.good', { purposes, listed: clear[0]!.listed, checked: now });
  }
  return standing === undefined
    ? notApplicable('status.none')
    : passed('status.standing', { since: standing.since });
}

type ReadEntry =
  | { readonly kind: 'clear' | 'set'; readonly purpose: string; readonly listed: string }
  | { readonly kind: 'unread'; readonly finding: Finding };

async function readEntry(
  entry: unknown,
  credential: ReadCredential,
  resources: Resources,
  now: Instant,
): Promise<ReadEntry> {
  if (!isJsonObject(entry))
    return unread(couldNotCheck('status.malformed', { reason: 'it is not an object' }));
  const {
    type,
    statusPurpose: purpose,
    statusListIndex: index,
    statusListCredential: url,
  } = entry as Record<string, unknown>;
  if (type !== 'BitstringStatusListEntry')
    return unread(couldNotCheck('status.unsupported', { type: listOf(type).join(', ') }));
  if (typeof purpose !== 'string' || !knownPurposes.includes(purpose)) {
    return unread(couldNotCheck('status.unsupported', { type: `${type} for ${listOf(purpose).join(', ')}` }));
  }
  if (entry['statusSize'] !== undefined && String(entry['statusSize']) !== '1') {
    return unread(couldNotCheck('status.unsupported', { type: `${type} of more than one bit` }));
  }
  if (typeof index !== 'string' || !/^(0|[1-9]\d{0,14})$/.test(index)) {
    return unread(
      couldNotCheck('status.malformed', { reason: 'its statusListIndex is no whole number written as text' }),
    );
  }
  if (typeof url !== 'string')
    return unread(couldNotCheck('status.malformed', { reason: 'it has no statusListCredential' }));
  const fetched = resources.statusLists.get(url);
  if (fetched === undefined)
    return unread(
      couldNotCheck('status.unavailable', { reason: `${url} was not fetched: there are too many.` }),
    );
  if (!fetched.ok) return unread(couldNotCheck('status.unavailable', { reason: fetched.reason }));

  const list = await openList(fetched.bytes, url, credential, resources, now);
  if ('outcome' in list) return unread(list);
  const listPurposes = listOf(list.subject['statusPurpose']);
  if (!listPurposes.includes(purpose))
    return unread(couldNotCheck('status.list-purpose', { listPurpose: listPurposes.join(', '), purpose }));
  try {
    const set = isBitSet(list.subject['encodedList'], Number(index));
    return { kind: set ? 'set' : 'clear', purpose, listed: list.listed };
  } catch (error) {
    if (error instanceof AppError)
      return unread(couldNotCheck('status.list-index', { index, reason: error.message }));
    throw error;
  }
}

interface OpenList {
  readonly subject: JsonObject;
  /** Since when the list says so: its age. */
  readonly listed: string;
}

/** The list as a credential of its own (section 3.2, steps 2 to 6): read, by the same issuer, signed, in its period. */
async function openList(
  bytes: Uint8Array,
  url: string,
  credential: ReadCredential,
  resources: Resources,
  now: Instant,
): Promise<OpenList | Finding> {
  const { credential: list, findings } = await readCredential(bytes, statusListLimits);
  if (list === undefined) {
    const stop = Object.values(findings).find(
      ({ outcome }) => outcome === 'failed' || outcome === 'could-not-check',
    );
    return couldNotCheck('status.list-unreadable', { reason: stop === undefined ? '' : words(stop) });
  }
  const { document } = list;
  const issuer = idOf(credential.document['issuer']) ?? '';
  const listIssuer = idOf(document['issuer']) ?? 'nobody';
  if (listIssuer !== issuer) return couldNotCheck('status.list-issuer', { listIssuer });
  if (document['id'] !== undefined && document['id'] !== url)
    return couldNotCheck('status.list-id', { url, id: String(document['id']) });
  const model = checkDataModel(list);
  if (model.outcome !== 'passed') return couldNotCheck('status.list-unreadable', { reason: words(model) });
  const subject = document['credentialSubject'];
  if (
    !listOf(document['type']).includes('BitstringStatusListCredential') ||
    !isJsonObject(subject) ||
    subject['type'] !== 'BitstringStatusList'
  ) {
    return couldNotCheck('status.list-unreadable', { reason: 'It is no BitstringStatusListCredential.' });
  }
  const proof = await checkProof(list, resources, now);
  if (proof.outcome !== 'passed') return couldNotCheck('status.list-proof', { reason: words(proof) });
  const period = checkValidity(list, now);
  if (period.outcome === 'failed') return couldNotCheck('status.list-period', { reason: words(period) });
  return { subject, listed: String(document['validFrom'] ?? 'no stated date') };
}

function standingOf(document: JsonObject, { standing }: Resources) {
  return document['id'] !== undefined && standing.ok ? standing.standing : undefined;
}

function unread(finding: Finding): ReadEntry {
  return { kind: 'unread', finding };
}

/** A finding about the list, told within one about the credential. */
function words(finding: Finding): string {
  return say(english, finding.message, finding.facts);
}
