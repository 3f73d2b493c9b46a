import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  firstPreviousHash,
  linkHash,
  lineOf,
  readLines,
  verifyRecord,
  type ChainLink,
  type KnownHead,
  type RecordVerdict,
} from '../../../src/audit/index.js';
import type { Store } from '../../../src/kernel/index.js';
import { anAuditHouse, rewritten, type AuditHouse } from '../../support/audit-house.js';

const a = 'dst_a';
const b = 'dst_b';
/** How many of each kind: the bar of docs/audit.md is 1,000. */
const runs = 1000;
const entries = 24;

/** Tampering that is told at the entry named, or anywhere. */
type Tampering = (links: readonly ChainLink[], draw: fc.GeneratorValue) => Uint8Array;

const bytesOf = (text: string) => new TextEncoder().encode(text);
const fileOf = (links: readonly Pick<ChainLink, 'seq' | 'entry' | 'hash'>[]) =>
  bytesOf(links.map((link) => `${lineOf(link)}\n`).join(''));
const renumbered = (links: readonly ChainLink[]) => links.map((link, index) => ({ ...link, seq: index + 1 }));
const rehashed = (links: readonly Pick<ChainLink, 'seq' | 'entry' | 'hash'>[]) =>
  bytesOf(rewritten(links, linkHash, firstPreviousHash));
/** A place in the record; `below` is the number of places. */
const place = (draw: fc.GeneratorValue, below: number) => draw(fc.nat, { max: below - 1 });
/** An entry that says something else, as somebody would write who knows the form. */
const forged = (link: ChainLink): ChainLink => ({
  ...link,
  entry: link.entry
    .replace(/"minutesPerWeek":(\d+)/g, (_, n: string) => `"minutesPerWeek":${Number(n) + 1}`)
    .replace('"actor":"service"', '"actor":"mbr_x"'),
});
/** Whether numbers and hashes are mended after it: found by the chain alone, or by the head. */
const mended = (draw: fc.GeneratorValue, links: readonly ChainLink[]) =>
  [() => fileOf(links), () => fileOf(renumbered(links)), () => rehashed(links)][place(draw, 3)]!();

