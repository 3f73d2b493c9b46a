import mongoose from 'mongoose';
import type { Collection, CollectionSpec, Store, Stored } from '../../kernel/index.js';
import { mongoCollection } from './collection.js';
import { unavailable } from './failures.js';
import { modelOf } from './models.js';

export interface MongoOptions {
  /** `mongodb://` or `mongodb+srv://`, naming the database. */
  readonly url: string;
  /** The database, where it is another than the URL names. */
  readonly database?: string;
  /** Milliseconds after which a server that cannot be reached is `unavailable`; 5,000 unless told. */
  readonly selectionMillis?: number;
}

/**
 * Opens a MongoDB database. A write is answered when a majority of the replica set has it in its journal, and reads see
 * only what a majority has, so what was answered survives the loss of the primary.
 * @throws unavailable when no server is reached in time.
 */
export async function openMongo({ url, database, selectionMillis = 5000 }: MongoOptions): Promise<Store> {
  const connection = mongoose.createConnection();
  connection.set('strictQuery', 'throw');
  connection.set('sanitizeFilter', true);
  let version: string;
  try {
    await connection.openUri(url, {
      ...(database === undefined ? {} : { dbName: database }),
      // Without a connection a call fails at once; mongoose would keep it waiting.
      bufferCommands: false,
      autoCreate: false,
      autoIndex: false,
      serverSelectionTimeoutMS: selectionMillis,
      connectTimeoutMS: selectionMillis,
      waitQueueTimeoutMS: selectionMillis,
      socketTimeoutMS: 30_000,
      writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
      readConcern: { level: 'majority' },
    });
    version = await engineOf(connection);
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw unavailable(error);
  }
  const collections = new Map<string, { readonly declaration: string; readonly made: unknown }>();

  function collection<T extends Stored>(spec: CollectionSpec<T>): Collection<T> {
    const declaration = JSON.stringify(spec);
    const known = collections.get(spec.name);
    if (known !== undefined) {
      if (known.declaration !== declaration)
        throw new Error(`store: two declarations of the collection ${spec.name}`);
      return known.made as Collection<T>;
    }
    const made = mongoCollection(modelOf(connection, spec), spec);
    collections.set(spec.name, { declaration, made });
    return made;
  }

  return {
    engine: version,
    collection,
    async ping() {
      try {
        const liveness = connection.collection<{ _id: string; pings: number }>('liveness');
        await liveness.updateOne({ _id: 'one' }, { $inc: { pings: 1 } }, { upsert: true });
      } catch (error) {
        throw unavailable(error);
      }
    },
    async close() {
      await connection.close();
    },
  };
}

/** What serves, for people: real MongoDB says from which commit it was built, and servers that speak like it do not. */
async function engineOf(connection: mongoose.Connection): Promise<string> {
  const build = await connection.db!.admin().command({ buildInfo: 1 });
  const kind = typeof build['gitVersion'] === 'string' ? 'MongoDB' : 'MongoDB-compatible server';
  return `${kind} ${String(build['version'])}`;
}
