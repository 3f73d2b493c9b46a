import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  serviceScope,
  type Collection,
  type CollectionSpec,
  type Json,
  type Page,
  type PageOf,
  type Store,
  type Stored,
} from '../../src/kernel/index.js';

/** How one engine is opened by the contract. Every call of `open` opens the same database. */
export interface EngineUnderTest {
  open(): Promise<Store>;
  /** A store whose database cannot be reached from now on, until `restore`. */
  cutOff(): Promise<{ readonly store: Store; restore(): Promise<void> }>;
}

interface Thing extends Stored {
  readonly name?: string | null;
  readonly kind?: string | boolean | null;
  readonly rank?: number | string | null;
  readonly slot?: number;
  readonly content?: Json;
  readonly effectDue: string | null;
  readonly auditDue: string | null;
}

const a = 'dst_a';
const b = 'dst_b';

/** What every engine of the store port must do. `test/contract/<engine>.test.ts` runs it. */
export function describeCollections(name: string, engine: EngineUnderTest): void {
  describe(`collections on ${name}`, () => {
    let store: Store;
    let made = 0;

    beforeAll(async () => {
      store = await engine.open();
    });
    afterAll(async () => {
      await store.close();
    });

    function spec(
      scope: 'district' | 'service' = 'district',
      collection = `things${(made += 1)}`,
    ): CollectionSpec<Thing> {
      return {
        name: collection,
        scope,
        unique: [
          { name: 'byName', fields: ['name'] },
          { name: 'byKindAndSlot', fields: ['kind', 'slot'] },
        ],
        indexes: [
          { name: 'ranked', equality: [], order: 'rank' },
          { name: 'rankedOfKind', equality: ['kind'], order: 'rank' },
        ],
        sweeps: ['effectDue', 'auditDue'],
        removable: true,
      };
    }

    const things = (): Collection<Thing> => store.collection(spec());

    function thing(id: string, members: Partial<Thing> = {}) {
      return { id, district: a, effectDue: null, auditDue: null, ...members };
    }

    async function pagesOf(
      collection: Collection<Thing>,
      options: PageOf,
      between?: (page: number) => Promise<void>,
    ) {
      const ids: string[] = [];
      let page: Page<Thing>;
      let cursor: string | undefined;
      let number = 0;
      do {
        page = await collection.page(
          a,
          'ranked',
          [],
          cursor === undefined ? options : { ...options, cursor },
        );
        expect(page.items.length).toBeLessThanOrEqual(options.limit);
        ids.push(...page.items.map((item) => item.id));
        await between?.((number += 1));
      } while ((cursor = page.next) !== undefined);
      return ids;
    }

    it('says which engine it is', () => {
      expect(store.engine).toMatch(/^\D+ \d+\.\d+/);
    });

    describe('documents', () => {
      it.each<[string, Json]>([
        ['null', null],
        ['true and false', [true, false]],
        ['an empty object', {}],
        ['an empty array', []],
        ['empty ones within', { a: {}, b: [], c: [{}, [], [[]]] }],
        ['null within', { a: null, b: [null, { c: null }] }],
        ['an empty text', ''],
        [
          'any script, emoji, controls and NUL in text',
          'é e\u0301 ß 漢字 العربية 🏽‍🏫 \u2028 \u0000 \u001f " \\ </script>',
        ],
        ['any script in names', { é: 1, 漢字: 2, '🏫': 3, 'a b': 4, 'a/b~c': 5, a$: 6, length: 9 }],
        ['names that are digits', { 10: 'ten', 9: 'nine', '01': 'one' }],
        [
          'names that libraries use',
          { _id: 1, __v: 2, type: 'x', save: 1, errors: [], isNew: true, collection: 'c', schema: {} },
        ],
        [
          'whole numbers to the last that is exact',
          [0, 1, -1, 2147483647, 2147483648, -2147483649, 9007199254740991, -9007199254740991],
        ],
        ['numbers beyond', [2 ** 53 + 2, 1e21, 1.7976931348623157e308, 5e-324, -1.5, 0.1, 1 / 3]],
        [
          'text that looks like something else',
          ['2026-11-20T09:00:00Z', '507f1f77bcf86cd799439011', '1', 'null', '$set', '{"$gt":""}'],
        ],
        ['arrays and objects, 60 deep', Array.from({ length: 30 }).reduce<Json>((inner) => [{ inner }], 'x')],
      ])('keeps %s as given', async (_what, content) => {
        const collection = things();
        const given = await collection.insert(thing('t', { content }));
        expect(given).toStrictEqual({ ...thing('t', { content }), version: 1 });
        expect(await collection.get(a, 't')).toStrictEqual(given);
        const replaced = await collection.replace({ ...given, content: { content } });
        expect(await collection.get(a, 't')).toStrictEqual({ ...replaced, content: { content }, version: 2 });
      });

      it('keeps a text of a million characters and an array of ten thousand items', async () => {
        const collection = things();
        const content = {
          text: '漢'.repeat(1_000_000),
          list: Array.from({ length: 10_000 }, (_, index) => ({ index })),
        };
        await collection.insert(thing('t', { content }));
        expect((await collection.get(a, 't'))!.content).toEqual(content);
      });

      it('keeps any JSON at all as given (200 drawn)', async () => {
        const collection = things();
        const { json } = fc.letrec<{ json: Json }>((tie) => ({
          json: fc.oneof(
            { maxDepth: 4, withCrossShrink: true },
            fc.constantFrom(null, true, false),
            fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
            fc.string({ unit: 'binary' }),
            fc.array(tie('json') as fc.Arbitrary<Json>),
            fc.dictionary(
              fc
                .string({ unit: 'binary', minLength: 1 })
                .filter((key) => !/^\$|[.\0]|^_bsontype$|^prototype$/.test(key) && !(key in {})),
              tie('json') as fc.Arbitrary<Json>,
              { noNullPrototype: true },
            ),
          ),
        }));
        let number = 0;
        await fc.assert(
          fc.asyncProperty(json, async (content) => {
            const id = `t${(number += 1)}`;
            await collection.insert(thing(id, { content }));
            expect((await collection.get(a, id))!.content).toStrictEqual(content);
          }),
          { numRuns: 200 },
        );
      });

      it('drops members that are undefined, and keeps -0 as 0', async () => {
        const collection = things();
        await collection.insert(thing('t', { content: { a: undefined, b: [-0] } }));
        const kept = (await collection.get(a, 't'))!.content as { b: number[] };
        expect(Object.keys(kept)).toEqual(['b']);
        expect(Object.is(kept.b[0], 0)).toBe(true);
      });

      it.each<[string, unknown, RegExp]>([
        ['a dot in a name', { 'a.b': 1 }, /content\."a\.b"/],
        ['a name that begins with $', { x: [{ $gt: 1 }] }, /content\.x\[0\]\."\$gt"/],
        ['NUL in a name', { 'a\0': 1 }, /content\."a\\u0000"/],
        ['an empty name', { '': 1 }, /content\.""/],
        ['__proto__', JSON.parse('{"__proto__":{"admin":true}}'), /__proto__/],
        ['constructor', { constructor: {} }, /constructor/],
        ['toString', { toString: [] }, /toString/],
        ['prototype', { prototype: 1 }, /prototype/],
        ['_bsontype', { x: { _bsontype: 'ObjectId' } }, /_bsontype/],
        ['NaN', [NaN], /content\[0\] is NaN/],
        ['Infinity', Infinity, /Infinity/],
        ['a date', new Date(0), /not a plain object/],
        ['undefined in an array', [undefined], /content\[0\] is undefined/],
        ['a function', () => 1, /is function/],
        ['a bigint', 1n, /is bigint/],
        ['half a surrogate pair', '\ud800', /surrogate/],
        [
          'more than 80 levels',
          Array.from({ length: 90 }).reduce<unknown>((inner) => [inner], 1),
          /80 levels/,
        ],
      ])(
        'refuses %s, naming where it is, and keeps nothing of the batch',
        async (_what, content, message) => {
          const collection = things();
          const bad = thing('bad', { content: content as Json });
          await expect(collection.insert(bad)).rejects.toThrow(message);
          await expect(collection.insertMany([thing('good'), bad])).rejects.toThrow(message);
          expect(await collection.get(a, 'good')).toBeUndefined();
          const good = await collection.insert(thing('t'));
          await expect(collection.replace({ ...good, content: content as Json })).rejects.toThrow(message);
          expect((await collection.get(a, 't'))!.version).toBe(1);
        },
      );

      it('refuses an array or object in a field of a key', async () => {
        await expect(things().insert(thing('t', { name: ['x'] as unknown as string }))).rejects.toThrow(
          /things\d+\.name/,
        );
      });

      it('hands out copies: changing one changes nothing kept', async () => {
        const collection = things();
        const content = { list: [1] };
        const given = await collection.insert(thing('t', { content, rank: 1 }));
        content.list.push(2);
        (given.content as { list: number[] }).list.push(3);
        const got = (await collection.get(a, 't'))!;
        (got.content as { list: number[] }).list.push(4);
        const listed = (await collection.page(a, 'ranked', [], { limit: 1 })).items[0]!;
        (listed.content as { list: number[] }).list.push(5);
        expect((await collection.get(a, 't'))!.content).toEqual({ list: [1] });
      });

      it('refuses an id that is taken in the district, and lets another district have it', async () => {
        const collection = things();
        await collection.insert(thing('t', { rank: 1 }));
        await expect(collection.insert(thing('t', { rank: 2 }))).rejects.toMatchObject({
          code: 'already-exists',
        });
        await collection.insert(thing('t', { district: b, rank: 3 }));
        expect((await collection.get(a, 't'))!.rank).toBe(1);
        expect((await collection.get(b, 't'))!.rank).toBe(3);
      });

      it("finds another district's document nowhere", async () => {
        const collection = things();
        const foreign = await collection.insert(thing('t', { district: b, name: 'n', rank: 1, kind: 'k' }));
        expect(await collection.get(a, 't')).toBeUndefined();
        expect(await collection.find(a, 'byName', ['n'])).toBeUndefined();
        expect(await collection.page(a, 'ranked', [], { limit: 10 })).toEqual({ items: [] });
        expect(await collection.count(a, 'rankedOfKind', ['k'])).toBe(0);
        await expect(collection.replace({ ...foreign, district: a })).rejects.toMatchObject({
          code: 'conflict',
        });
        await expect(collection.remove(a, 't', 1)).rejects.toMatchObject({ code: 'conflict' });
        expect(await collection.get(b, 't')).toEqual(foreign);
      });

      it('holds a service collection to the scope of the service', async () => {
        const collection = store.collection(spec('service'));
        await expect(collection.insert(thing('t'))).rejects.toThrow(/district/);
        await collection.insert(thing('t', { district: serviceScope, name: 'n' }));
        expect((await collection.find(serviceScope, 'byName', ['n']))!.id).toBe('t');
      });
    });

    describe('unique keys', () => {
      it('refuses a second document with the key, on insert and on replace, and finds the first by it', async () => {
        const collection = things();
        await collection.insert(thing('one', { name: 'n' }));
        await expect(collection.insert(thing('two', { name: 'n' }))).rejects.toMatchObject({
          code: 'already-exists',
        });
        const two = await collection.insert(thing('two', { name: 'm' }));
        await expect(collection.replace({ ...two, name: 'n' })).rejects.toMatchObject({
          code: 'already-exists',
        });
        expect((await collection.find(a, 'byName', ['n']))!.id).toBe('one');
        expect((await collection.find(a, 'byName', ['m']))!.version).toBe(1);
      });

      it('holds no document to a key of which a field is null or absent', async () => {
        const collection = things();
        const written = await collection.insertMany([
          thing('1', { name: null }),
          thing('2', { name: null }),
          thing('3'),
          thing('4'),
          thing('5', { kind: 'k' }),
          thing('6', { kind: 'k' }),
          thing('7', { kind: null, slot: 1 }),
          thing('8', { kind: null, slot: 1 }),
        ]);
        expect(written.map((result) => result.ok)).toEqual(Array(8).fill(true));
        expect(await collection.find(a, 'byName', [null])).toBeUndefined();
        expect(await collection.find(a, 'byKindAndSlot', [null, 1])).toBeUndefined();
      });

      it('holds a document from the replace that gives it the key, and frees the key with the one that takes it away', async () => {
        const collection = things();
        const one = await collection.insert(thing('one', { name: null }));
        const two = await collection.insert(thing('two', { name: null }));
        const held = await collection.replace({ ...one, name: 'n' });
        await expect(collection.replace({ ...two, name: 'n' })).rejects.toMatchObject({
          code: 'already-exists',
        });
        await collection.replace({ ...held, name: null });
        await collection.replace({ ...two, name: 'n' });
        expect((await collection.find(a, 'byName', ['n']))!.id).toBe('two');
      });

      it('compares all fields of the key, number and text of it being different', async () => {
        const collection = things();
        const written = await collection.insertMany([
          thing('1', { kind: 'k', slot: 1 }),
          thing('2', { kind: 'k', slot: 2 }),
          thing('3', { kind: '1', slot: 1 }),
          thing('4', { kind: 'k', slot: 1 }),
        ]);
        expect(written.map((result) => result.ok)).toEqual([true, true, true, false]);
        expect((await collection.find(a, 'byKindAndSlot', ['k', 2]))!.id).toBe('2');
        expect(await collection.find(a, 'byKindAndSlot', [1, 1])).toBeUndefined();
      });

      it('gives 200 parallel allocations 200 different slots', async () => {
        const collection = things();
        // Everyone begins elsewhere and takes the first slot that nobody has: 200 for 200, so they must meet.
        async function allocate(index: number): Promise<number> {
          for (let slot = (index * 67) % 50; ; slot = (slot + 1) % 200) {
            const [result] = await collection.insertMany([
              thing(`t${index}-${slot}`, { kind: 'slot', slot }),
            ]);
            if (result!.ok) return slot;
          }
        }
        const slots = await Promise.all(Array.from({ length: 200 }, (_, index) => allocate(index)));
        expect(slots.toSorted((x, y) => x - y)).toEqual(Array.from({ length: 200 }, (_, index) => index));
      });

      it('fails with a clear message on a key or index that is not declared, or a key of the wrong length', async () => {
        const collection = things();
        await expect(collection.find(a, 'byColour', ['x'])).rejects.toThrow(/byColour/);
        await expect(collection.page(a, 'byColour', [], { limit: 1 })).rejects.toThrow(/byColour/);
        await expect(collection.find(a, 'byKindAndSlot', ['x'])).rejects.toThrow(/2 values/);
      });
    });

    describe('replacing and removing', () => {
      it('raises the version by one, and refuses a stale one', async () => {
        const collection = things();
        const first = await collection.insert(thing('t', { rank: 1 }));
        const second = await collection.replace({ ...first, rank: 2 });
        expect(second).toEqual({ ...first, rank: 2, version: 2 });
        await expect(collection.replace({ ...first, rank: 3 })).rejects.toMatchObject({ code: 'conflict' });
        await expect(collection.replace({ ...second, version: 7 })).rejects.toMatchObject({
          code: 'conflict',
        });
        expect(await collection.get(a, 't')).toEqual(second);
      });

      it('lets one of two simultaneous replaces win', async () => {
        const collection = things();
        for (let round = 0; round < 20; round += 1) {
          const first = await collection.insert(thing(`t${round}`));
          const other = (await collection.get(a, first.id))!;
          const results = await Promise.allSettled([
            collection.replace({ ...first, rank: 1 }),
            collection.replace({ ...other, rank: 2 }),
          ]);
          const won = results.filter((result) => result.status === 'fulfilled');
          expect(won).toHaveLength(1);
          expect(await collection.get(a, first.id)).toEqual((won[0] as PromiseFulfilledResult<Thing>).value);
          const lost = results.find((result) => result.status === 'rejected') as PromiseRejectedResult;
          expect(lost.reason).toMatchObject({ code: 'conflict' });
        }
      });

      it('refuses to replace what is not there', async () => {
        await expect(things().replace({ ...thing('t'), version: 1 })).rejects.toMatchObject({
          code: 'conflict',
        });
      });

      it('removes at the version given and at no other', async () => {
        const collection = things();
        const first = await collection.insert(thing('t', { name: 'n', rank: 1 }));
        const second = await collection.replace(first);
        await expect(collection.remove(a, 't', first.version)).rejects.toMatchObject({ code: 'conflict' });
        await collection.remove(a, 't', second.version);
        expect(await collection.get(a, 't')).toBeUndefined();
        expect(await collection.find(a, 'byName', ['n'])).toBeUndefined();
        expect(await collection.count(a, 'ranked', [])).toBe(0);
        await expect(collection.remove(a, 't', second.version)).rejects.toMatchObject({ code: 'conflict' });
        expect((await collection.insert(thing('t', { name: 'n' }))).version).toBe(1);
      });

      it('removes nothing of a collection that does not say that it may', async () => {
        const { removable: _removable, ...kept } = spec();
        const collection = store.collection(kept);
        const { version } = await collection.insert(thing('t'));
        await expect(collection.remove(a, 't', version)).rejects.toThrow(
          `${kept.name} is kept for good: its declaration does not say that documents may be removed`,
        );
        await expect(collection.remove(a, 'absent', 1)).rejects.toThrow('is kept for good');
        expect(await collection.get(a, 't')).toMatchObject({ id: 't', version });
      });

      it.each(['effectDue', 'auditDue'] as const)(
        'refuses to remove a document while its %s is set',
        async (field) => {
          const collection = things();
          const due = await collection.insert(thing('t', { [field]: '2026-11-20T09:00:00Z' }));
          await expect(collection.remove(a, 't', 1)).rejects.toMatchObject({ code: 'conflict' });
          const done = await collection.replace({ ...due, [field]: null });
          await collection.remove(a, 't', done.version);
          expect(await collection.get(a, 't')).toBeUndefined();
        },
      );
    });

    describe('batches', () => {
      it('answers insertMany for each document, in the order given', async () => {
        const collection = things();
        await collection.insert(thing('there', { name: 'taken' }));
        const results = await collection.insertMany([
          thing('1', { name: 'x' }),
          thing('there'),
          thing('2', { name: 'taken' }),
          thing('3', { name: 'x' }),
          thing('1'),
          thing('4', { name: 'y' }),
        ]);
        expect(results).toEqual([
          { ok: true, doc: { ...thing('1', { name: 'x' }), version: 1 } },
          { ok: false, code: 'already-exists' },
          { ok: false, code: 'already-exists' },
          { ok: false, code: 'already-exists' },
          { ok: false, code: 'already-exists' },
          { ok: true, doc: { ...thing('4', { name: 'y' }), version: 1 } },
        ]);
        expect(await collection.get(a, '2')).toBeUndefined();
        expect(await collection.get(a, '3')).toBeUndefined();
      });

      it('inserts 2,500 at once, and again as 2,500 that exist', async () => {
        const collection = things();
        const docs = Array.from({ length: 2500 }, (_, index) => thing(`t${index}`, { rank: index }));
        expect((await collection.insertMany(docs)).every((result) => result.ok)).toBe(true);
        expect((await collection.insertMany(docs)).some((result) => result.ok)).toBe(false);
        expect(await collection.count(a, 'ranked', [])).toBe(2500);
      });

      it('answers replaceMany for each document', async () => {
        const collection = things();
        const [one, two, three] = await Promise.all(
          ['1', '2', '3'].map((id) => collection.insert(thing(id, { name: `n${id}` }))),
        );
        const current = await collection.replace(two!);
        const results = await collection.replaceMany([
          { ...one!, rank: 1 },
          { ...two!, rank: 1 },
          { ...three!, name: 'n1' },
          current,
        ]);
        expect(results).toEqual([
          { ok: true, doc: { ...one, rank: 1, version: 2 } },
          { ok: false, code: 'conflict' },
          { ok: false, code: 'already-exists' },
          { ok: true, doc: { ...current, version: 3 } },
        ]);
      });

      it('takes empty batches', async () => {
        const collection = things();
        expect(await collection.insertMany([])).toEqual([]);
        expect(await collection.replaceMany([])).toEqual([]);
      });
    });

    describe('paging', () => {
      it('lists by the order field and then by id, in pages of any size, either way', async () => {
        const collection = things();
        const docs = Array.from({ length: 25 }, (_, index) =>
          thing(`t${String(index).padStart(2, '0')}`, { rank: index % 4 }),
        );
        await collection.insertMany(docs.toReversed());
        const expected = docs
          .toSorted((x, y) => (x.rank as number) - (y.rank as number) || (x.id < y.id ? -1 : 1))
          .map((doc) => doc.id);
        for (const limit of [1, 2, 7, 24, 25, 26, 1000]) {
          expect(await pagesOf(collection, { limit })).toEqual(expected);
          expect(await pagesOf(collection, { limit, descending: true })).toEqual(expected.toReversed());
        }
      });

      it('lists every document once, whatever is inserted between pages', async () => {
        const collection = things();
        const docs = Array.from({ length: 20 }, (_, index) => thing(`m${index}`, { rank: index }));
        await collection.insertMany(docs);
        const ids = await pagesOf(collection, { limit: 3 }, async (page) => {
          if (page <= 9)
            await collection.insertMany([
              thing(`a${page}`, { rank: -1 }),
              thing(`b${page}`, { rank: page * 3 - 2.5 }),
              thing(`z${page}`, { rank: page + 30 }),
            ]);
          if (page > 60) throw new Error('the list has no end');
        });
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.filter((id) => id.startsWith('m'))).toEqual(docs.map((doc) => doc.id));
      });

      it('keeps to the range: from inclusive, to exclusive, numbers and texts', async () => {
        const numbers = things();
        await numbers.insertMany(Array.from({ length: 10 }, (_, rank) => thing(`t${rank}`, { rank })));
        expect(await pagesOf(numbers, { limit: 2, from: 3, to: 6 })).toEqual(['t3', 't4', 't5']);
        expect(await pagesOf(numbers, { limit: 2, from: 3, to: 6, descending: true })).toEqual([
          't5',
          't4',
          't3',
        ]);
        expect(await pagesOf(numbers, { limit: 2, from: 8 })).toEqual(['t8', 't9']);
        expect(await pagesOf(numbers, { limit: 9, to: 0 })).toEqual([]);
        const times = things();
        await times.insertMany([...'4213'].map((n) => thing(`t${n}`, { rank: `2026-11-2${n}T00:00:00Z` })));
        expect(
          await pagesOf(times, { limit: 1, from: '2026-11-22T00:00:00Z', to: '2026-11-24T00:00:00Z' }),
        ).toEqual(['t2', 't3']);
      });

      it('lists what is equal in all fields, null too, and leaves out what has no order', async () => {
        const collection = things();
        await collection.insertMany([
          thing('1', { kind: 'k', rank: 1 }),
          thing('2', { kind: 'l', rank: 2 }),
          thing('3', { kind: null, rank: 3 }),
          thing('4', { rank: 4 }),
          thing('5', { kind: 'k', rank: null }),
          thing('6', { kind: 'k' }),
          thing('7', { kind: true, rank: 7 }),
        ]);
        const ids = async (kind: string | boolean | null) =>
          (await collection.page(a, 'rankedOfKind', [kind], { limit: 10 })).items.map((item) => item.id);
        expect(await ids('k')).toEqual(['1']);
        expect(await ids(null)).toEqual(['3', '4']);
        expect(await ids(true)).toEqual(['7']);
        expect(await collection.count(a, 'rankedOfKind', ['k'])).toBe(1);
        expect(await collection.count(a, 'rankedOfKind', [null])).toBe(2);
        expect(await collection.count(a, 'ranked', [])).toBe(5);
      });

      it('refuses a cursor that it did not give', async () => {
        const collection = things();
        await collection.insertMany([thing('1', { rank: 1 }), thing('2', { rank: 2 })]);
        const given = (await collection.page(a, 'ranked', [], { limit: 1 })).next!;
        const [list] = JSON.parse(Buffer.from(given, 'base64url').toString()) as [string];
        const forged = Buffer.from(JSON.stringify([list, { $gt: '' }, 'x'])).toString('base64url');
        for (const cursor of [
          '',
          'x',
          '!!!',
          Buffer.from('{}').toString('base64url'),
          Buffer.from('[{"$gt":""},"x"]').toString('base64url'),
          forged,
        ]) {
          await expect(collection.page(a, 'ranked', [], { limit: 1, cursor })).rejects.toMatchObject({
            code: 'invalid-request',
          });
        }
      });

      it('refuses the cursor of another list, be it of another index or another collection', async () => {
        const [collection, other] = [things(), things()];
        for (const each of [collection, other]) {
          await each.insertMany([thing('1', { kind: 'k', rank: 1 }), thing('2', { kind: 'k', rank: 2 })]);
        }
        const { next } = await collection.page(a, 'ranked', [], { limit: 1 });
        const options = { limit: 1, cursor: next! };
        expect((await collection.page(a, 'ranked', [], options)).items).toMatchObject([{ id: '2' }]);
        for (const refused of [
          () => collection.page(a, 'rankedOfKind', ['k'], options),
          () => other.page(a, 'ranked', [], options),
        ]) {
          await expect(refused()).rejects.toMatchObject({
            code: 'invalid-request',
            errors: [{ pointer: '/cursor' }],
          });
        }
      });

      it.each([0, -1, 1.5, 1001, NaN])('refuses a limit of %d', async (limit) => {
        await expect(things().page(a, 'ranked', [], { limit })).rejects.toThrow(/1 to 1000/);
      });
    });

    describe('sweeps', () => {
      it('sees what is due in every district, oldest first, and nothing else', async () => {
        const collection = things();
        const due = (id: string, effectDue: string | null, district = a) =>
          thing(id, { effectDue, district });
        await collection.insertMany([
          due('late', '2026-11-20T09:00:03Z'),
          due('none', null),
          due('foreign', '2026-11-20T09:00:01Z', b),
          due('now', '2026-11-20T09:00:02Z'),
          thing('audit', { auditDue: '2026-11-20T09:00:00Z' }),
        ]);
        const swept = await collection.sweep('effectDue', { before: '2026-11-20T09:00:02Z', limit: 10 });
        expect(swept.map((doc) => doc.id)).toEqual(['foreign', 'now']);
        expect(swept[0]!.district).toBe(b);
        expect(
          await collection.sweep('effectDue', { before: '2026-11-21T00:00:00Z', limit: 1 }),
        ).toHaveLength(1);
        expect(
          (await collection.sweep('auditDue', { before: '2026-11-21T00:00:00Z', limit: 9 })).map(
            (doc) => doc.id,
          ),
        ).toEqual(['audit']);
        await collection.replace({ ...swept[0]!, effectDue: null });
        expect(
          (await collection.sweep('effectDue', { before: '2026-11-20T09:00:02Z', limit: 10 })).map(
            (doc) => doc.id,
          ),
        ).toEqual(['now']);
      });
    });

    describe('the store', () => {
      it('keeps everything over a reopening, and gives a declaration that gained a key and an index all documents', async () => {
        const before = spec();
        const bare = { name: before.name, scope: before.scope, unique: [], indexes: [] };
        const first = await engine.open();
        const collection = first.collection<Thing>(bare);
        const written = await collection.insertMany([
          thing('1', { name: 'n', rank: 2 }),
          thing('2', { rank: 1 }),
          thing('3', { rank: 3 }),
        ]);
        await first.close();
        const second = await engine.open();
        try {
          const again = second.collection(before);
          expect(await again.get(a, '1')).toEqual(written[0]!.ok && written[0]!.doc);
          expect((await again.find(a, 'byName', ['n']))!.id).toBe('1');
          expect(await pagesOf(again, { limit: 2 })).toEqual(['2', '1', '3']);
          await expect(again.insert(thing('4', { name: 'n' }))).rejects.toMatchObject({
            code: 'already-exists',
          });
          expect((await again.insert(thing('5'))).version).toBe(1);
        } finally {
          await second.close();
        }
      });

      it('gives the same collection for the same declaration and refuses another one of its name', () => {
        const declared = spec();
        expect(store.collection(declared)).toBe(store.collection({ ...declared }));
        expect(() => store.collection({ ...declared, unique: [] })).toThrow(declared.name);
      });

      it('answers a ping', async () => {
        await expect(store.ping()).resolves.toBeUndefined();
      });

      it('answers writes that wait when it is closed, and is unavailable after', async () => {
        const declared = spec();
        const other = await engine.open();
        const collection = other.collection(declared);
        const first = await collection.insert(thing('t'));
        const waiting = Promise.allSettled([collection.insert(thing('u'))]);
        await Promise.all([other.close(), other.close()]);
        const [result] = await waiting;
        const kept = await store.collection(declared).get(a, 'u');
        if (result!.status === 'fulfilled') expect(kept).toEqual(result!.value);
        else expect(result!.reason).toMatchObject({ code: 'unavailable' });
        for (const call of everyCall(collection, first))
          await expect(call()).rejects.toMatchObject({ code: 'unavailable' });
        await expect(other.ping()).rejects.toMatchObject({ code: 'unavailable' });
        await expect(other.collection(spec()).get(a, 't')).rejects.toMatchObject({ code: 'unavailable' });
      });

      it('is unavailable, within bounded time, while the database cannot be reached, and recovers by itself', async () => {
        const declared = spec();
        await store.collection(declared).insert(thing('t'));
        const { store: cut, restore } = await engine.cutOff();
        try {
          const collection = cut.collection(declared);
          await expect(cut.ping()).rejects.toMatchObject({ code: 'unavailable' });
          await expect(collection.insert(thing('u'))).rejects.toMatchObject({ code: 'unavailable' });
          await restore();
          await cut.ping();
          await collection.insert(thing('u'));
          expect(await store.collection(declared).get(a, 'u')).toMatchObject({ id: 'u', version: 1 });
        } finally {
          await cut.close();
        }
      }, 30_000);
    });
  });
}

function everyCall(collection: Collection<Thing>, doc: Thing): (() => Promise<unknown>)[] {
  return [
    () => collection.get(a, doc.id),
    () => collection.find(a, 'byName', ['x']),
    () => collection.insert({ ...doc, id: 'v' }),
    () => collection.insertMany([{ ...doc, id: 'v' }]),
    () => collection.replace(doc),
    () => collection.replaceMany([doc]),
    () => collection.remove(a, doc.id, doc.version),
    () => collection.page(a, 'ranked', [], { limit: 1 }),
    () => collection.count(a, 'ranked', []),
    () => collection.sweep('effectDue', { before: 'x', limit: 1 }),
  ];
}