const kinds: { readonly [kind: string]: Tampering } = {
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

describe('tampering with a record', () => {
  let store: Store;
  let house: AuditHouse;
  let links: readonly ChainLink[];
  let others: readonly ChainLink[];
  let heads: readonly KnownHead[];

  beforeAll(async () => {
    store = await openSqlite({ file: ':memory:' });
    house = anAuditHouse(store);
    for (const district of [a, b]) {
      for (let n = 0; n < entries; n += 1) {
        const at = `2026-11-20T09:00:${String(n).padStart(2, '0')}Z`;
        await house.say(`mbr_${n % 7}`, district, n, at);
      }
    }
    await house.drain();
    links = await house.linksOf(a);
    others = await house.linksOf(b);
    heads = [headOf(links, entries)];
  });
  afterAll(() => store.close());

  const headOf = (of: readonly ChainLink[], seq: number): KnownHead => ({
    seq,
    hash: of[seq - 1]!.hash,
    time: '2026-11-21T00:00:00Z',
  });
  const verify = (bytes: Uint8Array, known = heads) => verifyRecord(readLines([bytes]), known);

  /** Everything that a tampering that is seen must say. */
  function told(verdict: RecordVerdict): boolean {
    const { ok, firstBad, entries: good, reason } = verdict;
    return !ok && firstBad === good + 1 && /^Entry \d+: .{20,}\.$/s.test(reason);
  }

  it('is not seen where there is none: the file as it was exported', async () => {
    expect(await verify(bytesOf(await house.fileOf(a)))).toEqual({
      ok: true,
      entries,
      proven: entries,
      firstBad: null,
      reason: `All ${entries} entries follow from each other, and a signed head proves all of them.`,
    });
    for (const size of [1, 7, 4096]) {
      const bytes = fileOf(links);
      const pieces = [];
      for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
      expect((await verifyRecord(readLines(pieces), heads)).ok).toBe(true);
    }
  });

  it.each(Object.entries(kinds))(
    `is seen and told in words: %s, ${runs} times`,
    async (kind, tamper) => {
      let unnoticed = 0;
      let same = 0;
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (draw) => {
          const bytes = tamper(links, draw);
          if (Buffer.from(bytes).equals(Buffer.from(fileOf(links)))) same += 1;
          else if (!told(await verify(bytes))) unnoticed += 1;
        }),
        { seed: 20261120, numRuns: runs + 60 },
      );
      console.log(`${kind}: ${runs + 60 - same} tamperings, ${unnoticed} unnoticed`);
      expect(runs + 60 - same).toBeGreaterThanOrEqual(runs);
      expect(unnoticed).toBe(0);
    },
    120_000,
  );

  it(`is seen: the record of another district, whole or from an entry on, ${runs} times`, async () => {
    let unnoticed = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: entries - 1 }), fc.boolean(), async (from, mend) => {
        const mixed = [...links.slice(0, from), ...others.slice(from)];
        if (!told(await verify(mend ? rehashed(mixed) : fileOf(mixed)))) unnoticed += 1;
      }),
      { seed: 20261120, numRuns: runs },
    );
    console.log(`another district: ${runs} tamperings, ${unnoticed} unnoticed`);
    expect(unnoticed).toBe(0);
  });

  it(`is seen: an old head shown for a record that was cut off or rewritten after it, when a newer one was saved, ${runs} times`, async () => {
    let unnoticed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: entries - 1 }),
        fc.nat({ max: entries - 2 }),
        fc.boolean(),
        async (old, more, cut) => {
          const kept = Math.min(old + more, entries - 1);
          const file = cut
            ? fileOf(links.slice(0, kept))
            : rehashed(links.map((link, index) => (index < old ? link : forged(link))));
          // By the old head alone it is good as far as that reaches, and what comes after is said to be unproven.
          const byOld = await verify(file, [headOf(links, old)]);
          const honest =
            byOld.ok && byOld.proven === old && (byOld.entries === old || /unproven/.test(byOld.reason));
          if (!honest || !told(await verify(file, [headOf(links, old), ...heads]))) unnoticed += 1;
        },
      ),
      { seed: 20261120, numRuns: runs },
    );
    console.log(`an old head replayed: ${runs} tamperings, ${unnoticed} unnoticed`);
    expect(unnoticed).toBe(0);
  });

  it('says that the tail is unproven without a head, and how far an old one reaches', async () => {
    const whole = fileOf(links);
    expect(await verify(whole, [])).toMatchObject({
      ok: true,
      proven: 0,
      reason: expect.stringContaining('unproven'),
    });
    expect(await verify(whole, [headOf(links, 10)])).toMatchObject({
      ok: true,
      proven: 10,
      reason: expect.stringContaining(`the ${entries - 10} after it were recorded since`),
    });
    expect(await verify(new Uint8Array(), [])).toMatchObject({ ok: true, entries: 0 });
    expect(await verify(new Uint8Array())).toMatchObject({ ok: false, firstBad: 1 });
  });

  it('tells which entry is wrong and what is wrong with it', async () => {
    const say = async (changed: Uint8Array, known = heads) => (await verify(changed, known)).reason;
    expect(await say(fileOf(links.toSpliced(4, 1)))).toBe(
      'Entry 5: entry 5 is missing or out of place: number 6 stands where it should.',
    );
    expect(await say(fileOf(links.with(7, forged(links[7]!))))).toContain(
      'Entry 8: its hash does not follow',
    );
    expect(await say(rehashed(links.with(7, forged(links[7]!))))).toContain('the record was rewritten');
    expect(await say(rehashed(links.with(7, forged(links[7]!))), [headOf(links, 5), ...heads])).toContain(
      'at or after entry 6',
    );
    expect(await say(fileOf(links.slice(0, 20)))).toContain('it had 24 entries: its end was cut off');
    expect(await say(bytesOf('{"entry":{}}\n'))).toContain('not of the form');
    const later = links[3]!.entry.replace('"v":1', '"v":2');
    expect(await say(rehashed(links.with(3, { ...links[3]!, entry: later })))).toContain(
      'has version 2, which this program does not know',
    );
  });
});
