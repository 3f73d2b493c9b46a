import type { Database } from 'better-sqlite3';
import { keyedFields, type CollectionSpec, type Stored } from '../../kernel/index.js';

const storedColumns: ReadonlySet<string> = new Set(['id', 'district', 'version']);

/** The table of a collection, quoted. */
export function tableName(spec: { readonly name: string }): string {
  return quoted(`c_${spec.name}`);
}

/** The column that holds a field, quoted: `id`, `district` and `version` have their own, others read the body. */
export function columnOf(field: string): string {
  return storedColumns.has(field) ? field : quoted(`f_${field}`);
}

/**
 * Makes the table of `spec`, or brings it up to a declaration that gained or lost a key or an index. Columns are
 * generated from the body, so what is kept already is found through a new index at once, and they cannot drift.
 * @throws Error when documents kept already break a new unique key.
 */
export function makeTable<T extends Stored>(db: Database, spec: CollectionSpec<T>): void {
  const columns = keyedFields(spec).filter((field) => !storedColumns.has(field));
  const indexes = indexesOf(spec);
  const declaration = JSON.stringify([columns, [...indexes]]);
  const upToDate = () =>
    db.prepare('SELECT declaration FROM collections WHERE name = ?').pluck().get(spec.name) === declaration;
  // Asked before the lock is taken too: a table that is as declared is read while another process writes.
  if (upToDate()) return;
  const run = db.transaction(() => {
    if (upToDate()) return;
    const table = tableName(spec);
    db.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (district TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (district, id))`,
    );
    // table_xinfo: table_info leaves generated columns out.
    const present = new Set(
      db.prepare('SELECT name FROM pragma_table_xinfo(?)').pluck().all(`c_${spec.name}`) as string[],
    );
    for (const field of columns) {
      if (present.has(`f_${field}`)) continue;
      // No type, so no affinity: a number and the same digits as text stay different.
      db.exec(
        `ALTER TABLE ${table} ADD COLUMN ${columnOf(field)} GENERATED ALWAYS AS (json_extract(body, '$."${word(field)}"')) VIRTUAL`,
      );
    }
    const made = db
      .prepare(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
      )
      .all(`c_${spec.name}`) as { name: string; sql: string }[];
    for (const { name, sql } of made) {
      if (indexes.get(name) !== sql) db.exec(`DROP INDEX ${quoted(name)}`);
    }
    for (const [name, sql] of indexes) {
      if (!made.some((index) => index.name === name && index.sql === sql)) db.exec(sql);
    }
    db.prepare('INSERT OR REPLACE INTO collections VALUES (?, ?)').run(spec.name, declaration);
  });
  run.immediate();
}

/** Index name -> the statement that makes it. SQLite holds no two NULLs equal: a document with one is not held to the key. */
function indexesOf<T extends Stored>(spec: CollectionSpec<T>): Map<string, string> {
  const table = tableName(spec);
  const indexes = new Map<string, string>();
  for (const { name, fields } of spec.unique) {
    const index = `u_${spec.name}_${name}`;
    indexes.set(
      index,
      `CREATE UNIQUE INDEX ${quoted(index)} ON ${table} (${['district', ...fields.map(columnOf)].join(', ')})`,
    );
  }
  for (const { name, equality, order } of spec.indexes) {
    const index = `i_${spec.name}_${name}`;
    const columns = ['district', ...equality.map(columnOf), columnOf(order), 'id'];
    indexes.set(
      index,
      `CREATE INDEX ${quoted(index)} ON ${table} (${[...new Set(columns)].join(', ')}) WHERE ${columnOf(order)} IS NOT NULL`,
    );
  }
  for (const field of spec.sweeps ?? []) {
    const index = `s_${spec.name}_${field}`;
    indexes.set(
      index,
      `CREATE INDEX ${quoted(index)} ON ${table} (${columnOf(field)}, district, id) WHERE ${columnOf(field)} IS NOT NULL`,
    );
  }
  return indexes;
}

function quoted(name: string): string {
  return `"${word(name)}"`;
}

/** Names come from declarations in code; this keeps a slip from becoming SQL. */
function word(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name))
    throw new Error(`store: '${name}' is no name for a collection, key or field`);
  return name;
}
