import {
  AppError,
  randomToken,
  type BasePorts,
  type Collection,
  type Instant,
  type Stored,
} from '../kernel/index.js';
import type { AuditEntry, Audited } from './audit-entry.js';
import { linkAfter, type ChainLink } from './chain.js';
import { nextHeadDue } from './head.js';
import { takeTurn, type TurnPatience } from './ledger.js';
import { chainDistrict, recordedNames, type RecordedName } from './recorded-collections.js';
import type { AuditStore } from './store.js';

/** A document that may have entries waiting. */
export type AuditedDocument = Stored & Audited;

/** The collections of everything that is recorded. */
export type AuditedCollections = { readonly [name in RecordedName]: Collection<AuditedDocument> };

/** How many entries are appended between two signs of life. */
const batchSize = 200;

/** How often a document that others write at the same time is tried to be cleared. */
const clearAttempts = 20;

interface Due {
  readonly name: RecordedName;
  readonly doc: AuditedDocument;
}

/**
 * The due work of every district's record, in the form of an `Effect` of `jobs/`. For one district: 1 take the turn at
 * its chain; 2 append the entries that wait, in order; 3 clear them in their documents; 4 end the turn, and say when the
 * new end is to be signed. Killed anywhere, the next run finds in the chain what was appended, adds nothing twice and
 * clears. Where another drainer has the turn, the work is left to it.
 *
 * The order: entries of one document as they were written; else by time, then as `recordedCollections` lists their
 * kinds, then by document.
 */
export function drainAudit(
  { clock, randomness }: BasePorts,
  chain: AuditStore,
  audited: AuditedCollections,
  patience?: TurnPatience,
) {
  const found = new Map<string, Due[]>();
  const token = randomToken(randomness, 12);
  return {
    name: 'audit record',
    async sweep(
      before: Instant,
      limit: number,
    ): Promise<readonly { readonly id: string; readonly district: string }[]> {
      found.clear();
      for (const name of recordedNames) {
        for (const doc of await audited[name].sweep('auditDue', { before, limit })) {
          const district = chainDistrict(name, doc);
          const due = found.get(district);
          if (due === undefined) found.set(district, [{ name, doc }]);
          else due.push({ name, doc });
        }
      }
      return [...found.keys()].map((district) => ({ id: 'record', district }));
    },
    async settle({ district }: { readonly district: string }): Promise<void> {
      const due = found.get(district) ?? [];
      found.delete(district);
      if (due.length === 0) return;
      // 1
      const turn = await takeTurn(chain.ledgers, district, token, patience);
      if (turn === undefined) return;
      // Read again: what was swept may be older than what is kept.
      const waiting: Due[] = [];
      for (const { name, doc } of due) {
        const kept = await audited[name].get(doc.district, doc.id);
        if (kept !== undefined && kept.auditDue !== null) waiting.push({ name, doc: kept });
      }
      // 2
      const entries = inOrder(waiting);
      let head = await chain.head(district);
      for (let at = 0; at < entries.length; at += batchSize) {
        if (!(await turn.renew())) return;
        for (const entry of entries.slice(at, at + batchSize))
          head = await append(chain, district, head, entry);
      }
      // 3
      for (const one of waiting) await clear(audited[one.name], one.doc);
      // 4
      await turn.end((ledger) => ({
        ...ledger,
        effectDue: nextHeadDue(ledger, head?.seq ?? 0, clock.now()),
      }));
    },
  };
}

/** The waiting entries in the order of the chain. */
function inOrder(waiting: readonly Due[]): readonly AuditEntry[] {
  const keyed = waiting.flatMap(({ name, doc }) => {
    let latest = '';
    return doc.pendingEntries.map((entry, n) => {
      // A clock that was set back must not turn a document's entries round.
      latest = entry.at > latest ? entry.at : latest;
      return { entry, key: [latest, recordedNames.indexOf(name), doc.id, n] as const };
    });
  });
  keyed.sort(({ key: a }, { key: b }) => {
    for (const place of [0, 1, 2, 3] as const) {
      if (a[place] !== b[place]) return a[place] < b[place] ? -1 : 1;
    }
    return 0;
  });
  return keyed.map(({ entry }) => entry);
}

/**
 * Puts the entry at the end of the chain unless it is in it, and gives the end. `head` is the end as it was known.
 * One link at a time: a crash between two leaves no gap, whatever the engine.
 */
async function append(
  chain: AuditStore,
  district: string,
  head: ChainLink | undefined,
  entry: AuditEntry,
): Promise<ChainLink | undefined> {
  let end = head;
  for (;;) {
    if (await chain.has(district, entry.id)) return end;
    try {
      return await chain.append(linkAfter(end, district, entry));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
      // Another drainer took this turn for dead and has gone on: what it appended comes before.
      const now = await chain.head(district);
      if (now?.seq === end?.seq && !(await chain.has(district, entry.id))) throw error;
      end = now;
    }
  }
}

/** Clears the entries that are in the chain now; what was added to the document meanwhile stays due. */
async function clear(collection: Collection<AuditedDocument>, appended: AuditedDocument): Promise<void> {
  const done = new Set(appended.pendingEntries.map(({ id }) => id));
  let doc: AuditedDocument | undefined = appended;
  for (let attempt = 1; doc !== undefined; attempt += 1) {
    const pendingEntries: readonly AuditEntry[] = doc.pendingEntries.filter(({ id }) => !done.has(id));
    const auditDue = pendingEntries[0]?.at ?? null;
    try {
      await collection.replace({ ...doc, pendingEntries, auditDue });
      return;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'conflict') || attempt >= clearAttempts) throw error;
    }
    doc = await collection.get(appended.district, appended.id);
  }
}
