import { expect, it } from '@jest/globals';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import type { Stored } from '../../src/kernel/index.js';
interface D extends Stored { name: string | null; n: number; effectDue: string | null }
it('smoke', async () => {
  const store = await openSqlite({ file: ':memory:' });
  const c = store.collection<D>({ name: 'things', scope: 'district', unique: [{ name: 'byName', fields: ['name'] }], indexes: [{ name: 'all', equality: [], order: 'n' }], sweeps: ['effectDue'] });
  const r = await c.insertMany([1, 2, 3].map((n) => ({ id: `t${n}`, district: 'd', name: n === 3 ? 'x1' : `x${n}`, n, effectDue: n === 2 ? 'a' : null })));
  expect(r.map((x) => x.ok)).toEqual([true, true, false]);
  const p = await c.page('d', 'all', [], { limit: 1 });
  expect((await c.page('d', 'all', [], { limit: 1, cursor: p.next! })).items[0]!.id).toBe('t2');
  expect((await c.sweep('effectDue', { before: 'z', limit: 10 })).length).toBe(1);
  await store.ping();
  await store.close();
  await expect(c.get('d', 't1')).rejects.toMatchObject({ code: 'unavailable' });
  await expect(store.ping()).rejects.toMatchObject({ code: 'unavailable' });
});
