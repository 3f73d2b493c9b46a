import type { Head } from '../audit/index.js';
import { AppError, found, type Instant } from '../kernel/index.js';
import type { Decision } from '../review/index.js';
import type { IssuingPorts } from './store.js';

/** Where a district's audit record holds a decision, in terms that can be told to anybody. */
export interface PlaceInRecord {
  /** The address of the signed heads. */
  readonly heads: string;
  /** The id of the decision's entry: a digest of the entry, the same whenever it is appended. */
  readonly entry: string;
  /** The newest head that was signed when it was decided; null when there was none yet. */
  readonly head: Pick<Head, 'seq' | 'hash' | 'time'> | null;
}

/**
 * Where the record holds this decision. Its entry is named by its id, which is known before it is appended, so nothing
 * waits for the drainer; no number is told, for numbers tell how much was recorded until then (ADR 26). The head is one
 * that is signed and public already, and never one that is still to come: every later head covers the entry. The same for
 * the same decision.
 * @throws rule-violated when the decision has no entry: nothing is signed for what is not recorded
 */
export async function placeInRecord(
  ports: Pick<IssuingPorts, 'audit' | 'tenancy' | 'publicUrl'>,
  decision: Pick<Decision, 'id' | 'district' | 'decidedAt' | 'pendingEntries'>,
): Promise<PlaceInRecord> {
  const { district, id } = decision;
  const { slug } = found(await ports.tenancy.store.district(district), 'district');
  // It waits in the decision as it was read, or has been appended since.
  const entry =
    decision.pendingEntries.find(({ subject }) => subject.collection === 'decisions')?.id ??
    (await appended(ports, district, id));
  if (entry === undefined)
    throw new AppError(
      'rule-violated',
      `Decision ${id} has no entry in the audit record: the award waits. Verify the record (touchstone audit verify, or /district/audit).`,
    );
  const head = await newestHeadAt(ports, district, decision.decidedAt);
  return { heads: `${ports.publicUrl}/.well-known/audit/${slug}`, entry, head };
}

async function appended(
  { audit }: Pick<IssuingPorts, 'audit'>,
  district: string,
  decision: string,
): Promise<string | undefined> {
  const about = { by: 'subject', subject: decision } as const;
  // Newest first, and decisions never change: any of them says the same, the first is the one that made it.
  const { items } = await audit.store.linksAbout(district, about, { limit: 100 });
  return items.filter(({ kind }) => kind === 'decisions').at(-1)?.id;
}

/** The newest head of a time not after `at`. */
async function newestHeadAt(
  { audit }: Pick<IssuingPorts, 'audit'>,
  district: string,
  at: Instant,
): Promise<PlaceInRecord['head']> {
  let cursor: string | undefined;
  do {
    const page = await audit.store.pageOfHeads(district, {
      limit: 50,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const head = page.items.find(({ time }) => time <= at);
    if (head !== undefined) return { seq: head.seq, hash: head.hash, time: head.time };
    cursor = page.next;
  } while (cursor !== undefined);
  return null;
}
