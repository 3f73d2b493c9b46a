import { AppError, type DistrictId } from '../kernel/index.js';
import { compareState, type ComparisonPorts, type StateComparison } from './compare-state.js';
import { foldEntry, type FoldedSubject } from './fold.js';
import type { HeadPorts } from './head.js';
import { ledgerId, newLedger, type LastVerification } from './ledger.js';
import { readEntry, type BadLine, type RecordLine } from './record-lines.js';
import { chainOf, headsOf, type AuditStore } from './store.js';
import { verifyRecord, type KnownHead, type RecordVerdict } from './verify-record.js';

/** What the use cases of this room need. */
export interface AuditPorts extends HeadPorts, ComparisonPorts {}

/** What a verification of a district's record in the store found. */
export interface StoredVerdict {
  /** Whether nothing at all was found. */
  readonly ok: boolean;
  readonly record: RecordVerdict;
  /** How many heads the record was held against, and how many could not be checked: their keys are withdrawn. */
  readonly heads: { readonly checked: number; readonly unchecked: number };
  /** Null when it was not asked for, or the record itself is not good. */
  readonly state: StateComparison | null;
}

/**
 * Verifies a district's record as it is kept: its links, every head that this service signed, those that somebody saved
 * elsewhere, and with `state` whether everything kept is as the record says.
 * @param saved heads from outside the store, verified before
 */
export async function verifyStored(
  ports: AuditPorts,
  district: DistrictId,
  { saved = [], state }: { readonly saved?: readonly KnownHead[]; readonly state: boolean },
): Promise<StoredVerdict> {
  const kept = await headsOf(ports.store, district);
  const opened = await Promise.all(kept.map(({ jws }) => ports.signer.open(district, jws)));
  const good = opened.filter((head) => head !== undefined);
  const subjects = new Map<string, FoldedSubject>();
  const faults: string[] = [];
  const record = await verifyRecord(storedLines(ports.store, district), [...good, ...saved], (entry, seq) =>
    foldEntry(subjects, faults, entry, seq),
  );
  const heads = { checked: good.length + saved.length, unchecked: kept.length - good.length };
  if (!state || !record.ok) return { ok: record.ok, record, heads, state: null };
  const compared = await compareState(ports, district, {
    folded: { subjects, faults },
    entries: record.entries,
  });
  const ok = compared.differences.length === 0 && compared.faults.length === 0;
  return { ok, record, heads, state: compared };
}

/** The links as they are kept; one that would be found under another thing than its entry is about is a fault. */
async function* storedLines(store: AuditStore, district: string): AsyncGenerator<RecordLine | BadLine> {
  for await (const link of chainOf(store, district)) {
    const entry = readEntry(link);
    const hidden =
      !('fault' in entry) && (entry.subject.collection !== link.kind || entry.subject.id !== link.subject);
    yield hidden ? { fault: 'it is kept under another thing than it is about' } : link;
  }
}

/** `verifyStored` with the state, noted as the last verification of the record. */
export async function verifyAndNote(ports: AuditPorts, district: DistrictId): Promise<StoredVerdict> {
  const verdict = await verifyStored(ports, district, { state: true });
  const { record, heads, state } = verdict;
  const verified: LastVerification = {
    at: ports.clock.now(),
    ok: verdict.ok,
    entries: record.entries,
    firstBad: record.firstBad,
    proven: record.proven,
    reason: record.reason,
    documents: state?.documents ?? null,
    differences: state?.differences.length ?? 0,
    contradictions: state?.faults.length ?? 0,
    uncheckedHeads: heads.unchecked,
    erased: state?.erased ?? 0,
  };
  const { ledgers } = ports.store;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    try {
      const ledger = await ledgers.get(district, ledgerId);
      if (ledger === undefined) await ledgers.insert({ ...newLedger(district), verified });
      else await ledgers.replace({ ...ledger, verified });
      break;
    } catch (error) {
      // A drainer writes it at the same time.
      if (!(error instanceof AppError && ['already-exists', 'conflict'].includes(error.code))) throw error;
    }
  }
  return verdict;
}

/** Roles of those whose work is in the record, or who rate it: they do not read it. */
const parties: readonly string[] = [
  ...['teacher', 'reviewer', 'adjudicator', 'lead', 'expert', 'pool-reviewer'],
];

/** Whether one of these roles stands against reading entries. */
export function isParty(roles: readonly string[]): boolean {
  return roles.some((role) => parties.includes(role));
}

/**
 * Lets only those at a record who neither hand in nor rate: it holds ratings that a reviewer may not know before the own
 * commit, and decisions before the teacher is told; its length alone tells that something was recorded.
 * @throws not-permitted saying which role stands against it, and the way out
 */
export function refuseParties(roles: readonly string[]): void {
  const own = roles.filter((role) => parties.includes(role));
  if (own.length === 0) return;
  throw new AppError(
    'not-permitted',
    `The audit record is read by people who neither hand in work nor rate it, and you are ${own.join(', ')} here. Ask an administrator without these roles, or whoever runs the service (touchstone audit export).`,
  );
}
