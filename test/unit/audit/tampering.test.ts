import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLines, verifyRecord, type KnownHead } from '../../../src/audit/index.js';
import {
  aTamperedRecord,
  bytesOf,
  entriesTampered as entries,
  fileOf,
  forged,
  headOf,
  rehashed,
  tamperedWith,
  tamperings,
  type TamperedRecord,
} from '../../support/audit-tampering.js';

/** How many of each kind; `npm run soak -- audit-tampering` tries 1,000. */
const runs = 150;
const seed = 20261120;

/** Every file is judged by what `touchstone audit verify` calls, by heads that are signed as published ones are. */
describe('tampering with a record', () => {
  let record: TamperedRecord;
  let heads: readonly KnownHead[];
  beforeAll(async () => {
    record = await aTamperedRecord();
    ({ heads } = record);
  });

  const verify = (bytes: Uint8Array, known = heads) => verifyRecord(readLines([bytes]), known);

  it('is not seen where there is none: the file as it was exported', async () => {
    expect(await verify(bytesOf(record.file))).toEqual({
      ok: true,
      entries,
      proven: entries,
      firstBad: null,
      reason: `All ${entries} entries follow from each other, and a signed head proves all of them.`,
      faults: [],
      moreFaults: 0,
    });
    expect(await record.verifyFile(bytesOf(record.file))).toMatchObject({
      outcome: 'good',
      record: { proven: entries },
      heads: [{ standing: 'holds' }],
    });
    for (const size of [1, 7, 4096]) {
      const bytes = fileOf(record.links);
      const pieces = [];
      for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
      expect((await verifyRecord(readLines(pieces), heads)).ok).toBe(true);
    }
  });

  it.each(Object.entries(tamperings))(
    `is seen and told in words: %s, ${runs} times`,
    async (kind, tamper) => {
      const { tried, unnoticed } = await tamperedWith(record, tamper, { count: runs, seed });
      console.log(`${kind}: ${tried} tamperings, ${unnoticed} unnoticed`);
      expect({ tried, unnoticed }).toEqual({ tried: runs, unnoticed: 0 });
    },
    120_000,
  );

  it(`is seen: the record of another district, whole or from an entry on, ${runs} times`, async () => {
    const { links, others, toldOf } = record;
    let unnoticed = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: entries - 1 }), fc.boolean(), async (from, mend) => {
        const mixed = [...links.slice(0, from), ...others.slice(from)];
        if (!(await toldOf(mend ? rehashed(mixed) : fileOf(mixed)))) unnoticed += 1;
      }),
      { seed, numRuns: runs },
    );
    console.log(`another district: ${runs} tamperings, ${unnoticed} unnoticed`);
    expect(unnoticed).toBe(0);
  });

  it(`is seen: an old head shown for a record that was cut off or rewritten after it, when a newer one was saved, ${runs} times`, async () => {
    const { links, toldOf } = record;
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
          if (!honest || !(await toldOf(file, [headOf(links, old), ...heads]))) unnoticed += 1;
        },
      ),
      { seed, numRuns: runs },
    );
    console.log(`an old head replayed: ${runs} tamperings, ${unnoticed} unnoticed`);
    expect(unnoticed).toBe(0);
  });

  it('says that the tail is unproven without a head, and how far an old one reaches', async () => {
    const { links } = record;
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
    const { links } = record;
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
