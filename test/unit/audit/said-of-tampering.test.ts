import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { sayExport, verifyExport, type ChainLink } from '../../../src/audit/index.js';
import type { Store } from '../../../src/kernel/index.js';
import { verifyCompactJws } from '../../../src/securing/index.js';
import { aHeadKey, type HeadKey } from '../../support/audit-head-key.js';
import { anAuditHouse } from '../../support/audit-house.js';
import { fileOf, forged, rehashed } from '../../support/audit-tampering.js';

/** What `touchstone audit verify --head FILE` prints for a person: where, of what, what is wrong, what to do. */
describe('what is said of a tampered record', () => {
  let store: Store;
  let links: readonly ChainLink[];
  let key: HeadKey;
  beforeAll(async () => {
    store = await openSqlite({ file: ':memory:' });
    const house = anAuditHouse(store);
    for (let n = 1; n <= 6; n += 1) await house.say(`mbr_${n}`, 'dst_a', n, `2026-11-20T09:00:0${n}Z`);
    await house.drain();
    links = await house.linksOf('dst_a');
    key = await aHeadKey('riverbend');
  });
  afterAll(() => store.close());

  const tampered: readonly (readonly [string, (of: readonly ChainLink[]) => Uint8Array, RegExp])[] = [
    [
      'a flip',
      (of) => fileOf(of.with(2, { ...of[2]!, entry: of[2]!.entry.replace(':3,', ':8,') })),
      /^Entry 3 \(chain\), where availabilities mbr_3 stands: its hash does not follow/,
    ],
    [
      'a deletion',
      (of) => fileOf(of.toSpliced(3, 1)),
      /^Entry 4 \(order\), where availabilities mbr_5 stands: entry 4 is missing or out of place/,
    ],
    [
      'a reorder',
      (of) => fileOf(of.with(1, of[2]!).with(2, of[1]!)),
      /^Entry 2 \(order\), where availabilities mbr_3 stands: entry 2 is missing or out of place/,
    ],
    [
      'a rewrite with all hashes mended',
      (of) => rehashed(of.with(4, forged(of[4]!))),
      /^Entry 6 \(rewritten\), where availabilities mbr_6 stands: the head signed at 2026-11-21T00:00:00Z says/,
    ],
    [
      'a truncation',
      (of) => fileOf(of.slice(0, 4)),
      /^Entry 5 \(cut-off\): the record ends here, but the head signed at 2026-11-21T00:00:00Z says that it had 6/,
    ],
  ];

  it.each(tampered)('tells the place, the document and the way out: %s', async (_, tamper, place) => {
    const head = await key.sign({ seq: 6, hash: links[5]!.hash, time: '2026-11-21T00:00:00Z' });
    const verdict = await verifyExport({
      name: 'record.jsonl',
      record: () => [tamper(links)],
      heads: [{ name: 'head.json', text: head }],
      jwks: { name: 'jwks.json', text: key.jwks },
      openJws: verifyCompactJws,
    });
    const said = sayExport(verdict);
    expect(verdict.outcome).toBe('bad');
    expect(said[0]).toMatch(/^Not as it was recorded\. Entries before the first fault: \d/);
    expect(said[1]).toMatch(place);
    expect(said.filter((line) => line.startsWith('What to do: '))).toEqual([
      expect.stringContaining('export the record anew'),
    ]);
    expect(said.at(-1)).toContain('head.json');
  });
});
