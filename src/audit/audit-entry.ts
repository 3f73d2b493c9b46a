import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Actor, AuditEntryId, Instant, Json, MemberId } from '../kernel/index.js';

/** One thing that somebody decided or changed. Holds ids, levels and digests, never words of people. */
export interface AuditEntry {
  readonly id: AuditEntryId;
  readonly at: Instant;
  /** The member who acted, or `service` for background work. */
  readonly actor: MemberId | 'service';
  /** What was done, in the past tense of the domain: `published`, `committed`, `revoked`. */
  readonly verb: string;
  /** The document as this entry's write left it: entries fold by subject in the order of `version`. */
  readonly subject: { readonly collection: string; readonly id: string; readonly version: number };
  readonly facts: Json;
}

/** What a use case says about its write; `withAudit` adds id, time and subject. */
export interface NewAuditEntry {
  readonly actor: Actor;
  readonly verb: string;
  /** The name of the collection that the document is kept in. */
  readonly collection: string;
  readonly facts: Json;
}

/** What every document has whose changes are recorded. Its collection declares `sweeps: ['auditDue']`. */
export interface Audited {
  /** Entries that wait to be appended to the district's chain. */
  readonly pendingEntries: readonly AuditEntry[];
  /** Since when entries wait, or null when none do. */
  readonly auditDue: Instant | null;
}

/** A document that can be given its first or next entry; one not yet inserted has no version. */
export interface Auditable extends Partial<Audited> {
  readonly id: string;
  readonly district: string;
  readonly version?: number;
}

/**
 * Gives back `doc` with the entry waiting in it, so that change and record are one write. The subject's version is
 * the one which that write makes: one above the document's, 1 for a document not yet inserted. The entry's id
 * follows from its content and place, so the same write tried twice records one thing.
 */
export function withAudit<T extends Auditable>(doc: T, entry: NewAuditEntry, now: Instant): T & Audited {
  const pending = doc.pendingEntries ?? [];
  const content = {
    at: now,
    actor: entry.actor.kind === 'member' ? entry.actor.member : ('service' as const),
    verb: entry.verb,
    subject: { collection: entry.collection, id: doc.id, version: (doc.version ?? 0) + 1 },
    facts: entry.facts,
  };
  const id = entryId(jcs([doc.district, pending.length, content]));
  return { ...doc, pendingEntries: [...pending, { id, ...content }], auditDue: doc.auditDue ?? now };
}

/** `aud_` and the first 130 bits of the SHA-256, in the base32 of all our ids. */
function entryId(text: string): AuditEntryId {
  const digest = createHash('sha256').update(text).digest();
  let bits = '';
  for (const byte of digest.subarray(0, 17)) bits += byte.toString(2).padStart(8, '0');
  let id = 'aud_';
  for (let at = 0; at < 130; at += 5)
    id += 'abcdefghijklmnopqrstuvwxyz234567'[parseInt(bits.slice(at, at + 5), 2)];
  return id as AuditEntryId;
}

/** `value` in the JSON Canonicalization Scheme (RFC 8785). */
export function jcs(value: unknown): string {
  // canonicalize is CommonJS: its types name a default export that the bundle itself is.
  return (canonicalize as unknown as (value: unknown) => string)(value);
}
