import { Schema, type Connection, type Model } from 'mongoose';
import type { CollectionSpec, Stored, StoredDocument } from '../../kernel/index.js';

/** A kept document as MongoDB holds it. */
export interface Kept {
  /** District and id, for ids are unique within a district. */
  readonly _id: string;
  readonly district: string;
  readonly id: string;
  readonly version: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** Unique keys that the document is not held to, each with the document's id, so that it collides with no other. */
  readonly unheld: Readonly<Record<string, string>>;
}

const keptFields: ReadonlySet<string> = new Set(['id', 'district', 'version']);

/** Where a member of the document lies. */
export function pathOf(field: string): string {
  return keptFields.has(field) ? field : `body.${field}`;
}

/**
 * The model of a declaration. Every index begins with the district (the shard key) but those of sweeps. A unique index
 * ends with `unheld.<key>`: absent, hence equal, in documents that are held to the key. (A partial index would say the
 * same, but compatible servers ignore its filter and so hold documents to a key that they do not have.)
 */
export function modelOf<T extends Stored>(connection: Connection, spec: CollectionSpec<T>): Model<Kept> {
  const schema = new Schema<Kept>(
    {
      _id: { type: String, required: true },
      district: { type: String, required: true },
      id: { type: String, required: true },
      version: { type: Number, required: true },
      body: { type: Schema.Types.Mixed, required: true },
      unheld: { type: Schema.Types.Mixed, required: true },
    },
    {
      collection: spec.name,
      autoIndex: false,
      autoCreate: false,
      id: false,
      minimize: false,
      strict: 'throw',
      strictQuery: 'throw',
      versionKey: false,
    },
  );
  for (const { name, fields } of spec.unique) {
    schema.index(ascending(['district', ...fields.map(pathOf), `unheld.${name}`]), {
      name: `u_${name}`,
      unique: true,
    });
  }
  for (const { name, equality, order } of spec.indexes) {
    schema.index(ascending(['district', ...equality.map(pathOf), pathOf(order), 'id']), {
      name: `i_${name}`,
    });
  }
  for (const field of spec.sweeps ?? []) {
    schema.index(ascending([pathOf(field), 'district', 'id']), {
      name: `s_${field}`,
      partialFilterExpression: { [pathOf(field)]: { $gt: '' } },
    });
  }
  return connection.model<Kept>(spec.name, schema);
}

/**
 * Builds the indexes of a declaration, and drops those it no longer has. Where a unique key is new, documents kept
 * already that are not held to it are marked first.
 */
export async function buildIndexes<T extends Stored>(
  model: Model<Kept>,
  spec: CollectionSpec<T>,
): Promise<void> {
  await model.createCollection();
  const built = new Set((await model.listIndexes()).map((index: { name?: string }) => index.name));
  for (const { name, fields } of spec.unique) {
    if (built.has(`u_${name}`)) continue;
    const unmarked = model
      .find({ $or: fields.map((field) => ({ [pathOf(field)]: null })), [`unheld.${name}`]: null })
      .select({ id: 1 })
      .lean();
    for await (const { _id, id } of unmarked.cursor()) {
      await model.updateOne({ _id, [`unheld.${name}`]: null }, { $set: { [`unheld.${name}`]: id } });
    }
  }
  await model.syncIndexes();
}

/** The form in which a document is kept. */
export function keep<T extends Stored>(spec: CollectionSpec<T>, doc: StoredDocument): Kept {
  const { id, district, version, ...body } = doc;
  const unheld: Record<string, string> = {};
  for (const { name, fields } of spec.unique) {
    if (fields.some((field) => doc[field] === undefined || doc[field] === null)) unheld[name] = id;
  }
  return { _id: keptId(district, id), district, id, version, body, unheld };
}

/** The document of its kept form. */
export function document<T extends Stored>({ id, district, version, body }: Kept): T {
  return { id, district, version, ...body } as unknown as T;
}

/** The `_id` of a document. */
export function keptId(district: string, id: string): string {
  return `${district}/${id}`;
}

function ascending(paths: readonly string[]): Record<string, 1> {
  return Object.fromEntries(paths.map((path) => [path, 1 as const]));
}
