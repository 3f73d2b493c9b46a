import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Database from 'better-sqlite3';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite, type SqliteStore } from '../../src/adapters/sqlite/index.js';
import { slots, type Slot } from '../support/slots.js';
import type { Collection, PageOf } from '../../src/kernel/index.js';

describe('the SQLite engine', () => {
  let folder: string;
  let file: string;
  let store: SqliteStore;
  let taken: Collection<Slot>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'touchstone-engine-'));
    file = join(folder, 'data', 'store.sqlite');
    store = await openSqlite({ file });
    taken = store.collection(slots);
    await taken.insert({ id: 'first', district: 'dst_a', slot: 0, owner: 'x' });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const take = (slot: number) => taken.insert({ id: `s${slot}`, district: 'dst_a', slot, owner: 'x' });

  /** Commits in the write-ahead log: frames whose header gives the size of the database after a commit. */
  function commits(): number {
    const wal = readFileSync(`${file}-wal`);
    const frame = 24 + wal.readUInt32BE(8);
    let count = 0;
    for (let at = 32; at + frame <= wal.length; at += frame) if (wal.readUInt32BE(at + 4) !== 0) count += 1;
    return count;
  }

  it('shares one commit among the writes of one turn, one refused write standing in no other’s way', async () => {
    const before = commits();
    const results = await Promise.allSettled([
      ...Array.from({ length: 200 }, (_, n) => take(n + 1)),
      take(7),
      take(0),
    ]);
    expect(commits() - before).toBe(1);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(200);
    expect(await taken.count('dst_a', 'inOrder', [])).toBe(201);
    await take(300);
    expect(commits() - before).toBe(2);
  });

  it('answers nobody of a commit that failed, keeps nothing of it, and goes on', async () => {
    const other = new Database(file);
    other.exec(
      `CREATE TRIGGER fault BEFORE INSERT ON c_slots WHEN NEW.id = 's2' BEGIN SELECT RAISE(ROLLBACK, 'the disk is gone'); END`,
    );
    const results = await Promise.allSettled([take(1), take(2), take(3)]);
    expect(results.map((result) => (result as PromiseRejectedResult).reason)).toEqual(
      Array(3).fill(expect.objectContaining({ code: 'unavailable' })),
    );
    expect(await taken.count('dst_a', 'inOrder', [])).toBe(1);
    other.exec('DROP TRIGGER fault');
    other.close();
    await take(2);
    expect(await taken.count('dst_a', 'inOrder', [])).toBe(2);
  });

  it('finds, lists and sweeps by index, never by scan', async () => {
    const spec = {
      name: 'due',
      scope: 'district',
      unique: [{ name: 'byName', fields: ['name'] }],
      indexes: [{ name: 'ofKind', equality: ['kind'], order: 'rank' }],
      sweeps: ['effectDue'],
    } as const;
    interface Due extends Slot {
      readonly name: string;
      readonly kind: string;
      readonly rank: number;
      readonly effectDue: null;
    }
    const due = store.collection<Due>(spec);
    await due.count('dst_a', 'ofKind', ['k']);
    const other = new Database(file);

    /** How SQLite would run the one statement that the adapter prepares for `call`. */
    async function plan(call: () => Promise<unknown>): Promise<string> {
      const prepare = jest.spyOn(Database.prototype, 'prepare');
      await call();
      const prepared = prepare.mock.calls.map(([sql]) => sql);
      prepare.mockRestore();
      expect(prepared).toHaveLength(1);
      const [sql] = prepared as [string];
      const values = Array<string>(sql.split('?').length - 1).fill('x');
      return (other.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[])
        .map((row) => row.detail)
        .join('; ');
    }
    const page = (options: Partial<PageOf>) => () =>
      due.page('dst_a', 'ofKind', ['k'], { limit: 1, ...options });

    for (const rank of [1, 2]) {
      const doc = { slot: rank, owner: 'x', name: `n${rank}`, kind: 'k', rank, effectDue: null };
      await due.insert({ id: `d${rank}`, district: 'dst_a', ...doc });
    }
    const ofKind =
      /^SEARCH c_due USING (COVERING )?INDEX i_due_ofKind \(district=\? AND f_kind=\? AND .*f_rank.*\)$/;
    expect(await plan(() => due.get('dst_a', 'd1'))).toMatch(
      /^SEARCH c_due USING .*\(district=\? AND id=\?\)$/,
    );
    expect(await plan(() => due.find('dst_a', 'byName', ['n1']))).toBe(
      'SEARCH c_due USING INDEX u_due_byName (district=? AND f_name=?)',
    );
    const first = await due.page('dst_a', 'ofKind', ['k'], { limit: 1, descending: true });
    expect(await plan(page({}))).toMatch(ofKind);
    expect(await plan(page({ from: 1, to: 3 }))).toMatch(ofKind);
    expect(await plan(page({ descending: true, cursor: first.next! }))).toMatch(ofKind);
    expect(await plan(() => due.sweep('effectDue', { before: 'x', limit: 9 }))).toMatch(
      /^SEARCH c_due USING INDEX s_due_effectDue \(f_effectDue.*\)$/,
    );
    other.close();
  });

  describe('while another process holds the lock', () => {
    /** Takes the lock, runs `work`, and lets go once sixty timers have run meanwhile. */
    async function whileLocked<R>(work: () => Promise<R>): Promise<R> {
      const other = new Database(file);
      other.exec('BEGIN IMMEDIATE');
      let ticks = 0;
      const timer = setInterval(() => {
        ticks += 1;
        if (ticks === 60) other.exec('ROLLBACK');
      }, 1);
      try {
        // The lock goes only by the ticks: what `work` waits for could not end otherwise.
        const result = await work();
        expect(ticks).toBeGreaterThanOrEqual(60);
        return result;
      } finally {
        clearInterval(timer);
        other.close();
      }
    }

    it('a write waits with the event loop free, and is kept when the lock goes', async () => {
      await whileLocked(() => take(1));
      expect(await taken.get('dst_a', 's1')).toMatchObject({ slot: 1 });
    });

    it('opening the file and making a collection wait with the event loop free', async () => {
      const second = await whileLocked(() => openSqlite({ file }));
      const made = second.collection<Slot>({ ...slots, name: 'later' });
      expect(await whileLocked(() => made.count('dst_a', 'inOrder', []))).toBe(0);
      await second.close();
    });

    it('what is kept is read without waiting, and a write gives up as unavailable', async () => {
      const second = await openSqlite({ file, busyMillis: 1, lockMillis: 100 });
      const other = new Database(file);
      other.exec('BEGIN IMMEDIATE');
      expect(await second.collection(slots).get('dst_a', 'first')).toMatchObject({ slot: 0 });
      await expect(second.ping()).rejects.toMatchObject({ code: 'unavailable' });
      other.close();
      await second.ping();
      await second.close();
    });
  });

  it('makes the file readable by its owner alone', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing of a removed or replaced document in the file, once the log is folded in', async () => {
    const doc = await taken.insert({
      id: 'person',
      district: 'dst_a',
      slot: 9,
      owner: 'canary-9f3b'.repeat(2000),
    });
    await taken.remove('dst_a', doc.id, 1);
    const other = new Database(file);
    other.pragma('wal_checkpoint(TRUNCATE)');
    other.close();
    expect(readFileSync(file).includes('canary-9f3b')).toBe(false);
  });

  it('backs up while it is written to, and the copy opens with all that was acknowledged before', async () => {
    await Promise.all(Array.from({ length: 100 }, (_, n) => take(n + 1)));
    const copy = join(folder, 'copy.sqlite');
    await Promise.all([store.backup(copy), ...Array.from({ length: 100 }, (_, n) => take(n + 101))]);
    const restored = await openSqlite({ file: copy });
    const kept = await Promise.all(
      Array.from({ length: 100 }, (_, n) => restored.collection(slots).get('dst_a', `s${n + 1}`)),
    );
    expect(kept.map((doc) => doc?.slot)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
    await restored.close();
  });

  it('refuses a file that a newer version wrote, and is unavailable on one that is no database or cannot be opened', async () => {
    const other = new Database(file);
    other.exec(`INSERT INTO migrations VALUES (1000, '2030-01-01T00:00:00Z')`);
    other.close();
    await expect(openSqlite({ file })).rejects.toThrow(/migration 1000/);
    const noise = join(folder, 'noise.sqlite');
    writeFileSync(noise, 'this is no database, but long enough to be one '.repeat(100));
    await expect(openSqlite({ file: noise })).rejects.toMatchObject({ code: 'unavailable' });
    await expect(openSqlite({ file: folder })).rejects.toMatchObject({ code: 'unavailable' });
    await expect(openSqlite({ file: join(noise, 'store.sqlite') })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
