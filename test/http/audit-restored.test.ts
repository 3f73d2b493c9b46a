import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { exportRecord, recordRestore, sayExport, verifyExport } from '../../src/audit/index.js';
import { verifyCompactJws } from '../../src/securing/index.js';
import { aDistrict, aMember, aService, type TestService } from '../support/service.js';

/** A store that was restored from a backup is behind the heads that were published: nobody goes on silently. */
describe('a store restored from a backup', () => {
  let folder: string;
  let auditHeads: string;
  /** The newest head that was published before, the one of between, and the keys. */
  /** The number of the last entry in the backup. */
  let end: number;
  const published = { first: '', between: '', newest: '', jwks: '' };
  const start = async (file: string, behindHeads = false) =>
    aService({
      ...{ store: await openSqlite({ file: join(folder, file) }), auditHeads, overrides: { behindHeads } },
    });
  const text = async (service: TestService, path: string) =>
    (await service.http.get(`/.well-known/audit/riverbend${path}`)).text;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'touchstone-restored-'));
    auditHeads = join(folder, 'heads');
    const store = await openSqlite({ file: join(folder, 'live.db') });
    const service = await aService({ store, auditHeads });
    const district = await aDistrict(service, { slug: 'riverbend' });
    await service.settle();
    published.first = await text(service, '');
    end = (await service.rooms.audit.store.head(district.id))!.seq;
    await store.backup(join(folder, 'backup.db'));
    await aMember(service, district, ['teacher']);
    await service.settle();
    service.clock.advance(15 * 3600);
    await service.settle();
    published.between = await text(service, '');
    await aMember(service, district, ['coach']);
    await service.settle();
    service.clock.advance(24 * 3600);
    await service.settle();
    published.newest = await text(service, '');
    published.jwks = await text(service, '/jwks.json');
    await service.close();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const verify = async (service: TestService, heads: readonly string[], cut?: number) => {
    const { tenancy, audit } = service.rooms;
    const { id } = (await tenancy.store.districtBySlug('riverbend'))!;
    let record = '';
    for await (const piece of exportRecord(audit.store, id)) record += piece;
    if (cut !== undefined) record = record.split('\n').slice(0, cut).join('\n').concat('\n');
    return verifyExport({
      name: 'record.jsonl',
      record: () => [Buffer.from(record)],
      heads: heads.map((head, n) => ({ name: `head-${n}.json`, text: head })),
      jwks: { name: 'jwks.json', text: published.jwks },
      openJws: verifyCompactJws,
    });
  };
  const seqOf = (head: string) => (JSON.parse(head) as { readonly seq: number }).seq;

  it('keeps every published head in the folder, and starts on the store that they are of', async () => {
    const kept = await readFile(join(auditHeads, 'riverbend.heads.jsonl'), 'utf8');
    expect(kept.trimEnd().split('\n')).toEqual([published.first, published.between, published.newest]);
    await (await start('live.db')).close();
  });

  it('is not started on: the refusal names the district, both ends and the command', async () => {
    await expect(start('backup.db')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        new RegExp(
          `ends with entry ${end}, .* it had ${seqOf(published.newest)}: touchstone audit restored --district riverbend`,
        ),
      ),
    });
    // A line that a crash cut short neither hides nor stops anything.
    const file = join(auditHeads, 'riverbend.heads.jsonl');
    const whole = await readFile(file, 'utf8');
    await writeFile(file, `${whole}{"district":"riverb`);
    await expect(start('backup.db')).rejects.toMatchObject({ code: 'conflict' });
    await writeFile(file, whole);
    await writeFile(join(auditHeads, 'gone.heads.jsonl'), whole);
    await expect(start('live.db')).rejects.toThrow('the store has no district gone');
    await rm(join(auditHeads, 'gone.heads.jsonl'));
  });

  it('records the restore on the operator’s word; then verification takes the heads of before and says what was lost', async () => {
    const service = await start('backup.db', true);
    const { tenancy, audit } = service.rooms;
    const { id } = (await tenancy.store.districtBySlug('riverbend'))!;
    const district = { id, slug: 'riverbend' };
    const jws = (head: string) => (JSON.parse(head) as { readonly jws: string }).jws;
    // Until it is recorded, a verification by the head of before finds the cut.
    expect(await verify(service, [published.newest])).toMatchObject({
      outcome: 'bad',
      record: { faults: [{ kind: 'cut-off' }] },
    });
    const saved = [published.first, published.between, published.newest].map(jws);
    const recorded = await recordRestore(audit, district, saved);
    expect(recorded).toMatchObject({
      fromHead: { seq: end },
      lostHead: { seq: seqOf(published.newest) },
      lostBefore: [{ seq: seqOf(published.between) }],
      head: { seq: end + 1 },
    });
    await expect(recordRestore(audit, district, saved)).rejects.toMatchObject({ code: 'conflict' });
    const stranger = `e30.${Buffer.from(JSON.stringify({ district: 'elm-grove', seq: 99, hash: 'a'.repeat(64), time: '2026-11-20T00:00:00Z' })).toString('base64url')}.x`;
    await expect(recordRestore(audit, district, [stranger])).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('elm-grove'),
    });
    const after = await text(service, '');
    const good = await verify(service, [published.first, published.between, published.newest, after]);
    expect(good).toMatchObject({
      outcome: 'good',
      record: { proven: recorded.head.seq },
      heads: ['holds', 'lost', 'lost', 'holds'].map((standing) => ({ standing })),
    });
    const said = sayExport(good);
    expect(said[0]).toMatch(/^Good, but for what was lost in a restore that it names\./);
    expect(said.join('\n')).toContain(
      `what was recorded as entries ${end + 1} to ${seqOf(published.newest)} before is lost`,
    );
    // Without any head of before it is told too: nobody can restore unseen.
    expect(sayExport(await verify(service, [after])).join('\n')).toContain('Restored: entry');
    // Cut off before the entry that names them, the heads of before find it as ever.
    expect(await verify(service, [published.between], end)).toMatchObject({ outcome: 'bad' });
    await service.close();
  });

  it('goes on from there: it starts, and a head that the restore does not name is found as ever', async () => {
    const service = await start('backup.db');
    const { tenancy, audit } = service.rooms;
    const district = (await tenancy.store.districtBySlug('riverbend'))!;
    // A head that this district signed and that nobody gave to the command.
    const unnamed = await audit.signer.sign(district.id, {
      ...{ seq: seqOf(published.newest) + 5, hash: 'b'.repeat(64), time: '2026-11-22T00:00:00Z' },
    });
    expect(await verify(service, [published.newest, unnamed])).toMatchObject({
      outcome: 'bad',
      record: { faults: [{ kind: 'cut-off' }] },
      heads: [{ standing: 'lost' }, { standing: 'holds' }],
    });
    const members = 6;
    for (let n = 0; n < members; n += 1) await aMember(service, district, ['coach']);
    await service.settle();
    expect(await verify(service, [published.newest])).toMatchObject({ outcome: 'good' });
    expect((await verify(service, [])).record.entries).toBeGreaterThan(seqOf(published.newest));
    await service.close();
  });
});
