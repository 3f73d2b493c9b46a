import { trusted, type Model, type mongo } from 'mongoose';
import {
  AppError,
  checkKey,
  checkLimit,
  checkRemovable,
  declared,
  decodeCursor,
  documentToKeep,
  encodeCursor,
  type Collection,
  type CollectionSpec,
  type Key,
  type New,
  type Page,
  type PageOf,
  type Stored,
  type StoredDocument,
  type SweptField,
  type WriteResult,
} from '../../kernel/index.js';
import { isTaken, unavailable } from './failures.js';
import { buildIndexes, document, keep, keptId, pathOf, type Kept } from './models.js';

/** Documents that one command inserts at most. */
const batchSize = 1000;

type Filter = Record<string, unknown>;

/**
 * One collection kept through one model. Compare-and-swap is an update whose filter names the version. Bodies are written
 * through the model's own collection of the driver, for mongoose's casting alters what it is given.
 */
export function mongoCollection<T extends Stored>(
  model: Model<Kept>,
  spec: CollectionSpec<T>,
): Collection<T> {
  const native = model.collection as unknown as mongo.Collection<Kept>;
  let building: Promise<void> | undefined;

  /** Indexes are built once, from the moment of declaration; a failed try is tried again by the next call. */
  function indexed(): Promise<void> {
    building ??= buildIndexes(model, spec).catch((error: unknown) => {
      building = undefined;
      throw error;
    });
    return building;
  }

  async function run<R>(command: () => Promise<R>): Promise<R> {
    try {
      await indexed();
      return await command();
    } catch (error) {
      throw unavailable(error);
    }
  }

  async function insertBatch(batch: readonly StoredDocument[]): Promise<WriteResult<T>[]> {
    const results = batch.map((kept): WriteResult<T> => ({ ok: true, doc: kept as unknown as T }));
    try {
      // Unordered: a batch run again, most of it kept already, is one command still.
      await native.insertMany(
        batch.map((kept) => keep(spec, kept)),
        { ordered: false },
      );
    } catch (error) {
      const failures = [(error as { writeErrors?: unknown }).writeErrors ?? []].flat() as {
        index: number;
        code?: number;
      }[];
      if (failures.length === 0 || !failures.every(isTaken)) throw error;
      for (const { index } of failures) results[index] = { ok: false, code: 'already-exists' };
    }
    return results;
  }

  async function insertMany(docs: readonly New<T>[]): Promise<WriteResult<T>[]> {
    const kept = docs.map((doc) => documentToKeep(spec, doc, 1));
    const results: WriteResult<T>[] = [];
    for (let at = 0; at < kept.length; at += batchSize) {
      results.push(...(await run(() => insertBatch(kept.slice(at, at + batchSize)))));
    }
    return results;
  }

  async function replaceOne(next: StoredDocument): Promise<WriteResult<T>> {
    const { _id, district, version, body, unheld } = keep(spec, next);
    try {
      const filter = { _id, district, version: version - 1 };
      const { matchedCount } = await native.updateOne(filter, { $set: { version, body, unheld } });
      return matchedCount === 1 ? { ok: true, doc: next as unknown as T } : { ok: false, code: 'conflict' };
    } catch (error) {
      if (!isTaken(error)) throw error;
      return { ok: false, code: 'already-exists' };
    }
  }

  async function replaceMany(docs: readonly T[]): Promise<WriteResult<T>[]> {
    const kept = docs.map((doc) => documentToKeep(spec, doc, doc.version + 1));
    return run(() => Promise.all(kept.map(replaceOne)));
  }

  async function remove(district: string, id: string, version: number): Promise<void> {
    checkRemovable(spec);
    const filter: Filter = { _id: keptId(district, id), district, version };
    for (const field of spec.sweeps ?? []) filter[pathOf(field)] = null;
    const { deletedCount } = await run(() => model.deleteOne(filter));
    if (deletedCount === 0) throw refused('conflict');
  }

  async function get(district: string, id: string): Promise<T | undefined> {
    const kept = await run(() => model.findOne({ _id: keptId(district, id), district }).lean<Kept>());
    return kept === null ? undefined : document<T>(kept);
  }

  async function find(district: string, unique: string, key: Key): Promise<T | undefined> {
    const { fields } = declared(spec, spec.unique, unique);
    checkKey(`${spec.name}.${unique}`, fields, key);
    if (key.includes(null)) return undefined;
    const kept = await run(() => model.findOne({ district, ...equal(fields, key) }).lean<Kept>());
    return kept === null ? undefined : document<T>(kept);
  }

  function listed(
    district: string,
    index: string,
    key: Key,
  ): { path: string; order: string; filter: Filter } {
    const { equality, order } = declared(spec, spec.indexes, index);
    checkKey(`${spec.name}.${index}`, equality, key);
    return { order, path: pathOf(order), filter: { district, ...equal(equality, key) } };
  }

  async function page(district: string, index: string, key: Key, options: PageOf): Promise<Page<T>> {
    checkLimit(`${spec.name}.${index}`, options.limit);
    const { order, path, filter } = listed(district, index, key);
    const range: Filter = { $ne: null };
    if (options.from !== undefined) range['$gte'] = options.from;
    if (options.to !== undefined) range['$lt'] = options.to;
    const conditions: Filter[] = [{ ...filter, [path]: trusted(range) }];
    if (options.cursor !== undefined) {
      const after = decodeCursor(`${spec.name}.${index}`, options.cursor);
      const beyond = options.descending ? '$lt' : '$gt';
      conditions.push({
        $or: [
          { [path]: trusted({ [beyond]: after.order }) },
          { [path]: after.order, id: trusted({ [beyond]: after.id }) },
        ],
      });
    }
    const direction = options.descending ? -1 : 1;
    const kept = await run(() =>
      model
        .find({ $and: conditions })
        .sort({ [path]: direction, id: direction })
        .limit(options.limit + 1)
        .lean<Kept[]>(),
    );
    const items = kept.slice(0, options.limit).map(document<T>);
    if (kept.length <= options.limit) return { items };
    const last = items[items.length - 1]!;
    const next = encodeCursor(`${spec.name}.${index}`, last[order as keyof T] as string | number, last.id);
    return { items, next };
  }

  async function count(district: string, index: string, key: Key): Promise<number> {
    const { path, filter } = listed(district, index, key);
    return run(() => model.countDocuments({ $and: [filter, { [path]: trusted({ $ne: null }) }] }));
  }

  async function sweep(
    field: SweptField,
    { before, limit }: { before: string; limit: number },
  ): Promise<T[]> {
    if (!spec.sweeps?.includes(field)) throw new Error(`store: ${spec.name} declares no sweep of ${field}`);
    checkLimit(spec.name, limit);
    const path = pathOf(field);
    const kept = await run(() =>
      model
        .find({ [path]: trusted({ $gt: '', $lte: before }) })
        .sort({ [path]: 1, district: 1, id: 1 })
        .limit(limit)
        .lean<Kept[]>(),
    );
    return kept.map(document<T>);
  }

  function refused(code: 'already-exists' | 'conflict'): AppError {
    return code === 'conflict'
      ? new AppError(code, `The document in ${spec.name} was changed meanwhile; read it again and repeat.`)
      : new AppError(code, `There is such a document in ${spec.name} already.`);
  }

  async function one(results: Promise<WriteResult<T>[]>): Promise<T> {
    const result = (await results)[0]!;
    if (!result.ok) throw refused(result.code);
    return result.doc;
  }

  // The first call reports what goes wrong here.
  indexed().catch(() => undefined);
  return {
    insert: (doc) => one(insertMany([doc])),
    insertMany,
    get,
    find,
    replace: (doc) => one(replaceMany([doc])),
    replaceMany,
    remove,
    page,
    count,
    sweep,
  };
}

function equal(fields: readonly string[], key: Key): Filter {
  return Object.fromEntries(fields.map((field, index) => [pathOf(field), key[index]]));
}
