import type { Database, Statement } from 'better-sqlite3';
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
  type Json,
  type Key,
  type New,
  type Page,
  type PageOf,
  type Stored,
  type StoredDocument,
  type SweptField,
  type WriteResult,
} from '../../kernel/index.js';
import { awaitLock, type LockPatience } from './await-lock.js';
import { isTaken, unavailable } from './failures.js';
import type { groupCommit } from './group-commit.js';
import { columnOf, makeTable, tableName } from './tables.js';

interface Row {
  readonly district: string;
  readonly id: string;
  readonly version: number;
  readonly body: string;
}

/** One collection kept in one table: bodies as JSON text, keys and order fields as generated columns. */
export function sqliteCollection<T extends Stored>(
  db: Database,
  commits: ReturnType<typeof groupCommit>,
  patience: LockPatience,
  spec: CollectionSpec<T>,
): Collection<T> {
  const table = tableName(spec);
  const statements = new Map<string, Statement<unknown[]>>();
  let made = false;

  /** The prepared statement; the table is made before the first, for the declaration may be newer than the file. */
  function sql(text: string): Statement<unknown[]> {
    if (!made) {
      makeTable(db, spec);
      made = true;
    }
    let statement = statements.get(text);
    if (statement === undefined) statements.set(text, (statement = db.prepare(text)));
    return statement;
  }

  /** Runs `query`; it meets a lock when the table is to be made, or another process recovers the file. */
  async function read<R>(query: () => R): Promise<R> {
    try {
      return await awaitLock(patience, query);
    } catch (error) {
      throw unavailable(error);
    }
  }

  function rows(text: string, values: readonly unknown[]): T[] {
    return (sql(text).all(...values.map(bindable)) as Row[]).map(document<T>);
  }

  /** Queues one statement; a taken id or key becomes `already-exists`. */
  function write<R>(
    statement: Statement<unknown[]>,
    values: readonly unknown[],
    then: (changes: number) => R,
  ): Promise<R> {
    return commits.write(() => {
      let changes: number;
      try {
        ({ changes } = statement.run(...values));
      } catch (error) {
        if (!isTaken(error)) throw error;
        throw new AppError('already-exists', `There is such a document in ${spec.name} already.`, {
          cause: error,
        });
      }
      return then(changes);
    });
  }

  async function insert(kept: StoredDocument): Promise<T> {
    const statement = await read(() =>
      sql(`INSERT INTO ${table} (district, id, version, body) VALUES (?, ?, ?, ?)`),
    );
    return write(statement, [kept.district, kept.id, 1, bodyOf(kept)], () => kept as unknown as T);
  }

  /** Keeps `kept` in place of the version before it. */
  async function replace(kept: StoredDocument): Promise<T> {
    const statement = await read(() =>
      sql(`UPDATE ${table} SET version = ?, body = ? WHERE district = ? AND id = ? AND version = ?`),
    );
    return write(
      statement,
      [kept.version, bodyOf(kept), kept.district, kept.id, kept.version - 1],
      (changes) => {
        if (changes === 0) throw changedMeanwhile(spec.name);
        return kept as unknown as T;
      },
    );
  }

  async function remove(district: string, id: string, version: number): Promise<void> {
    checkRemovable(spec);
    const unswept = (spec.sweeps ?? []).map((field) => ` AND ${columnOf(field)} IS NULL`).join('');
    const statement = await read(() =>
      sql(`DELETE FROM ${table} WHERE district = ? AND id = ? AND version = ?${unswept}`),
    );
    return write(statement, [district, id, version], (changes) => {
      if (changes === 0) throw changedMeanwhile(spec.name);
    });
  }

  async function get(district: string, id: string): Promise<T | undefined> {
    return read(() => rows(`SELECT * FROM ${table} WHERE district = ? AND id = ?`, [district, id])[0]);
  }

  async function find(district: string, unique: string, key: Key): Promise<T | undefined> {
    const { fields } = declared(spec, spec.unique, unique);
    checkKey(`${spec.name}.${unique}`, fields, key);
    const where = fields.map((field) => ` AND ${columnOf(field)} = ?`).join('');
    return read(() => rows(`SELECT * FROM ${table} WHERE district = ?${where}`, [district, ...key])[0]);
  }

  /** The condition of an index: `IS` finds null where the key says null. */
  function listed(
    district: string,
    index: string,
    key: Key,
  ): { order: string; where: string; values: unknown[] } {
    const { equality, order } = declared(spec, spec.indexes, index);
    checkKey(`${spec.name}.${index}`, equality, key);
    const column = columnOf(order);
    const equal = equality.map((field) => ` AND ${columnOf(field)} IS ?`).join('');
    return { order, where: `district = ?${equal} AND ${column} IS NOT NULL`, values: [district, ...key] };
  }

  async function page(district: string, index: string, key: Key, options: PageOf): Promise<Page<T>> {
    checkLimit(`${spec.name}.${index}`, options.limit);
    const { order, where, values } = listed(district, index, key);
    const column = columnOf(order);
    let condition = where;
    if (options.from !== undefined) {
      condition += ` AND ${column} >= ?`;
      values.push(options.from);
    }
    if (options.to !== undefined) {
      condition += ` AND ${column} < ?`;
      values.push(options.to);
    }
    if (options.cursor !== undefined) {
      const after = decodeCursor(`${spec.name}.${index}`, options.cursor);
      condition += ` AND (${column}, id) ${options.descending ? '<' : '>'} (?, ?)`;
      values.push(after.order, after.id);
    }
    const direction = options.descending ? 'DESC' : 'ASC';
    const items = await read(() =>
      rows(
        `SELECT * FROM ${table} WHERE ${condition} ORDER BY ${column} ${direction}, id ${direction} LIMIT ?`,
        [...values, options.limit + 1],
      ),
    );
    if (items.length <= options.limit) return { items };
    items.pop();
    const last = items[items.length - 1]!;
    const next = encodeCursor(`${spec.name}.${index}`, last[order as keyof T] as string | number, last.id);
    return { items, next };
  }

  async function count(district: string, index: string, key: Key): Promise<number> {
    const { where, values } = listed(district, index, key);
    const [counted] = await read(
      () =>
        sql(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).all(...values.map(bindable)) as {
          n: number;
        }[],
    );
    return counted!.n;
  }

  async function sweep(
    field: SweptField,
    { before, limit }: { before: string; limit: number },
  ): Promise<T[]> {
    if (!spec.sweeps?.includes(field)) throw new Error(`store: ${spec.name} declares no sweep of ${field}`);
    checkLimit(spec.name, limit);
    const column = columnOf(field);
    return read(() =>
      rows(
        `SELECT * FROM ${table} WHERE ${column} IS NOT NULL AND ${column} <= ? ORDER BY ${column}, district, id LIMIT ?`,
        [before, limit],
      ),
    );
  }

  // A document that may not be kept is refused before anything of its batch is written.
  const fresh = (doc: New<T>) => documentToKeep(spec, doc, 1);
  const next = (doc: T) => documentToKeep(spec, doc, doc.version + 1);
  return {
    insert: async (doc) => insert(fresh(doc)),
    insertMany: async (docs) => Promise.all(docs.map(fresh).map((kept) => settled(insert(kept)))),
    get,
    find,
    replace: async (doc) => replace(next(doc)),
    replaceMany: async (docs) => Promise.all(docs.map(next).map((kept) => settled(replace(kept)))),
    remove,
    page,
    count,
    sweep,
  };
}

async function settled<T>(write: Promise<T>): Promise<WriteResult<T>> {
  try {
    return { ok: true, doc: await write };
  } catch (error) {
    if (error instanceof AppError && (error.code === 'already-exists' || error.code === 'conflict')) {
      return { ok: false, code: error.code };
    }
    throw error;
  }
}

function changedMeanwhile(name: string): AppError {
  return new AppError('conflict', `The document in ${name} was changed meanwhile; read it again and repeat.`);
}

function bodyOf({ id: _id, district: _district, version: _version, ...body }: StoredDocument): string {
  return JSON.stringify(body);
}

function document<T extends Stored>({ district, id, version, body }: Row): T {
  return { id, district, version, ...(JSON.parse(body) as { [member: string]: Json }) } as unknown as T;
}

/** SQLite has no booleans; json_extract gives 1 and 0 for them. */
function bindable(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value;
}
