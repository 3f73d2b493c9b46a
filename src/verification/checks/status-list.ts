import { AppError, type Instant } from '../../kernel/index.js';
import { isJsonObject, type JsonObject } from '../../securing/index.js';
import { entryAt } from '../../status/index.js';
import { couldNotCheck, type Finding } from '../finding.js';
import { english, say } from '../messages.js';
import { readCredential } from '../read-credential.js';
import { idOf, listOf, statusListLimits, type ReadCredential } from '../reading.js';
import { listFingerprint, rememberedList, rememberList } from '../remembered-lists.js';
import type { Fetched } from '../resolver.js';
import type { Resources } from '../resources.js';
import { checkDataModel } from './data-model.js';
import { checkProof } from './proof.js';
import { checkValidity } from './validity.js';

/** What one entry of `credentialStatus` came to. Only a `set` revocation or suspension decides. */
export type ReadEntry =
  | {
      readonly kind: 'clear' | 'set';
      readonly purpose: string;
      /** Since when the list says so: its age. */
      readonly listed: string;
      /** When the list was had from its issuer. */
      readonly checked: string;
      readonly also?: Finding['also'];
    }
  | { readonly kind: 'unread'; readonly finding: Finding };

/** `refresh` and `message` are told and decide nothing (Bitstring Status List 1.0, section 2.1). */
const knownPurposes = ['revocation', 'suspension', 'refresh', 'message'];

/** More bits for one entry than this would need more messages than a credential may hold. */
const sizeLimit = 10;

/** The two kinds of entry, each with the list that it points at. */
const kinds = {
  BitstringStatusListEntry: {
    credential: 'BitstringStatusListCredential',
    subject: 'BitstringStatusList',
    legacy: false,
  },
  StatusList2021Entry: { credential: 'StatusList2021Credential', subject: 'StatusList2021', legacy: true },
} as const;
type Kind = (typeof kinds)[keyof typeof kinds];

/** Reads the bit or bits of one entry from the issuer's list. */
export async function readStatusListEntry(
  entry: JsonObject,
  credential: ReadCredential,
  resources: Resources,
  now: Instant,
): Promise<ReadEntry> {
  const type = entry['type'] as keyof typeof kinds;
  const { statusPurpose: purpose, statusListIndex: index, statusListCredential: url } = entry as {
    readonly [member: string]: unknown;
  }; // prettier-ignore
  if (typeof purpose !== 'string' || !knownPurposes.includes(purpose))
    return unread(couldNotCheck('status.unsupported', { type: `${type} for ${listOf(purpose).join(', ')}` }));
  if (typeof index !== 'string' || !/^(0|[1-9]\d{0,14})$/.test(index))
    return malformed('its statusListIndex is no whole number written as text');
  if (typeof url !== 'string') return malformed('it has no statusListCredential');
  const size = sizeOf(entry);
  if (typeof size === 'string') return malformed(size);
  if (size > sizeLimit)
    return unread(couldNotCheck('status.unsupported', { type: `${type} of more than ${sizeLimit} bits` }));

  const fetched = resources.statusLists.get(url);
  if (fetched === undefined)
    return unread(
      couldNotCheck('status.unavailable', { reason: `${url} was not fetched: there are too many.` }),
    );
  if (!fetched.ok) return unread(couldNotCheck('status.unavailable', { reason: fetched.reason }));
  const list = await openList(fetched, url, kinds[type], credential, resources, now);
  if ('outcome' in list) return unread(list);
  const listPurposes = listOf(list.subject['statusPurpose']);
  if (!listPurposes.includes(purpose))
    return unread(couldNotCheck('status.list-purpose', { listPurpose: listPurposes.join(', '), purpose }));
  try {
    const form = { size, legacy: kinds[type].legacy };
    const value = entryAt(list.subject['encodedList'], Number(index), form);
    return {
      kind: value === 0 ? 'clear' : 'set',
      purpose,
      listed: list.listed,
      checked: fetched.fetchedAt ?? now,
      also: told(entry, purpose, value),
    };
  } catch (error) {
    if (error instanceof AppError)
      return unread(couldNotCheck('status.list-index', { index, reason: error.message }));
    throw error;
  }
}

/** The number of bits of an entry, or what is wrong with its statement. */
function sizeOf(entry: JsonObject): number | string {
  const stated = entry['statusSize'];
  const size = stated === undefined ? 1 : stated;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1)
    return 'its statusSize is no whole number above zero';
  const messages = listOf(entry['statusMessage']);
  const isNeeded = size > 1 || messages.length > 0;
  if (isNeeded && messages.length !== 2 ** size)
    return `it has ${messages.length} of the ${2 ** size} status messages that ${size} bits can say`;
  return size;
}

/** What an entry says beside its decision. */
function told(entry: JsonObject, purpose: string, value: number): NonNullable<Finding['also']> {
  if (purpose === 'refresh') return value === 0 ? [] : [{ message: 'status.newer', facts: {} }];
  if (purpose !== 'message') return [];
  const hex = `0x${value.toString(16)}`;
  const stated = listOf(entry['statusMessage'])
    .filter(isJsonObject)
    .find(({ status }) => typeof status === 'string' && Number(status) === value && /^0x/i.test(status));
  const text = typeof stated?.['message'] === 'string' ? stated['message'] : value === 0 ? 'unset' : 'set';
  return [{ message: 'status.message', facts: { value: hex, text } }];
}

interface OpenList {
  readonly subject: JsonObject;
  readonly listed: string;
}

/** The list as a credential of its own (section 3.2, steps 2 to 6): read, by the same issuer, signed, in its period. */
async function openList(
  { bytes }: Fetched,
  url: string,
  kind: Kind,
  credential: ReadCredential,
  resources: Resources,
  now: Instant,
): Promise<OpenList | Finding> {
  const fingerprint = listFingerprint(bytes, resources);
  const known = rememberedList(fingerprint);
  const list = known ?? (await readList(bytes));
  if ('outcome' in list) return list;
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
    !listOf(document['type']).includes(kind.credential) ||
    !isJsonObject(subject) ||
    !listOf(subject['type']).includes(kind.subject)
  ) {
    return couldNotCheck('status.list-unreadable', { reason: `It is no ${kind.credential}.` });
  }
  if (known === undefined) {
    const proof = await checkProof(list, resources, now);
    if (proof.outcome !== 'passed') return couldNotCheck('status.list-proof', { reason: words(proof) });
    rememberList(fingerprint, list, bytes.byteLength, resources);
  }
  const period = checkValidity(list, now);
  if (period.outcome === 'failed') return couldNotCheck('status.list-period', { reason: words(period) });
  const listed = document['validFrom'] ?? document['issuanceDate'];
  return { subject, listed: String(listed ?? 'no stated date') };
}

async function readList(bytes: Uint8Array): Promise<ReadCredential | Finding> {
  const { credential, findings } = await readCredential(bytes, statusListLimits);
  if (credential !== undefined) return credential;
  const stop = Object.values(findings).find(
    ({ outcome }) => outcome === 'failed' || outcome === 'could-not-check',
  );
  return couldNotCheck('status.list-unreadable', { reason: stop === undefined ? '' : words(stop) });
}

function malformed(reason: string): ReadEntry {
  return unread(couldNotCheck('status.malformed', { reason }));
}

function unread(finding: Finding): ReadEntry {
  return { kind: 'unread', finding };
}

/** A finding about the list, told within one about the credential. */
function words(finding: Finding): string {
  return say(english, finding.message, finding.facts);
}
