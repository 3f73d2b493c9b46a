import type { AuditEntry } from './audit-entry.js';
import { jcs } from './canonical.js';
import { recordedCollections, type RecordedCollection } from './recorded-collections.js';
import type { RecordedState } from './recorded-state.js';

/** What the record says of one document. */
export interface FoldedSubject {
  readonly collection: string;
  readonly id: string;
  readonly version: number;
  /** As the last entry left it. */
  readonly state: RecordedState;
  /** The number of the last entry about it. */
  readonly seq: number;
  /** The editions that entries pin, by number: the SHA-256 of their bytes. */
  readonly editions: { readonly [n: string]: string };
}

/** The state that a record speaks of, by `{collection}/{id}`, and what in it contradicts itself. */
export interface Folded {
  readonly subjects: ReadonlyMap<string, FoldedSubject>;
  readonly faults: readonly string[];
}

export const nothingFolded: Folded = { subjects: new Map(), faults: [] };

/** The key of a document in what was folded. */
export function subjectKey(collection: string, id: string): string {
  return `${collection}/${id}`;
}

/**
 * Folds entries, in the order of the chain and beginning with number `from`, into the state that they speak of: of every
 * document what its last entry says. Pure: the same entries give the same state, in one go or in several.
 */
export function fold(entries: Iterable<AuditEntry>, before: Folded = nothingFolded, from = 1): Folded {
  const subjects = new Map(before.subjects);
  const faults = [...before.faults];
  let seq = from;
  for (const entry of entries) {
    foldEntry(subjects, faults, entry, seq);
    seq += 1;
  }
  return { subjects, faults };
}

/** One step, in place: for whoever reads a long record once. */
export function foldEntry(
  subjects: Map<string, FoldedSubject>,
  faults: string[],
  entry: AuditEntry,
  seq: number,
): void {
  const { collection, id, version } = entry.subject;
  const key = subjectKey(collection, id);
  const last = subjects.get(key);
  const row = (recordedCollections as { readonly [name: string]: RecordedCollection | undefined })[
    collection
  ];
  if (row === undefined) faults.push(`entry ${seq} is about ${key}, of a kind that is not known`);
  if (last !== undefined && version < last.version)
    faults.push(`entry ${seq} is about an older version of ${key} than entry ${last.seq}`);
  if (row?.immutable === true && last !== undefined && jcs(last.state) !== jcs(entry.state))
    faults.push(`entry ${seq} changes ${key}, but a ${row.thing} never changes`);
  const editions = { ...last?.editions, ...pinnedEdition(entry) };
  subjects.set(key, { collection, id, version, state: entry.state, seq, editions });
}

function pinnedEdition({ facts }: AuditEntry): { readonly [n: string]: string } {
  const { edition, sha256 } = (facts ?? {}) as { readonly edition?: unknown; readonly sha256?: unknown };
  return typeof edition === 'number' && typeof sha256 === 'string' ? { [String(edition)]: sha256 } : {};
}
