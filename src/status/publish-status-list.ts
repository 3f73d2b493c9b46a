import { found, plusSeconds, update, type Instant } from '../kernel/index.js';
import {
  credentialsV2,
  proofKeyType,
  proofKeyTypes,
  secureWithSuite,
  signerFor,
  type JsonObject,
} from '../securing/index.js';
import {
  statusListUrl,
  type ListRef,
  type PublishedList,
  type StatusList,
  type StatusPorts,
} from './status-list.js';

/** How long a signed list is good for: a day, so that a lost key or an unreachable service shows within one. */
const lifetimeSeconds = 24 * 60 * 60;

/** How long a verifier may keep it, in milliseconds. */
const timeToLive = 300_000;

/**
 * Signs the list as it stands now (BitstringStatusListCredential, Bitstring Status List 1.0, section 2.1) and keeps
 * the text. When it returns, every bit set before is in the published text.
 * @throws not-found
 */
export async function publishStatusList(ports: StatusPorts, ref: ListRef): Promise<PublishedList> {
  return keepPublished(ports, ref, () => true);
}

/**
 * The published text of a list. Signs it anew first when it was never signed, when bits have changed since, or when
 * half of its life has passed.
 * @throws not-found
 */
export async function readPublishedList(ports: StatusPorts, ref: ListRef): Promise<PublishedList> {
  const list = found(await ports.store.list(ref.district, ref.list), 'status list');
  const stale = (kept: StatusList): boolean => isStale(ports, kept);
  if (list.published !== null && !stale(list)) return list.published;
  return keepPublished(ports, ref, stale);
}

function isStale(ports: StatusPorts, list: StatusList): boolean {
  if (list.published === null || list.published.revision !== list.revision) return true;
  return ports.clock.now() >= plusSeconds(list.published.validFrom, lifetimeSeconds / 2);
}

async function keepPublished(
  ports: StatusPorts,
  ref: ListRef,
  isDue: (list: StatusList) => boolean,
): Promise<PublishedList> {
  const kept = await update<StatusList>(
    ports.store.lists,
    ref.district,
    ref.list,
    async (list) => (isDue(list) ? { ...list, published: await signList(ports, ref, list) } : undefined),
    'status list',
  );
  return kept.published!;
}

async function signList(ports: StatusPorts, ref: ListRef, list: StatusList): Promise<PublishedList> {
  const { district, apart } = ref;
  const signer = apart?.signer ?? (await signerFor(ports.securing, { district, did: list.issuer }, 'proof'));
  const url = apart === undefined ? statusListUrl(ref.slug, list) : `${list.publicUrl}${apart.path}`;
  const validFrom = ports.clock.now();
  const validUntil = plusSeconds(validFrom, lifetimeSeconds);
  const credential = statusListCredential({ ...list, url, validFrom });
  const suite = proofKeyTypes[proofKeyType(signer.algorithm) ?? 'Ed25519'].suites[0];
  const signed = await secureWithSuite({ credential, suite, signer, created: validFrom });
  return {
    text: JSON.stringify(signed),
    validFrom,
    validUntil,
    revision: list.revision,
  };
}

/** The list as a credential that is not signed yet. */
export function statusListCredential(
  list: Pick<StatusList, 'purpose' | 'issuer' | 'encodedList'> & {
    readonly url: string;
    readonly validFrom: Instant;
  },
): JsonObject {
  return {
    '@context': [credentialsV2],
    id: list.url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: list.issuer,
    validFrom: list.validFrom,
    validUntil: plusSeconds(list.validFrom, lifetimeSeconds),
    credentialSubject: {
      id: `${list.url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: list.purpose,
      ttl: timeToLive,
      encodedList: list.encodedList,
    },
  };
}
