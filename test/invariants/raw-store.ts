import {
  AppError,
  type Collection,
  type CollectionSpec,
  type Store,
  type Stored,
  type WriteResult,
} from '../../src/kernel/index.js';

/** A document as it was kept, read without any code of the rooms. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- raw documents: the checkers know no type of the code under test.
export type Raw = { readonly [member: string]: any };

/** One write that succeeded. */
export interface Write {
  /** 1, 2, 3 … in the order kept. */
  readonly n: number;
  /** During which step of the history it was kept. */
  readonly step: number;
  readonly collection: string;
  readonly verb: 'insert' | 'replace' | 'remove';
  readonly id: string;
  readonly before: Raw | undefined;
  /** Undefined when removed. */
  readonly doc: Raw | undefined;
}

/** A store of any engine that keeps beside it everything that was ever written, and can be disturbed. */
export interface RawStore extends Store {
  readonly writes: readonly Write[];
  /** Reads and writes asked for since the beginning: `collection verb`. */
  readonly asked: string[];
  /** Where a number that is none (NaN, infinite) was handed over to be kept: `collection/id/member`. */
  readonly noNumbers: string[];
  /** Every document of a collection as it stands. */
  all(collection: string): readonly Raw[];
  get(collection: string, id: string): Raw | undefined;
  /** The document as it stood after this write. */
  asOf(collection: string, id: string, n: number): Raw | undefined;
  /** From now on writes belong to this step. */
  begin(step: number): void;
  /** The write after so many more is refused as if the database were away; null for none. What was set before. */
  failAfter(writes: number | null): number | null;
  /** While set, every operation waits so many turns first: several at once interleave as it says. */
  interleave(turns: (() => number) | null): void;
}

/** Puts it around a store. */
export function rawStore(store: Store): RawStore {
  const writes: Write[] = [];
  const asked: string[] = [];
  const noNumbers: string[] = [];
  const kept = new Map<string, Map<string, Raw>>();
  const history = new Map<string, { n: number; doc: Raw | undefined }[]>();
  let step = 0;
  let failing: number | null = null;
  let turns: (() => number) | null = null;

  const of = (collection: string) => {
    const there = kept.get(collection) ?? new Map<string, Raw>();
    kept.set(collection, there);
    return there;
  };
  const note = (collection: string, verb: Write['verb'], id: string, doc: Raw | undefined) => {
    const n = writes.length + 1;
    writes.push({ n, step, collection, verb, id, before: of(collection).get(id), doc });
    if (doc === undefined) of(collection).delete(id);
    else of(collection).set(id, doc);
    const key = `${collection}/${id}`;
    history.set(key, [...(history.get(key) ?? []), { n, doc }]);
  };
  const turn = async (collection: string, verb: string) => {
    asked.push(`${collection} ${verb}`);
    for (let left = turns?.() ?? 0; left > 0; left -= 1) await null;
  };
  const look = (value: unknown, at: string): void => {
    if (typeof value === 'number' && !Number.isFinite(value)) noNumbers.push(at);
    if (typeof value !== 'object' || value === null) return;
    for (const [member, one] of Object.entries(value)) look(one, `${at}/${member}`);
  };
  const mayFail = () => {
    if (failing === null) return;
    if (failing > 0) failing -= 1;
    else {
      failing = null;
      throw new AppError('unavailable', 'The database is away, as the history wants it.');
    }
  };

  function collection<T extends Stored>(spec: CollectionSpec<T>): Collection<T> {
    const inner = store.collection(spec);
    const { name } = spec;
    const noteMany = (verb: 'insert' | 'replace', results: WriteResult<T>[]) => {
      for (const result of results) if (result.ok) note(name, verb, result.doc.id, result.doc);
      return results;
    };
    return {
      insert: async (doc) => {
        await turn(name, 'insert');
        mayFail();
        look(doc, `${name}/${doc.id}`);
        const made = await inner.insert(doc);
        note(name, 'insert', made.id, made);
        return made;
      },
      insertMany: async (docs) => {
        await turn(name, 'insertMany');
        mayFail();
        return noteMany('insert', await inner.insertMany(docs));
      },
      replace: async (doc) => {
        await turn(name, 'replace');
        mayFail();
        look(doc, `${name}/${doc.id}`);
        const made = await inner.replace(doc);
        note(name, 'replace', made.id, made);
        return made;
      },
      replaceMany: async (docs) => {
        await turn(name, 'replaceMany');
        mayFail();
        return noteMany('replace', await inner.replaceMany(docs));
      },
      remove: async (district, id, version) => {
        await turn(name, 'remove');
        mayFail();
        await inner.remove(district, id, version);
        note(name, 'remove', id, undefined);
      },
      get: async (district, id) => {
        await turn(name, 'get');
        return inner.get(district, id);
      },
      find: async (district, unique, key) => {
        await turn(name, 'find');
        return inner.find(district, unique, key);
      },
      page: async (district, index, key, options) => {
        await turn(name, 'page');
        return inner.page(district, index, key, options);
      },
      count: async (district, index, key) => {
        await turn(name, 'count');
        return inner.count(district, index, key);
      },
      sweep: async (field, options) => {
        await turn(name, 'sweep');
        return inner.sweep(field, options);
      },
    };
  }

  return {
    engine: store.engine,
    collection,
    ping: () => store.ping(),
    close: () => store.close(),
    writes,
    asked,
    noNumbers,
    all: (name) => [...of(name).values()],
    get: (name, id) => of(name).get(id),
    asOf: (name, id, n) =>
      history
        .get(`${name}/${id}`)
        ?.filter((one) => one.n <= n)
        .at(-1)?.doc,
    begin: (next) => (step = next),
    failAfter: (count) => {
      const set = failing;
      failing = count;
      return set;
    },
    interleave: (next) => (turns = next),
  };
}
