import type { Json } from '../kernel/index.js';
import type { AuditEntry } from './audit-entry.js';
import { jcs } from './canonical.js';
import type { AuditedCollections, AuditedDocument } from './drain-audit.js';
import { fold, foldEntry, subjectKey, type Folded, type FoldedSubject } from './fold.js';
import { recordedCollection, recordedNames, type RecordedName } from './recorded-collections.js';
import { recordedState, type RecordedState } from './recorded-state.js';
import { chainOf, type AuditStore } from './store.js';

/** One way in which the store is not what the record says. */
export interface Difference {
  readonly collection: string;
  readonly id: string;
  /** `differs`: a member is not as recorded; `missing`: recorded and not kept; `unrecorded`: kept and never recorded. */
  readonly kind: 'differs' | 'missing' | 'unrecorded';
  /** The member that differs. */
  readonly member?: string;
  readonly recorded?: Json;
  readonly kept?: Json;
  /** The number of the last entry about it. */
  readonly seq?: number;
}

export interface StateComparison {
  /** How many documents were held against the record. */
  readonly documents: number;
  readonly differences: readonly Difference[];
  /** What contradicts itself in the record. */
  readonly faults: readonly string[];
  /** Documents whose words were erased, and with them what the record pins them by: only the rest was compared. */
  readonly erased: number;
}

export interface ComparisonPorts {
  readonly store: AuditStore;
  readonly audited: AuditedCollections;
  /** The SHA-256 of the bytes of an award's edition as kept; undefined when there is none. */
  readonly editionDigest: (district: string, award: string, n: number) => Promise<string | undefined>;
}

/** How often what differs is looked at anew, for documents that are written while they are compared. */
const looks = 3;

/**
 * Folds a district's record and names every difference between what it says and what is kept: changed, missing and
 * unrecorded documents, and editions with other bytes. Entries that still wait in a document count for it. The fold of
 * what was read already can be given.
 */
export async function compareState(
  ports: ComparisonPorts,
  district: string,
  read?: { readonly folded: Folded; readonly entries: number },
): Promise<StateComparison> {
  let { folded, entries } = read ?? { folded: fold([]), entries: 0 };
  ({ folded, entries } = await readOn(ports.store, district, folded, entries));
  let suspects = await everything(ports, district, folded);
  const documents = suspects.size;
  let result = await held(ports, district, folded, suspects);
  for (let look = 1; look < looks && result.differences.length > 0; look += 1) {
    ({ folded, entries } = await readOn(ports.store, district, folded, entries));
    suspects = new Map(
      result.differences.map(({ collection, id }) => [
        subjectKey(collection, id),
        { collection: collection as RecordedName, id },
      ]),
    );
    result = { ...(await held(ports, district, folded, suspects)), erased: result.erased };
  }
  return { documents, ...result, faults: folded.faults };
}

interface Suspect {
  readonly collection: RecordedName;
  readonly id: string;
}

async function readOn(store: AuditStore, district: string, before: Folded, entries: number) {
  const subjects = new Map(before.subjects);
  const faults = [...before.faults];
  let seq = entries;
  for await (const link of chainOf(store, district, entries + 1)) {
    seq = link.seq;
    foldEntry(subjects, faults, JSON.parse(link.entry) as AuditEntry, seq);
  }
  return { folded: { subjects, faults }, entries: seq };
}

/** Every document that is recorded or kept. */
async function everything(
  { audited }: ComparisonPorts,
  district: string,
  { subjects }: Folded,
): Promise<Map<string, Suspect>> {
  const all = new Map<string, Suspect>();
  for (const [key, { collection, id }] of subjects) {
    if ((recordedNames as readonly string[]).includes(collection))
      all.set(key, { collection: collection as RecordedName, id });
  }
  for (const collection of recordedNames) {
    for await (const { id } of documentsOf(audited, collection, district))
      all.set(subjectKey(collection, id), { collection, id });
  }
  return all;
}

async function* documentsOf(
  audited: AuditedCollections,
  name: RecordedName,
  district: string,
): AsyncGenerator<AuditedDocument> {
  const { chain, index = 'all' } = recordedCollection(name);
  if (chain === 'id') {
    const doc = await audited[name].get('service', district);
    if (doc !== undefined) yield doc;
    return;
  }
  const [scope, key] = chain === 'tenant' ? (['service', [district]] as const) : ([district, []] as const);
  let cursor: string | undefined;
  do {
    const page = await audited[name].page(scope, index, key, {
      limit: 500,
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}

async function held(
  ports: ComparisonPorts,
  district: string,
  { subjects }: Folded,
  suspects: ReadonlyMap<string, Suspect>,
): Promise<Pick<StateComparison, 'differences' | 'erased'>> {
  const differences: Difference[] = [];
  let erased = 0;
  for (const [key, { collection, id }] of suspects) {
    const { chain } = recordedCollection(collection);
    const doc = await ports.audited[collection].get(chain === 'district' ? district : 'service', id);
    const recorded = subjects.get(key);
    const compared = compareDocument({ collection, id }, recorded, doc);
    differences.push(...compared.differences);
    if (compared.erased) erased += 1;
    if (recorded !== undefined) differences.push(...(await compareEditions(ports, district, recorded)));
  }
  return { differences, erased };
}

/** What differs between the record and one document; entries that wait in it are the newest of the record. */
export function compareDocument(
  subject: { readonly collection: string; readonly id: string },
  folded: Pick<FoldedSubject, 'state' | 'seq'> | undefined,
  doc: AuditedDocument | undefined,
): { readonly differences: readonly Difference[]; readonly erased: boolean } {
  const { collection, id } = subject;
  const seq = folded?.seq === undefined ? {} : { seq: folded.seq };
  if (doc === undefined) {
    return {
      differences: folded === undefined ? [] : [{ collection, id, kind: 'missing', ...seq }],
      erased: false,
    };
  }
  const recorded: RecordedState | undefined = doc.pendingEntries?.at(-1)?.state ?? folded?.state;
  if (recorded === undefined) return { differences: [{ collection, id, kind: 'unrecorded' }], erased: false };
  const kept = recordedState(collection, doc);
  const erased = recorded['pins'] !== undefined && isErased(doc);
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(kept)])].sort();
  const differing = names.filter(
    (name) => !(erased && name === 'pins') && jcs(recorded[name] ?? null) !== jcs(kept[name] ?? null),
  );
  return {
    differences: differing.map((member) => ({
      ...{ collection, id, kind: 'differs', member, ...seq },
      ...{ recorded: recorded[member] ?? null, kept: kept[member] ?? null },
    })),
    erased,
  };
}

/** That its words were erased: their salt is null then, not absent. */
function isErased(doc: AuditedDocument): boolean {
  return (doc as { readonly salt?: unknown }).salt === null;
}

async function compareEditions(
  ports: ComparisonPorts,
  district: string,
  { collection, id, editions, seq }: FoldedSubject,
): Promise<readonly Difference[]> {
  if (collection !== 'awards') return [];
  const differences: Difference[] = [];
  for (const [n, recorded] of Object.entries(editions)) {
    const kept = (await ports.editionDigest(district, id, Number(n))) ?? null;
    if (kept !== recorded)
      differences.push({ collection, id, kind: 'differs', member: `edition ${n}`, recorded, kept, seq });
  }
  return differences;
}
