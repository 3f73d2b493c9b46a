import type { Collection, CollectionSpec, Store, Stored, WriteResult } from '../../src/kernel/index.js';

/** A store that remembers every write that succeeded: what a refused request must leave empty. */
export interface WatchedStore extends Store {
  /** `collection verb id` of each write since `forget`. */
  readonly writes: readonly string[];
  /** Every collection that was asked for, by its name, and whether documents of it may be removed. */
  readonly declared: ReadonlyMap<string, { readonly removable: boolean }>;
  forget(): void;
}

/** Puts a watch around a store of any engine. */
export function watchedStore(store: Store): WatchedStore {
  const writes: string[] = [];
  const declared = new Map<string, { readonly removable: boolean }>();
  function watched<T extends Stored>(spec: CollectionSpec<T>): Collection<T> {
    const inner = store.collection(spec);
    declared.set(spec.name, { removable: spec.removable === true });
    const note = (verb: string, id: string) => void writes.push(`${spec.name} ${verb} ${id}`);
    const noteMany = (verb: string, results: WriteResult<T>[]) => {
      for (const result of results) if (result.ok) note(verb, result.doc.id);
      return results;
    };
    return {
      ...inner,
      insert: async (doc) => {
        const kept = await inner.insert(doc);
        note('insert', kept.id);
        return kept;
      },
      replace: async (doc) => {
        const kept = await inner.replace(doc);
        note('replace', kept.id);
        return kept;
      },
      insertMany: async (docs) => noteMany('insert', await inner.insertMany(docs)),
      replaceMany: async (docs) => noteMany('replace', await inner.replaceMany(docs)),
      remove: async (district, id, version) => {
        await inner.remove(district, id, version);
        note('remove', id);
      },
    };
  }
  return {
    engine: store.engine,
    collection: watched,
    ping: () => store.ping(),
    close: () => store.close(),
    writes,
    declared,
    forget: () => void writes.splice(0),
  };
}
