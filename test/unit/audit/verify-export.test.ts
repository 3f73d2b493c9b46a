import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { sayExport, verifyExport, type ChainLink, type ExportVerdict } from '../../../src/audit/index.js';
import type { Store } from '../../../src/kernel/index.js';
import { verifyCompactJws } from '../../../src/securing/index.js';
import { aHeadKey, type HeadKey } from '../../support/audit-head-key.js';
import { anAuditHouse } from '../../support/audit-house.js';

/** An exported record verified by files alone: what is wrong with the files is told before anything is judged. */
describe('an exported record', () => {
  let store: Store;
  let links: readonly ChainLink[];
  let file: string;
  let key: HeadKey;
  beforeAll(async () => {
    store = await openSqlite({ file: ':memory:' });
    const house = anAuditHouse(store);
    for (let n = 0; n < 6; n += 1) await house.say(`mbr_${n}`, 'dst_a', n, `2026-11-20T09:00:0${n}Z`);
    await house.drain();
    links = await house.linksOf('dst_a');
    file = await house.fileOf('dst_a');
    key = await aHeadKey('riverbend');
  });
  afterAll(() => store.close());

  const headAt = (seq: number) => key.sign({ seq, hash: links[seq - 1]!.hash, time: '2026-11-21T00:00:00Z' });
  const verify = (given: {
    readonly record?: string;
    readonly heads?: readonly string[];
    readonly jwks?: string | undefined;
  }): Promise<ExportVerdict> => {
    const { record = file, heads = [] } = given;
    const jwks = 'jwks' in given ? given.jwks : key.jwks;
    return verifyExport({
      name: 'record.jsonl',
      record: () => [Buffer.from(record, 'utf8')],
      heads: heads.map((text, n) => ({ name: `head-${n}`, text })),
      ...(jwks === undefined ? {} : { jwks: { name: 'jwks.json', text: jwks } }),
      openJws: verifyCompactJws,
    });
  };
  const refusal = async (given: Parameters<typeof verify>[0]) =>
    verify(given).then(
      () => 'nothing was refused',
      (error: unknown) => (error as Error).message,
    );

  it('is good by a head in any form in which it may have been saved, and by several', async () => {
    const jws = await headAt(6);
    for (const head of [
      jws,
      `${jws}\n`,
      JSON.stringify({ district: 'riverbend', seq: 6, jws }),
      JSON.stringify({ items: [{ jws: await headAt(3) }, { jws }] }),
    ]) {
      const verdict = await verify({ heads: [head] });
      expect(verdict).toMatchObject({ outcome: 'good', keys: 'given', record: { entries: 6, proven: 6 } });
      expect(verdict.heads.every(({ standing }) => standing === 'holds')).toBe(true);
    }
    expect((await verify({ heads: [await headAt(4)] })).record).toMatchObject({
      proven: 4,
      reason: expect.stringContaining('the 2 after it were recorded since'),
    });
    expect(await verify({})).toMatchObject({ outcome: 'good', record: { proven: 0 } });
  });

  it('is refused with the file, the fault and what is expected, when it is something else', async () => {
    expect(await refusal({ record: '' })).toBe(
      'The file record.jsonl is empty: an exported record has a line for every entry, beginning with the district’s.',
    );
    for (const record of ['{"a":1}\n', 'P1,2,3\n', '\ufeff{}\n', '[1,2]\n', '\u0000\u0001', '{"entry":{}']) {
      expect(await refusal({ record })).toMatch(
        /^The file record\.jsonl is no exported audit record: .* Make one with: touchstone audit export/,
      );
    }
  });

  it('takes no head and no key for what it is not', async () => {
    for (const head of ['', 'a.b', '{"jws":1}', '{"items":[]}', '[]', 'null', '{']) {
      expect(await refusal({ heads: [head] })).toMatch(/^The file head-0 holds no signed head: /);
    }
    expect(await refusal({ heads: ['e30.e30.e30'] })).toMatch(/is no head of an audit record/);
    const heads = [await headAt(6)];
    const jwksOf = (keys: unknown) => refusal({ heads, jwks: JSON.stringify({ keys }) });
    expect(await refusal({ heads, jwks: 'key' })).toMatch(/^The file jwks\.json is no JSON: /);
    expect(await jwksOf('all')).toMatch(/is no JWK Set \(RFC 7517\)/);
    expect(await jwksOf([])).toMatch(/without any key/);
    expect(await jwksOf([{ kty: 'OKP', crv: 'Ed25519', x: 'A', d: 'A' }])).toMatch(/holds a private key/);
  });

  it('is bad by a head that nobody signed, that another key signed, or that is of another type', async () => {
    const [header, payload, signature] = (await headAt(6)).split('.') as [string, string, string];
    const other = (text: string) => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`);
    const claimed = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), seq: 5 }),
    ).toString('base64url');
    const stranger = await aHeadKey('riverbend');
    const { hash } = links[5]!;
    for (const head of [
      `${header}.${payload}.${other(signature)}`,
      `${header}.${claimed}.${signature}`,
      await stranger.sign({ seq: 6, hash, time: '2026-11-21T00:00:00Z' }),
      await key.sign({ seq: 6, hash, time: '2026-11-21T00:00:00Z' }, 'JWT'),
    ]) {
      const verdict = await verify({ heads: [head] });
      expect(verdict).toMatchObject({
        outcome: 'bad',
        record: { ok: true, proven: 0 },
        heads: [{ standing: 'not-signed' }],
      });
      expect(sayExport(verdict).join('\n')).toContain('worth nothing; its signature is not good');
    }
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    expect(await refusal({ heads: [none] })).toMatch(/holds no signed head/);
  });

  it('is not judged by a head of another district, or one whose key is not at hand; but held against the latter', async () => {
    const stranger = await aHeadKey('elm-grove', 'audit-2026-9');
    const { hash } = links[5]!;
    const head = await stranger.sign({ seq: 6, hash, time: '2026-11-21T00:00:00Z' });
    const aside = await verify({ heads: [head] });
    expect(aside).toMatchObject({
      outcome: 'not-judged',
      record: { proven: 0 },
      heads: [{ standing: 'no-key' }],
    });
    expect(sayExport(aside)[0]).toMatch(/^Not fully checked: /);
    const cut = file.split('\n').slice(0, 4).join('\n').concat('\n');
    expect(await verify({ record: cut, heads: [head] })).toMatchObject({
      outcome: 'bad',
      record: { faults: [{ seq: 5, kind: 'cut-off' }], proven: 0 },
    });
    // Without keys of the district's own, the record has to name one; this one names none.
    expect(await verify({ heads: [await headAt(6)], jwks: undefined })).toMatchObject({
      outcome: 'not-judged',
      keys: 'of-the-record',
      heads: [{ standing: 'no-key', detail: expect.stringContaining('--jwks') }],
    });
  });

  it('has every fault told with its number and kind, and is read on after each', async () => {
    const lines = file.trimEnd().split('\n');
    const changed = lines
      .with(1, lines[1]!.replace('"minutesPerWeek":1', '"minutesPerWeek":7'))
      .with(3, lines[3]!.slice(0, -9))
      .toSpliced(5, 1);
    const verdict = await verify({ record: `${changed.join('\n')}\n`, heads: [await headAt(6)] });
    expect(verdict.record.faults.map(({ seq, kind }) => [seq, kind])).toEqual([
      [2, 'chain'],
      [4, 'unreadable'],
      [6, 'cut-off'],
    ]);
    const said = sayExport(verdict);
    expect(said[0]).toBe(
      'Not as it was recorded. Entries before the first fault: 1, of which a signed head proves 0.',
    );
    expect(said[1]).toMatch(
      /^Entry 2 \(chain\), where availabilities mbr_1 stands: its hash does not follow/,
    );
    expect(said.join('\n')).toMatch(
      /What to do: keep this file .* export the record anew\. When the new one is good/,
    );
    const kinds = async (record: readonly string[]) =>
      (await verify({ record: `${record.join('\n')}\n` })).record.faults.map(({ seq, kind }) => [seq, kind]);
    expect(await kinds(lines.toSpliced(2, 2))).toEqual([[3, 'order']]);
    expect(await kinds([...lines.slice(0, 2), lines[3]!, lines[2]!, ...lines.slice(4)])).toEqual([
      [3, 'order'],
      [5, 'order'],
      [5, 'chain'],
    ]);
    expect(await kinds([...lines, lines[5]!])).toEqual([[7, 'order']]);
    expect(await kinds(lines.with(2, lines[2]!.replace('"seq":3', '"seq":33')))).toEqual([[3, 'order']]);
  });
});
