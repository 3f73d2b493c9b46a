import { createHash } from 'node:crypto';
import type { Actor, AuditEntryId, Instant, Json, MemberId } from '../kernel/index.js';
import { jcs } from './canonical.js';
import { chainDistrict } from './recorded-collections.js';
import { recordedState, withoutWords, type RecordedState } from './recorded-state.js';

/** The version of the form of entries: a reader that does not know it says so instead of guessing. */
export const entryVersion = 1;

/** One thing that somebody decided or changed. Holds ids, levels and digests, never words of people. */
export interface AuditEntry {
  readonly v: typeof entryVersion;
  readonly id: AuditEntryId;
  /** The id of the district whose record it belongs to. */
  readonly district: string;
  readonly at: Instant;
  /** The member who acted, or `service` for background work. */
  readonly actor: MemberId | 'service';
  /** What was done, in the past tense of the domain: `published`, `committed`, `revoked`. */
  readonly verb: string;
  /** The document as this entry's write left it: entries fold by subject in the order of `version`. */
  readonly subject: { readonly collection: string; readonly id: string; readonly version: number };
  /** What else there is to say of the act. */
  readonly facts: Json;
  /** What is recorded of the document as the write left it (`recordedState`): folding is taking the last. */
  readonly state: RecordedState;
}

/** What a use case says about its write; `withAudit` adds id, time and subject. */
export interface NewAuditEntry {
  readonly actor: Actor;
  readonly verb: string;
  /** The name of the collection that the document is kept in: it has a row in `recordedCollections`. */
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
 * A text that may be words of a person is withheld.
 * @throws Error when the collection is not declared as recorded: a fault of the calling code.
 */
export function withAudit<T extends Auditable>(doc: T, entry: NewAuditEntry, now: Instant): T & Audited {
  const pending = doc.pendingEntries ?? [];
  const { verb, collection, facts } = entry;
  const content = {
    v: entryVersion,
    district: chainDistrict(collection, doc),
    at: now,
    actor: entry.actor.kind === 'member' ? entry.actor.member : ('service' as const),
    verb,
    subject: { collection, id: doc.id, version: (doc.version ?? 0) + 1 },
    facts: withoutWords(facts) ?? null,
    state: recordedState(collection, doc),
  };
  const id = entryId(jcs([pending.length, content]));
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
