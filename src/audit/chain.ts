import { createHash } from 'node:crypto';
import type { CollectionSpec, Stored } from '../kernel/index.js';
import type { AuditEntry } from './audit-entry.js';
import { jcs } from './canonical.js';

/** One link of a district's chain. `id` is the entry's id, so an entry is in the chain at most once. */
export interface ChainLink extends Stored {
  /** 1, 2, 3 ... in each district, without gap. */
  readonly seq: number;
  /** The entry as JCS (RFC 8785): the exact text that is hashed. */
  readonly entry: string;
  /** hex SHA-256(previous link's hash || entry); the first previous hash is 64 zeros. */
  readonly hash: string;
  /** The collection and the id of what the entry is about, to find it by; not hashed, and verified against the entry. */
  readonly kind: string;
  readonly subject: string;
}

export const auditChain: CollectionSpec<ChainLink> = {
  name: 'auditChain',
  scope: 'district',
  unique: [{ name: 'bySeq', fields: ['seq'] }],
  indexes: [
    { name: 'inOrder', equality: [], order: 'seq' },
    { name: 'ofKind', equality: ['kind'], order: 'seq' },
    { name: 'ofSubject', equality: ['subject'], order: 'seq' },
  ],
};

/** The hash before the first link. */
export const firstPreviousHash = '0'.repeat(64);

/** The link that `entry` makes after `head`, or as the first where there is none. */
export function linkAfter(
  head: Pick<ChainLink, 'seq' | 'hash'> | undefined,
  district: string,
  entry: AuditEntry,
): Omit<ChainLink, 'version'> {
  const text = jcs(entry);
  return {
    id: entry.id,
    district,
    seq: (head?.seq ?? 0) + 1,
    entry: text,
    hash: linkHash(head?.hash ?? firstPreviousHash, text),
    kind: entry.subject.collection,
    subject: entry.subject.id,
  };
}

/** hex SHA-256 of the hash before and the entry's canonical text, in UTF-8. */
export function linkHash(previous: string, entry: string): string {
  return createHash('sha256').update(previous).update(entry).digest('hex');
}
