import type { AuditEntry } from './audit-entry.js';
import { firstPreviousHash, linkHash } from './chain.js';
import type { Head } from './head.js';
import { readEntry, type BadLine, type RecordLine } from './record-lines.js';

/** What a verification found. */
export interface RecordVerdict {
  readonly ok: boolean;
  /** The entries before the first bad one; all of them when there is none. */
  readonly entries: number;
  /** How many of these a signed head proves; what comes after could have been cut off or exchanged unseen. */
  readonly proven: number;
  /** The number of the first entry that is wrong or missing; null when none is. */
  readonly firstBad: number | null;
  /** What was found, in plain words. */
  readonly reason: string;
}

/** What heads must have to be held against a record. */
export type KnownHead = Pick<Head, 'seq' | 'hash' | 'time'>;

/**
 * Checks a record in order from its first entry: numbers without gap, hashes that follow, each entry whole, once and of
 * one district, each document's entries in the order of its versions; and that it is the record of which each head
 * speaks. `heads` must have been verified before.
 * @param each told of every good entry, in order
 */
export async function verifyRecord(
  lines: AsyncIterable<RecordLine | BadLine> | Iterable<RecordLine | BadLine>,
  heads: readonly KnownHead[],
  each: (entry: AuditEntry, seq: number) => void = () => undefined,
): Promise<RecordVerdict> {
  const check = checker(heads);
  for await (const line of lines) {
    const fault = 'fault' in line ? line.fault : check.next(line, each);
    if (fault !== undefined) return check.bad(fault);
  }
  return check.end();
}

function checker(heads: readonly KnownHead[]) {
  const bySeq = new Map<number, KnownHead[]>();
  for (const head of heads) bySeq.set(head.seq, [...(bySeq.get(head.seq) ?? []), head]);
  const ids = new Set<string>();
  const versions = new Map<string, number>();
  let district: string | undefined;
  let previous = firstPreviousHash;
  let entries = 0;
  let proven = 0;

  const next = (line: RecordLine, each: (entry: AuditEntry, seq: number) => void): string | undefined => {
    const seq = entries + 1;
    if (line.seq !== seq)
      return `entry ${seq} is missing or out of place: number ${line.seq} stands where it should`;
    const entry = readEntry(line);
    if ('fault' in entry) return entry.fault;
    if (line.hash !== linkHash(previous, line.entry))
      return 'its hash does not follow from it and the entry before: one of them was changed, removed or put in';
    if (ids.has(entry.id)) return `the entry ${entry.id} stands in the record twice`;
    if (district !== undefined && entry.district !== district)
      return `it belongs to another district (${entry.district}) than those before (${district})`;
    const { collection, id, version } = entry.subject;
    const subject = `${collection}/${id}`;
    if (version < (versions.get(subject) ?? 0)) return `an older entry of ${subject} comes after a newer one`;
    const told = (bySeq.get(seq) ?? []).find(({ hash }) => hash !== line.hash);
    if (told !== undefined)
      return `the head signed at ${told.time} says that entry ${seq} is another one: the record was rewritten, at or after entry ${proven + 1}`;
    if (bySeq.has(seq)) proven = seq;
    ids.add(entry.id);
    versions.set(subject, version);
    ({ district } = entry);
    previous = line.hash;
    entries = seq;
    each(entry, seq);
    return undefined;
  };

  const bad = (fault: string): RecordVerdict => ({
    ok: false,
    entries,
    proven,
    firstBad: entries + 1,
    reason: `Entry ${entries + 1}: ${fault}.`,
  });

  return {
    next,
    bad,
    end(): RecordVerdict {
      const further = heads.filter(({ seq }) => seq > entries).sort((a, b) => b.seq - a.seq)[0];
      if (further !== undefined)
        return bad(
          `the record ends here, but the head signed at ${further.time} says that it had ${further.seq} entries: its end was cut off`,
        );
      return { ok: true, entries, proven, firstBad: null, reason: reasonOfGood(entries, proven) };
    },
  };
}

function reasonOfGood(entries: number, proven: number): string {
  const follows = `All ${entries} entries follow from each other`;
  if (proven === 0)
    return `${follows}. The tail is unproven: without a signed head nothing shows that the end was not cut off, or the whole record written anew.`;
  if (proven === entries) return `${follows}, and a signed head proves all of them.`;
  return `${follows}, and a signed head proves the first ${proven}. The tail is unproven: the ${entries - proven} after it were recorded since that head.`;
}
