import type { BasePorts, DistrictId, Instant, StatusListId, Stored } from '../kernel/index.js';
import type { SecuringPorts, Signer } from '../securing/index.js';
import { encodeList, minimumEntries } from './bitstring.js';
import type { StatusStore } from './store.js';

/** `revocation` is never set back; `suspension` may be (Bitstring Status List 1.0, section 2.2). */
export const statusPurposes = ['revocation', 'suspension'] as const;
export type StatusPurpose = (typeof statusPurposes)[number];

/** A list as it was signed last. */
export interface PublishedList {
  /** The signed BitstringStatusListCredential, byte for byte. */
  readonly text: string;
  readonly validFrom: Instant;
  readonly validUntil: Instant;
  /** The `revision` of the bits that it tells. */
  readonly revision: number;
}

/** One Bitstring Status List of a district and purpose. */
export interface StatusList extends Stored {
  readonly id: StatusListId;
  readonly district: DistrictId;
  readonly purpose: StatusPurpose;
  /** Who issues it, and whatever has its entries: the DID in force when it was opened. */
  readonly issuer: string;
  /** The address of the service under which it is published for good, without a slash at the end. */
  readonly publicUrl: string;
  readonly size: number;
  readonly state: 'open' | 'closed';
  /** 1 while open, null after: with `purpose` a unique key, so that one list at a time gives out indexes. */
  readonly openSlot: 1 | null;
  /** How many slots were leased to processes so far; what a process did not use is never used. */
  readonly leased: number;
  /** Key of the permutation from slots to indexes, in hex. */
  readonly permutationKey: string;
  /** The bits as `encodedList`. */
  readonly encodedList: string;
  /** How often the bits were changed. */
  readonly revision: number;
  readonly published: PublishedList | null;
  readonly createdAt: Instant;
}

/** What the use cases of this room need. */
export interface StatusPorts extends BasePorts {
  /** No slash at the end. */
  readonly publicUrl: string;
  readonly store: StatusStore;
  readonly securing: SecuringPorts;
}

/** Which list. */
export interface ListRef {
  readonly district: DistrictId;
  /** The district's slug, in the list's URL. */
  readonly slug: string;
  readonly list: StatusListId;
  /** For a list that is no district's: its own path, and who signs it. */
  readonly apart?: { readonly path: string; readonly signer: Signer };
}

/** The most slots of a list that are given out: at 75 % it is closed and a new one opened. */
export function capacity(list: Pick<StatusList, 'size'>): number {
  return Math.floor(list.size * 0.75);
}

/** The bits of a new list: none set. */
export function emptyList(): { readonly size: number; readonly encodedList: string } {
  return { size: minimumEntries, encodedList: encodeList(new Uint8Array(minimumEntries / 8)) };
}

/** Where a list is published, and the id of its credential: `{publicUrl}/d/{slug}/status/{list}`. */
export function statusListUrl(slug: string, { publicUrl, id }: Pick<StatusList, 'publicUrl' | 'id'>): string {
  return `${publicUrl}/d/${slug}/status/${id}`;
}
