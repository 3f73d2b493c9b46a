/**
 * The store port. Each room declares its collections as data and wraps them in verbs of its own domain;
 * `adapters/sqlite` and `adapters/mongo` implement it, and `test/contract/collection.contract.ts` is what
 * both must pass.
 */
import { AppError, found } from './errors.js';
import type { Page } from './pages.js';

/** A JSON value that may be kept. Keys hold no `.`, leading `$` or NUL; `undefined` members are dropped. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * What every kept document has. `version` counts the writes: 1 after insert, one more at each replace.
 * `district` is the district's id, or `serviceScope` in collections of scope `service`.
 */
export interface Stored {
  readonly id: string;
  readonly district: string;
  readonly version: number;
}

/** What stands in `district` for documents of service-scoped collections. */
export const serviceScope = 'service';

/** Fields that background work finds documents by: the time from which the work is due, or null when none is. */
export type SweptField = 'effectDue' | 'auditDue';

/** A declared collection. Field names are top-level members of the document. */
export interface CollectionSpec<T extends Stored> {
  readonly name: string;
  /** `district`: every key begins with the district. `service`: one for the whole service. */
  readonly scope: 'district' | 'service';
  /** Keys that no two documents (of one district) may share. A document in which a field is null or absent is not held to that key. */
  readonly unique: readonly UniqueKey<T>[];
  /** Ways to list: documents equal in all of `equality`, ordered by `order`, then by id. */
  readonly indexes: readonly Index<T>[];
  readonly sweeps?: readonly SweptField[];
  /**
   * Whether documents may ever be removed: only what ends by itself, as drafts and sessions do. Without it no call
   * removes one, whoever makes it (review-quality.md, invariant 13).
   */
  readonly removable?: true;
}

export interface UniqueKey<T> {
  readonly name: string;
  readonly fields: readonly (keyof T & string)[];
}

export interface Index<T> {
  readonly name: string;
  readonly equality: readonly (keyof T & string)[];
  /** A member holding a string or a number; a document without it is not listed. */
  readonly order: keyof T & string;
}

/** The values of an index's or unique key's fields, in their declared order, without the district. */
export type Key = readonly (string | number | boolean | null)[];

export interface PageOf {
  /** Lowest value of the order field, inclusive. */
  readonly from?: string | number;
  /** Highest value of the order field, exclusive. */
  readonly to?: string | number;
  readonly cursor?: string;
  /** 1 to 1000. */
  readonly limit: number;
  /** Highest first when true. */
  readonly descending?: boolean;
}

export type WriteResult<T> =
  | { readonly ok: true; readonly doc: T }
  | { readonly ok: false; readonly code: 'already-exists' | 'conflict' };

/** A document as handed to `insert`: `version` is the store's to give. */
export type New<T extends Stored> = Omit<T, 'version'>;

/**
 * One collection. Documents given and returned are copies: changing them changes nothing kept.
 * Every method rejects with `unavailable` (AppError) when the database cannot be reached, in bounded time.
 */
export interface Collection<T extends Stored> {
  /** Keeps a new document and returns it with version 1; `already-exists` when its id or a unique key is taken. */
  insert(doc: New<T>): Promise<T>;
  /** `insert` for many, each answered for itself, in the order given. */
  insertMany(docs: readonly New<T>[]): Promise<WriteResult<T>[]>;
  /** The document, or undefined when absent or another district's. */
  get(district: string, id: string): Promise<T | undefined>;
  /** The document that holds this unique key. */
  find(district: string, unique: string, key: Key): Promise<T | undefined>;
  /** Replaces the document whose kept version equals `doc.version`, and returns it one version higher; else `conflict`. */
  replace(doc: T): Promise<T>;
  replaceMany(docs: readonly T[]): Promise<WriteResult<T>[]>;
  /**
   * Removes at this version, else `conflict`; `conflict` too while a swept field is set. Rejects with an Error, whatever
   * is kept, unless the declaration says `removable`.
   */
  remove(district: string, id: string, version: number): Promise<void>;
  /** Documents of an index in stable order; every one once, whatever is inserted between pages. */
  page(district: string, index: string, key: Key, options: PageOf): Promise<Page<T>>;
  count(district: string, index: string, key: Key): Promise<number>;
  /** The only read across districts: documents whose swept field is set and not after `before`, oldest first. */
  sweep(field: SweptField, options: { readonly before: string; readonly limit: number }): Promise<T[]>;
}

/** An opened database. */
export interface Store {
  /** Which engine this is, for people: `SQLite 3.53.2`, `MongoDB 8.0.4`. */
  readonly engine: string;
  /** The collection of this declaration, made on first use; the same name always means the same declaration. */
  collection<T extends Stored>(spec: CollectionSpec<T>): Collection<T>;
  /** Resolves when a write would be accepted now; `unavailable` otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads, changes and writes one document, again from the start when somebody else wrote in between
 * (compare-and-swap). `change` returns the new document, or undefined to leave it as it is.
 * @throws not-found when it is absent; whatever `change` throws; conflict after 20 lost races.
 */
export async function update<T extends Stored>(
  collection: Collection<T>,
  district: string,
  id: string,
  change: (doc: T) => T | undefined | Promise<T | undefined>,
  thing: string,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    const doc = found(await collection.get(district, id), thing);
    const changed = await change(doc);
    if (changed === undefined) return doc;
    try {
      return await collection.replace(changed);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'conflict') || attempt >= 20) throw error;
    }
  }
}
