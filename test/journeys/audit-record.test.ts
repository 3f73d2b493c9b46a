import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  chainDistrict,
  chainOf,
  exportRecord,
  recordedCollection,
  recordedNames,
  saltedDigest,
  signHead,
  verifyExport,
  verifyStored,
  withheld,
  type AuditedDocument,
  type AuditEntry,
} from '../../src/audit/index.js';
import { allOf, type DistrictId } from '../../src/kernel/index.js';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { verifyCompactJws } from '../../src/securing/index.js';
import { removableStore } from '../support/removable-store.js';
import { aWalkedService, type WalkedService } from '../support/walked-service.js';

describe('the audit record of the main job', () => {
  let walked: WalkedService;
  let district: DistrictId;
  beforeAll(async () => {
    walked = await aWalkedService({ store: removableStore(await openSqlite({ file: ':memory:' })) });
    district = walked.result.district.id as DistrictId;
  });
  afterAll(() => walked?.close());

  const verify = () => verifyStored(walked.service.rooms.audit, district, { state: true });

  it('is whole, and everything that is kept is what it folds into', async () => {
    const { audit } = walked.service.rooms;
    for (const id of [district, walked.result.otherDistrict.id as DistrictId]) {
      const verdict = await verifyStored(audit, id, { state: true });
      expect(verdict.state?.differences.slice(0, 10)).toEqual([]);
      expect(verdict).toMatchObject({
        ok: true,
        record: { firstBad: null },
        state: { faults: [], erased: 0 },
      });
      for await (const { entry } of chainOf(audit.store, id)) expect(entry).not.toContain(`"${withheld}`);
      console.log(`${verdict.record.entries} entries fold into ${verdict.state?.documents} documents`);
    }
    // Where the demo says that the head is public, it is.
    const published = await fetch(walked.result.district.auditHead);
    expect(await published.json()).toMatchObject({ district: 'riverbend', seq: expect.any(Number) });
    const { heads } = await verify();
    expect(heads.checked).toBeGreaterThan(3);
    expect(heads.unchecked).toBe(0);
  });

  it('finds every edit of a recorded member behind its back, in every kind of document', async () => {
    const { audited } = walked.service.rooms.audit;
    const tried: string[] = [];
    for (const name of recordedNames) {
      const doc = await firstOf(name);
      if (doc === undefined) continue;
      const { members, later, pinned } = recordedCollection(name);
      const all = [
        ...members,
        ...(later?.members ?? []),
        ...(doc['salt'] === undefined ? [] : (pinned?.members ?? [])),
      ];
      for (const member of new Set(all.map((path) => path.split('.')[0]!))) {
        const before = doc[member];
        if (before === undefined) continue;
        const kept = (await audited[name].get(doc.district, doc.id))!;
        const edited = await audited[name].replace({
          ...kept,
          [member]: otherThan(before),
        } as AuditedDocument);
        const { ok, state } = await verify();
        const found = state!.differences.filter(({ collection, id }) => collection === name && id === doc.id);
        tried.push(`${name}.${member}`);
        expect([name, member, ok, found.length > 0]).toEqual([name, member, false, true]);
        await audited[name].replace({ ...edited, [member]: before } as AuditedDocument);
      }
    }
    console.log(`${tried.length} edits behind the record's back, 0 unnoticed`);
    expect(tried.length).toBeGreaterThan(120);
    expect((await verify()).ok).toBe(true);
  }, 300_000);

  it('finds what was removed and what was slipped in, and another edition of a credential', async () => {
    const { audit, issuing } = walked.service.rooms;
    const { audited } = audit;
    for (const name of ['ratings', 'decisions', 'certifications', 'awards'] as const) {
      const doc = (await firstOf(name))!;
      await audited[name].replace({ ...doc, effectDue: null } as never as AuditedDocument);
      const kept = (await audited[name].get(district, doc.id))!;
      await audited[name].remove(district, kept.id, kept.version);
      expect((await verify()).state!.differences).toContainEqual(
        expect.objectContaining({ collection: name, id: doc.id, kind: 'missing' }),
      );
      const { version: _version, ...again } = kept;
      await audited[name].insert(again);
      const unique = {
        assignment: 'asg_x',
        submission: 'sub_x',
        uniqueBy: 'x',
        publicId: 'x',
        credentialId: 'x',
      };
      const slipped = `${doc.id.slice(0, 4)}${'x'.repeat(26)}`;
      const inserted = await audited[name].insert({ ...again, ...unique, id: slipped } as never);
      expect((await verify()).state!.differences).toEqual([
        { collection: name, id: slipped, kind: 'unrecorded' },
      ]);
      await audited[name].remove(district, inserted.id, inserted.version);
    }
    const award = (await firstOf('awards'))!;
    const edition = (await issuing.store.edition(district, award.id as never, 1))!;
    const changed = await issuing.store.editions.replace({ ...edition, json: `${edition.json} ` });
    expect((await verify()).state!.differences).toMatchObject([
      { collection: 'awards', id: award.id, member: 'edition 1' },
    ]);
    await issuing.store.editions.replace({ ...changed, json: edition.json });
    expect((await verify()).ok).toBe(true);
  });

  it('is as good after words were erased with their salt, and its digests cannot be linked to them any more', async () => {
    const { audit } = walked.service.rooms;
    const { ratings } = audit.audited;
    const rating = (await firstOf('ratings'))!;
    const before = (await ratings.get(district, rating.id)) as never as Doc;
    const { salt, criteria } = before as unknown as {
      salt: string;
      criteria: { [criterion: string]: { level: string } };
    };
    const pinned = async () => {
      for await (const { entry } of chainOf(audit.store, district)) {
        const { subject, state } = JSON.parse(entry) as AuditEntry;
        if (subject.id === rating.id) return (state['pins'] as { criteria: string }).criteria;
      }
      throw new Error('the rating is not recorded');
    };
    // Who has words and salt can show that they are what was recorded; without the salt nobody can.
    expect(Buffer.from(salt, 'base64url').length).toBeGreaterThanOrEqual(16);
    expect(saltedDigest(salt, criteria)).toBe(await pinned());
    const levels = Object.fromEntries(Object.entries(criteria).map(([id, { level }]) => [id, { level }]));
    const erased = await ratings.replace({
      ...before,
      criteria: levels,
      salt: null,
    } as never as AuditedDocument);
    const verdict = await verify();
    expect(verdict).toMatchObject({
      ok: true,
      record: { firstBad: null },
      state: { erased: 1, differences: [] },
    });
    const guesses = [
      '',
      'null',
      rating.id,
      district,
      String(before['assignment']),
      String(before['reviewer']),
    ];
    expect(guesses.map((guess) => saltedDigest(guess, criteria))).not.toContain(await pinned());
    expect(JSON.stringify(await ratings.get(district, rating.id))).not.toContain(salt);
    await ratings.replace({ ...erased, criteria, salt } as never as AuditedDocument);
    expect((await verify()).state!.erased).toBe(0);
  });

  it('holds what the review quality statement of every credential says, and is told when either says otherwise', async () => {
    const { audit, issuing } = walked.service.rooms;
    const statements = await allOf((request) => issuing.store.awards.page(district, 'all', [], request));
    const made = statements.flatMap(({ statement }) => (statement === null ? [] : [statement]));
    expect(made.length).toBeGreaterThan(1);
    const texts = await Promise.all(
      made.map(async (id) => (await issuing.store.statement(district, id))!.text),
    );
    await signHead(audit, district);
    const { items: heads } = await audit.store.pageOfHeads(district, { limit: 500 });
    let record = '';
    for await (const piece of exportRecord(audit.store, district)) record += piece;
    const [head] = heads;
    const jwks = await (await fetch(`${walked.result.district.auditHead}/jwks.json`)).text();
    const verifyBy = (said: readonly string[], file = record, saved = [head!.jws]) =>
      verifyExport({
        name: 'record.jsonl',
        record: () => [Buffer.from(file)],
        heads: saved.map((text, n) => ({ name: `head-${n}`, text })),
        statements: said.map((text, n) => ({ name: `statement-${n}`, text })),
        jwks: { name: 'jwks.json', text: jwks },
        openJws: verifyCompactJws,
      });
    const good = await verifyBy(texts);
    expect(
      good.statements.map(({ standing, detail }) => [standing, /signed head proves/.test(detail)]),
    ).toEqual(texts.map(() => ['agrees', true]));
    expect(good.outcome).toBe('good');
    // A head that a statement names was signed, is public, and was there before the decision.
    const headsBefore = texts.map((text) => (JSON.parse(text) as Said).auditRecord.headBefore);
    for (const [n, { seq, hash, time }] of headsBefore.entries()) {
      expect(heads.some((one) => String(one.seq) === seq && one.hash === hash && one.time === time)).toBe(
        true,
      );
      expect(good.statements[n]!.seq).toBeGreaterThan(Number(seq));
    }
    console.log(`${texts.length} statements borne out, heads before: ${headsBefore.map(({ seq }) => seq)}`);
    const [text] = texts as [string];
    const first = good.statements[0]!;
    const standing = async (said: string, file?: string, saved?: readonly string[]) => {
      const { outcome, statements: judged, record: found } = await verifyBy([said], file, saved as string[]);
      return [outcome, judged[0]!.standing, found.firstBad];
    };
    expect(await standing(text.replace(/"independentReviews":"\d"/, '"independentReviews":"9"'))).toEqual([
      ...['bad', 'differs', null],
    ]);
    expect(await standing(text.replace(first.entry, 'aud_aaaaaaaaaaaaaaaaaaaaaaaaaa'))).toEqual([
      ...['bad', 'not-found', null],
    ]);
    // Cut off before the decision: by the statement alone, without any saved head.
    const cut = record
      .split('\n')
      .slice(0, first.seq! - 1)
      .join('\n')
      .concat('\n');
    expect(await standing(text, cut, [])).toEqual(['bad', 'not-found', null]);
    // Rewritten before the head that the statement names.
    const other = headsBefore[0]!;
    expect(await standing(text.replace(other.hash, 'a'.repeat(64)), record, [])).toEqual([
      ...['bad', 'not-judged', Number(other.seq)],
    ]);
    expect(await standing(text.replaceAll('audit/riverbend', 'audit/elm-grove'))).toEqual([
      ...['not-judged', 'other-district', null],
    ]);
  });

  /** A document of this kind in the district, the one that says most. */
  async function firstOf(name: (typeof recordedNames)[number]) {
    const { audited } = walked.service.rooms.audit;
    const { chain, index = 'all' } = recordedCollection(name);
    if (chain === 'id') return (await audited[name].get('service', district)) as never as Doc;
    const page =
      chain === 'tenant'
        ? await audited[name].page('service', index, [district], { limit: 100 })
        : await audited[name].page(district, index, [], { limit: 100 });
    const docs = page.items.filter((doc) => chainDistrict(name, doc) === district) as never as Doc[];
    return docs.sort((x, y) => JSON.stringify(y).length - JSON.stringify(x).length)[0];
  }
});

interface Said {
  readonly auditRecord: { readonly headBefore: { seq: string; hash: string; time: string } };
}

type Doc = AuditedDocument & { readonly [member: string]: unknown };

/** Another value of the same kind. */
function otherThan(value: unknown): unknown {
  if (typeof value === 'string') return /Z$/.test(value) ? '2001-01-01T00:00:00Z' : `${value}x`;
  if (typeof value === 'number') return value + 1000;
  if (typeof value === 'boolean') return !value;
  if (value === null) return 'x';
  if (Array.isArray(value)) return [...value, 'x'];
  const [[name, member], ...rest] = Object.entries(value as object) as [[string, unknown]];
  return Object.fromEntries([[name, otherThan(member)], ...rest]);
}
