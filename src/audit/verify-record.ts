import type { AuditEntry } from './audit-entry.js';
import { firstPreviousHash, linkHash } from './chain.js';
import type { Head } from './head.js';
import { readEntry, type BadLine, type RecordLine } from './record-lines.js';

/**
 * What is wrong: `unreadable`, a line that no export writes, or an entry of a form that is not known; `order`, a number
 * that is missing or out of place; `chain`, a hash that does not follow; `repeated`; `other-district`; `version`, an
 * older entry of a document after a newer one; `rewritten`, another entry than a head says; `cut-off`, an end before
 * that of a head.
 */
export type RecordFaultKind =
  'unreadable' | 'order' | 'chain' | 'repeated' | 'other-district' | 'version' | 'rewritten' | 'cut-off';

/** One thing that is wrong with a record, at the entry with the number `seq`. */
export interface RecordFault {
  readonly seq: number;
  readonly kind: RecordFaultKind;
  /** What the entry that stands there is about, as it says; left out where none can be read. */
  readonly subject?: { readonly collection: string; readonly id: string };
  /** In plain words, without the number. */
  readonly detail: string;
}

/** What a verification found. */
export interface RecordVerdict {
  readonly ok: boolean;
  /** The entries before the first bad one; all of them when there is none. */
  readonly entries: number;
  /** How many of these a head proves; what comes after could have been cut off or exchanged unseen. */
  readonly proven: number;
  /** The number of the first entry that is wrong or missing; null when none is. */
  readonly firstBad: number | null;
  /** What was found, in plain words: of several faults the first. */
  readonly reason: string;
  /** Every fault in order, up to 100. After one the rest is read as it stands in the file. */
  readonly faults: readonly RecordFault[];
  /** How many faults there are beyond these. */
  readonly moreFaults: number;
}

/** What heads must have to be held against a record. */
export interface KnownHead extends Pick<Head, 'seq' | 'hash' | 'time'> {
  /** False for one whose signature could not be checked: what contradicts it is a fault, but it proves nothing. */
  readonly proves?: false;
}

const shownFaults = 100;

/**
 * Checks a record in order from its first entry: numbers without gap, hashes that follow, each entry whole, once and of
 * one district, each document's entries in the order of its versions; and that it is the record of which each head
 * speaks. The signatures of `heads` must have been verified before, but of those that say that they prove nothing.
 * @param each told of every entry before the first bad one, in order
 */
export async function verifyRecord(
  lines: AsyncIterable<RecordLine | BadLine> | Iterable<RecordLine | BadLine>,
  heads: readonly KnownHead[],
  each: (entry: AuditEntry, seq: number) => void = () => undefined,
): Promise<RecordVerdict> {
  const check = checker(heads, each);
  for await (const line of lines) check.next(line);
  return check.end();
}

function checker(heads: readonly KnownHead[], each: (entry: AuditEntry, seq: number) => void) {
  const bySeq = new Map<number, KnownHead[]>();
  for (const head of heads) bySeq.set(head.seq, [...(bySeq.get(head.seq) ?? []), head]);
  const ids = new Set<string>();
  const versions = new Map<string, number>();
  let district: string | undefined;
  /** Undefined after a line that could not be read: nothing follows from it. */
  let previous: string | undefined = firstPreviousHash;
  let expected = 1;
  let entries = 0;
  let proven = 0;
  const faults: RecordFault[] = [];
  let count = 0;
  const say = (seq: number, kind: RecordFaultKind, detail: string, entry?: AuditEntry) => {
    count += 1;
    if (faults.length >= shownFaults) return;
    const subject =
      entry === undefined ? {} : { subject: { collection: entry.subject.collection, id: entry.subject.id } };
    faults.push({ seq, kind, ...subject, detail });
  };

  /** What is wrong with a line, beside its number. */
  const faultOf = (line: RecordLine, entry: AuditEntry): readonly [RecordFaultKind, string] | undefined => {
    if (previous !== undefined && line.hash !== linkHash(previous, line.entry))
      return [
        'chain',
        'its hash does not follow from it and the entry before: one of them was changed, removed or put in',
      ];
    if (ids.has(entry.id)) return ['repeated', `the entry ${entry.id} stands in the record twice`];
    if (district !== undefined && entry.district !== district)
      return [
        'other-district',
        `it belongs to another district (${entry.district}) than those before (${district})`,
      ];
    const { collection, id, version } = entry.subject;
    if (version < (versions.get(`${collection}/${id}`) ?? 0))
      return ['version', `an older entry of ${collection}/${id} comes after a newer one`];
    const told = (bySeq.get(line.seq) ?? []).find(({ hash }) => hash !== line.hash);
    if (told === undefined) return undefined;
    return [
      'rewritten',
      `the head signed at ${told.time} says that entry ${line.seq} is another one: the record was rewritten, at or after entry ${proven + 1}`,
    ];
  };

  const take = (line: RecordLine, entry: AuditEntry): void => {
    const { collection, id, version } = entry.subject;
    ids.add(entry.id);
    const subject = `${collection}/${id}`;
    versions.set(subject, Math.max(version, versions.get(subject) ?? 0));
    district ??= entry.district;
    if (count > 0) return;
    if (bySeq.get(line.seq)?.some(({ proves }) => proves !== false) === true) proven = line.seq;
    entries = line.seq;
    each(entry, line.seq);
  };

  return {
    next(line: RecordLine | BadLine): void {
      const seq = expected;
      expected = seq + 1;
      if ('fault' in line) {
        say(seq, 'unreadable', line.fault);
        previous = undefined;
        return;
      }
      const entry = readEntry(line);
      if ('fault' in entry) say(seq, 'unreadable', entry.fault);
      else if (line.seq !== seq)
        say(
          seq,
          'order',
          `entry ${seq} is missing or out of place: number ${line.seq} stands where it should`,
          entry,
        );
      else {
        const fault = faultOf(line, entry);
        if (fault !== undefined) say(seq, ...fault, entry);
      }
      if (!('fault' in entry)) take(line, entry);
      // Whatever was found, the next one is held against what stands here. Where the hash follows, the number alone is
      // wrong; else entries are missing before this one, or it was put in.
      if (line.seq !== seq && line.hash !== linkHash(previous ?? '', line.entry))
        expected = line.seq > seq ? line.seq + 1 : seq;
      previous = line.hash;
    },
    end(): RecordVerdict {
      const last = expected - 1;
      const further = heads.filter(({ seq }) => seq > last).sort((a, b) => b.seq - a.seq)[0];
      if (further !== undefined)
        say(
          last + 1,
          'cut-off',
          `the record ends here, but the head signed at ${further.time} says that it had ${further.seq} entries: its end was cut off, or it was exported before that head`,
        );
      const first = faults[0];
      const found = { entries, proven, faults, moreFaults: count - faults.length };
      return first === undefined
        ? { ok: true, ...found, firstBad: null, reason: reasonOfGood(entries, proven) }
        : { ok: false, ...found, firstBad: first.seq, reason: `Entry ${first.seq}: ${first.detail}.` };
    },
  };
}

function reasonOfGood(entries: number, proven: number): string {
  const follows = `All ${entries} entries follow from each other`;
  if (proven === 0)
    return `${follows}. The tail is unproven: without a signed head nothing shows that the end was not cut off, or the whole record written anew.`;
  if (proven === entries) return `${follows}, and a signed head proves all of them.`;
  const since = entries - proven === 1 ? 'the one after it was' : `the ${entries - proven} after it were`;
  return `${follows}, and a signed head proves the first ${proven}. The tail is unproven: ${since} recorded since that head.`;
}
