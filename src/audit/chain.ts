import { createHash } from 'node:crypto';
import type { CollectionSpec, Stored } from '../kernel/index.js';
import { jcs, type AuditEntry } from './audit-entry.js';

/** One link of a district's chain. `id` is the entry's id, so an entry is in the chain at most once. */
export interface ChainLink extends Stored {
  /** 1, 2, 3 ... in each district, without gap. */
  readonly seq: number;
  /** The entry as JCS (RFC 8785): the exact text that is hashed. */
  readonly entry: string;
  /** hex SHA-256(previous link's hash || entry); the first previous hash is 64 zeros. */
  readonly hash: string;
}

export const auditChain: CollectionSpec<ChainLink> = {
  name: 'auditChain',
  scope: 'district',
  unique: [{ name: 'bySeq', fields: ['seq'] }],
  indexes: [{ name: 'inOrder', equality: [], order: 'seq' }],
};

/** The hash before the first link. */
export const firstPreviousHash = '0'.repeat(64);

/** The link that `entry` makes after `head`, or as the first where there is none. */
export function linkAfter(
  head: ChainLink | undefined,
  district: string,
  entry: AuditEntry,
): Omit<ChainLink, 'version'> {
  const text = jcs(entry);
  return {
    id: entry.id,
    district,
    seq: (head?.seq ?? 0) + 1,
    entry: text,
    hash: hashOf(head?.hash ?? firstPreviousHash, text),
  };
}

export type ChainVerdict =
  | { readonly ok: true; readonly entries: number }
  | { readonly ok: false; readonly entries: number; readonly firstBad: number; readonly reason: string };

/**
 * Checks links in order from the first: sequence without gap, hashes that follow, each entry under its own id and once.
 * `entries` counts the links before the first bad one. Says nothing of links cut off at the end: that takes a head.
 */
export async function verifyChain(
  links: AsyncIterable<Omit<ChainLink, 'version'>> | Iterable<Omit<ChainLink, 'version'>>,
): Promise<ChainVerdict> {
  const ids = new Set<string>();
  let previous = firstPreviousHash;
  let entries = 0;
  for await (const link of links) {
    const fault = faultOf(link, entries + 1, previous, ids);
    if (fault !== undefined) return { ok: false, entries, firstBad: entries + 1, reason: fault };
    ids.add(link.id);
    previous = link.hash;
    entries += 1;
  }
  return { ok: true, entries };
}

function faultOf(
  link: Omit<ChainLink, 'version'>,
  seq: number,
  previous: string,
  ids: ReadonlySet<string>,
): string | undefined {
  if (link.seq !== seq) return `the link after ${seq - 1} is ${link.seq}`;
  if (link.hash !== hashOf(previous, link.entry))
    return 'the hash does not follow from the entry and the hash before';
  if (ids.has(link.id)) return `the entry ${link.id} is in the chain already`;
  let entry: unknown;
  try {
    entry = JSON.parse(link.entry);
  } catch {
    return 'the entry is no JSON';
  }
  if ((entry as { id?: unknown } | null)?.id !== link.id) return 'the entry has another id than its link';
  return undefined;
}

function hashOf(previous: string, entry: string): string {
  return createHash('sha256').update(previous).update(entry).digest('hex');
}
