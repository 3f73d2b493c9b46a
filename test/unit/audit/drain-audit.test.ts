import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  auditStore,
  chainOf,
  drainAudit,
  verifyChain,
  withAudit,
  type Audited,
  type AuditStore,
  type ChainLink,
} from '../../../src/audit/index.js';
import type { Collection, DistrictId, Store, Stored } from '../../../src/kernel/index.js';

interface Rating extends Stored, Audited {
  readonly level: number;
}

const now = '2026-11-20T09:00:00Z';
const a = 'dst_a' as DistrictId;
const b = 'dst_b' as DistrictId;

describe('the audit chain', () => {
  let store: Store;
  let chain: AuditStore;
  let ratings: Collection<Rating>;

  beforeEach(async () => {
    store = await openSqlite({ file: ':memory:' });
    chain = auditStore(store);
    ratings = store.collection({
      name: 'ratings',
      scope: 'district',
      unique: [],
      indexes: [],
      sweeps: ['auditDue'],
    });
  });
  afterEach(() => store.close());

  const audited = <T extends { id: string; district: DistrictId; version?: number; level: number }>(doc: T) =>
    withAudit(
      doc,
      {
        actor: { kind: 'service', district: doc.district },
        verb: 'rated',
        collection: 'ratings',
        facts: { level: doc.level },
      },
      now,
    );

  const rated = (id: string, district = a) => ratings.insert(audited({ id, district, level: 1 }));

  async function drain(from: AuditStore = chain, collection = ratings): Promise<void> {
    const effect = drainAudit(from, 'ratings', collection);
    for (const doc of await effect.sweep(now, 100)) await effect.settle(doc);
  }

  async function linksOf(district: string): Promise<ChainLink[]> {
    const links: ChainLink[] = [];
    for await (const link of chainOf(chain, district)) links.push(link);
    return links;
  }

  it('appends waiting entries to the chain of their district, hash over hash, and clears them', async () => {
    const one = await rated('rat_1');
    await ratings.replace(audited({ ...one, district: a, level: 2 }));
    await rated('rat_2');
    await rated('rat_3', b);
    await drain();
    const links = await linksOf(a);
    expect(links.map((link) => [link.seq, (JSON.parse(link.entry) as { subject: object }).subject])).toEqual([
      [1, { collection: 'ratings', id: 'rat_1', version: 1 }],
      [2, { collection: 'ratings', id: 'rat_1', version: 2 }],
      [3, { collection: 'ratings', id: 'rat_2', version: 1 }],
    ]);
    let previous = '0'.repeat(64);
    for (const link of links) {
      expect(link.hash).toBe(
        (previous = createHash('sha256')
          .update(previous + link.entry)
          .digest('hex')),
      );
    }
    expect((await linksOf(b)).map((link) => link.seq)).toEqual([1]);
    expect(await ratings.get(a, 'rat_1')).toMatchObject({
      pendingEntries: [],
      auditDue: null,
      level: 2,
      version: 3,
    });
    expect(await ratings.sweep('auditDue', { before: '2099-01-01T00:00:00Z', limit: 10 })).toEqual([]);
  });

  it('hashes the entry in JCS: members sorted, no spaces', async () => {
    await rated('rat_1');
    await drain();
    const [link] = await linksOf(a);
    expect(link!.entry).toBe(
      `{"actor":"service","at":"${now}","facts":{"level":1},"id":"${link!.id}","subject":{"collection":"ratings","id":"rat_1","version":1},"verb":"rated"}`,
    );
  });

  it('adds nothing a second time after a crash between append and clear', async () => {
    await rated('rat_1');
    await rated('rat_2');
    const crashing: Collection<Rating> = { ...ratings, replace: () => Promise.reject(new Error('killed')) };
    await expect(drain(chain, crashing)).rejects.toThrow('killed');
    expect(await linksOf(a)).toHaveLength(1);
    await drain();
    expect((await linksOf(a)).map((link) => link.seq)).toEqual([1, 2]);
    expect(await verifyChain(chainOf(chain, a))).toEqual({ ok: true, entries: 2 });
  });

  it('keeps an entry that was left in the document while the others were appended', async () => {
    const one = await rated('rat_1');
    let changed = false;
    const contended: AuditStore = {
      ...chain,
      append: async (link) => {
        const appended = await chain.append(link);
        if (!changed) {
          changed = true;
          await ratings.replace(audited({ ...one, district: a, level: 4 }));
        }
        return appended;
      },
    };
    await drain(contended);
    expect((await linksOf(a)).map((link) => link.seq)).toEqual([1, 2]);
    expect(await ratings.get(a, 'rat_1')).toMatchObject({ level: 4, pendingEntries: [], auditDue: null });
  });

  it('leaves no gap and no double when 40 documents are drained at once, each twice', async () => {
    for (let n = 0; n < 40; n += 1) await rated(`rat_${n}`);
    const effect = drainAudit(chain, 'ratings', ratings);
    const due = await effect.sweep(now, 100);
    const results = await Promise.allSettled([...due, ...due].map((doc) => effect.settle(doc)));
    // Those who lost too many races give up and are swept again.
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict' });
    }
    await drain();
    expect(await verifyChain(chainOf(chain, a))).toEqual({ ok: true, entries: 40 });
  });

  describe('verifyChain', () => {
    async function tampered(change: (links: ChainLink[]) => ChainLink[]) {
      for (let n = 0; n < 5; n += 1) await rated(`rat_${n}`);
      await drain();
      return verifyChain(change(await linksOf(a)));
    }

    it('accepts an empty chain and one as it was written', async () => {
      expect(await verifyChain([])).toEqual({ ok: true, entries: 0 });
      expect(await tampered((links) => links)).toEqual({ ok: true, entries: 5 });
    });

    it.each<[string, (links: ChainLink[]) => ChainLink[], number]>([
      [
        'an altered entry',
        (links) => links.with(2, { ...links[2]!, entry: links[2]!.entry.replace('"level":1', '"level":4') }),
        3,
      ],
      [
        'a flipped hash',
        (links) =>
          links.with(1, { ...links[1]!, hash: links[1]!.hash.replace(/^./, (c) => (c === '0' ? '1' : '0')) }),
        2,
      ],
      ['a removed link', (links) => links.toSpliced(2, 1), 3],
      [
        'a removed link, the rest renumbered',
        (links) => links.toSpliced(2, 1).map((link, index) => ({ ...link, seq: index + 1 })),
        3,
      ],
      ['two links exchanged', (links) => [links[0]!, links[2]!, links[1]!, ...links.slice(3)], 2],
      ['a repeated link', (links) => [...links, links[4]!], 6],
      ['a missing beginning', (links) => links.slice(1), 1],
      ['an entry under another id', (links) => links.with(3, { ...links[3]!, id: 'aud_x' }), 4],
    ])('detects %s', async (_what, change, firstBad) => {
      expect(await tampered(change)).toEqual({
        ok: false,
        entries: firstBad - 1,
        firstBad,
        reason: expect.any(String),
      });
    });
  });
});
