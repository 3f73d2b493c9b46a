import fc from 'fast-check';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import {
  firstPreviousHash,
  linkHash,
  lineOf,
  verifyExport,
  type ChainLink,
  type ExportVerdict,
  type KnownHead,
  type RecordVerdict,
} from '../../src/audit/index.js';
import { AppError } from '../../src/kernel/index.js';
import { verifyCompactJws } from '../../src/securing/index.js';
import { aHeadKey } from './audit-head-key.js';
import { anAuditHouse, rewritten } from './audit-house.js';

/** One way to tamper with a record: what becomes of its file. */
export type Tampering = (links: readonly ChainLink[], draw: fc.GeneratorValue) => Uint8Array;

export const bytesOf = (text: string) => new TextEncoder().encode(text);
export const fileOf = (links: readonly Pick<ChainLink, 'seq' | 'entry' | 'hash'>[]) =>
  bytesOf(links.map((link) => `${lineOf(link)}\n`).join(''));
const renumbered = (links: readonly ChainLink[]) => links.map((link, index) => ({ ...link, seq: index + 1 }));
export const rehashed = (links: readonly Pick<ChainLink, 'seq' | 'entry' | 'hash'>[]) =>
  bytesOf(rewritten(links, linkHash, firstPreviousHash));
/** A place in the record; `below` is the number of places. */
const place = (draw: fc.GeneratorValue, below: number) => draw(fc.nat, { max: below - 1 });
/** An entry that says something else, as somebody would write who knows the form. */
export const forged = (link: ChainLink): ChainLink => ({
  ...link,
  entry: link.entry
    .replace(/"minutesPerWeek":(\d+)/g, (_, n: string) => `"minutesPerWeek":${Number(n) + 1}`)
    .replace('"actor":"service"', '"actor":"mbr_x"'),
});
/** Whether numbers and hashes are mended after it: found by the chain alone, or by the head. */
const mended = (draw: fc.GeneratorValue, links: readonly ChainLink[]) =>
  [() => fileOf(links), () => fileOf(renumbered(links)), () => rehashed(links)][place(draw, 3)]!();

export const tamperings: { readonly [kind: string]: Tampering } = {
  'a bit flipped': (links, draw) => {
    const bytes = fileOf(links);
    bytes[place(draw, bytes.length)]! ^= 1 << place(draw, 8);
    return bytes;
  },
  'a byte put in or taken out': (links, draw) => {
    const bytes = [...fileOf(links)];
    const at = place(draw, bytes.length);
    if (place(draw, 2) === 0) bytes.splice(at, 1);
    else bytes.splice(at, 0, draw(fc.nat, { max: 255 }));
    return Uint8Array.from(bytes);
  },
  'an entry removed': (links, draw) => mended(draw, links.toSpliced(place(draw, links.length), 1)),
  'an entry put in': (links, draw) => {
    const from = links[place(draw, links.length)]!;
    const id = `aud_${'z'.repeat(26)}`;
    const other = { ...from, id, entry: from.entry.replace(from.id, id) };
    // Before the head's entry: one that is put after it cannot be told from one that was recorded after it.
    return mended(draw, links.toSpliced(place(draw, links.length), 0, other));
  },
  'two entries exchanged': (links, draw) => {
    const one = place(draw, links.length);
    const other = (one + 1 + place(draw, links.length - 1)) % links.length;
    return mended(draw, links.with(one, links[other]!).with(other, links[one]!));
  },
  'an entry repeated': (links, draw) =>
    mended(draw, links.toSpliced(place(draw, links.length + 1), 0, links[place(draw, links.length)]!)),
  'the end cut off': (links, draw) => {
    const bytes = fileOf(links);
    return place(draw, 2) === 0
      ? bytes.slice(0, place(draw, bytes.length))
      : fileOf(links.slice(0, place(draw, links.length)));
  },
  'everything rewritten from an entry on': (links, draw) => {
    const from = place(draw, links.length);
    return rehashed(links.map((link, index) => (index < from ? link : forged(link))));
  },
  'an entry rewritten, its hash mended': (links, draw) => {
    const at = place(draw, links.length);
    const changed = forged(links[at]!);
    const hash = linkHash(links[at - 1]?.hash ?? firstPreviousHash, changed.entry);
    return fileOf(links.with(at, { ...changed, hash }));
  },
};

/** How many entries a record has with which somebody tampers. */
export const entriesTampered = 24;

/** A record with its head, another of another district, and what `touchstone audit verify` says of a file. */
export interface TamperedRecord {
  readonly links: readonly ChainLink[];
  readonly others: readonly ChainLink[];
  readonly file: string;
  /** The head of the whole record. */
  readonly heads: readonly KnownHead[];
  verifyFile(bytes: Uint8Array, known?: readonly KnownHead[]): Promise<ExportVerdict>;
  /** Whether a tampered file is told of, and all that must be said is. */
  toldOf(bytes: Uint8Array, known?: readonly KnownHead[]): Promise<boolean>;
}

export const headOf = (of: readonly ChainLink[], seq: number): KnownHead => ({
  seq,
  hash: of[seq - 1]!.hash,
  time: '2026-11-21T00:00:00Z',
});

/** Everything that a verdict on a tampered record must say. */
export function told({ ok, firstBad, entries, reason, faults: [first] }: RecordVerdict): boolean {
  const named = firstBad === entries + 1 && first?.seq === firstBad;
  return !ok && named && first.detail.length > 20 && /^Entry \d+: .{20,}\.$/s.test(reason);
}

export async function aTamperedRecord(): Promise<TamperedRecord> {
  const store = await openSqlite({ file: ':memory:' });
  const house = anAuditHouse(store);
  for (const district of ['dst_a', 'dst_b']) {
    for (let n = 0; n < entriesTampered; n += 1) {
      const at = `2026-11-20T09:00:${String(n).padStart(2, '0')}Z`;
      await house.say(`mbr_${n % 7}`, district, n, at);
    }
  }
  await house.drain();
  const links = await house.linksOf('dst_a');
  const others = await house.linksOf('dst_b');
  const file = await house.fileOf('dst_a');
  await store.close();
  const heads = [headOf(links, entriesTampered)];
  const key = await aHeadKey('riverbend');
  const verifyFile: TamperedRecord['verifyFile'] = async (bytes, known = heads) =>
    verifyExport({
      name: 'record.jsonl',
      record: () => [bytes],
      heads: await Promise.all(known.map(async (head) => ({ name: 'head', text: await key.sign(head) }))),
      jwks: { name: 'jwks.json', text: key.jwks },
      openJws: verifyCompactJws,
    });
  return {
    ...{ links, others, file, heads, verifyFile },
    async toldOf(bytes, known = heads) {
      try {
        const { outcome, record } = await verifyFile(bytes, known);
        return outcome === 'bad' && told(record);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        // Of a file that is cut off within its first line nothing is left to judge.
        return bytes.length < fileOf(links.slice(0, 1)).length && error.message.includes('record.jsonl');
      }
    },
  };
}

/** Tampers in one way until `count` files differ from the good one; how many of them nobody noticed. */
export async function tamperedWith(
  { links, toldOf }: TamperedRecord,
  tamper: Tampering,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<{ readonly tried: number; readonly unnoticed: number }> {
  const good = Buffer.from(fileOf(links));
  let tried = 0;
  let unnoticed = 0;
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      const bytes = tamper(links, draw);
      if (tried >= count || good.equals(bytes)) return;
      tried += 1;
      if (!(await toldOf(bytes))) unnoticed += 1;
    }),
    { seed, numRuns: count + 100 },
  );
  return { tried, unnoticed };
}
