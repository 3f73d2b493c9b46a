/** What both engines of the store port hold documents, keys and cursors to, so that neither keeps what the other cannot. */
import { createHash } from 'node:crypto';
import { AppError } from './errors.js';
import { serviceScope, type CollectionSpec, type Json, type Key, type Stored } from './collection.js';

/** A document as an engine sees it: `Stored` with any JSON members. */
export type StoredDocument = Stored & { readonly [member: string]: Json | undefined };

/** MongoDB keeps at most 100 levels; the engines' own wrapping needs some of them. */
const maxDepth = 80;

/**
 * Names that every object has, or that change what an object is to MongoDB's driver (it reads an array named `toString`
 * as bytes, mongoose drops `prototype`, `_bsontype` makes another type). No document of ours has use for them.
 */
const refusedNames: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
  '_bsontype',
]);

/**
 * A deep copy of `doc` as it will be kept. What may be kept is JSON: null, booleans, finite numbers (-0 becomes 0),
 * well-formed strings, arrays and plain objects, at most 80 deep; members that are undefined are dropped.
 * @throws Error naming the collection and the place when something else is in it, when a key is empty, begins with
 * `$`, holds `.` or NUL or is one that objects have by themselves, or when a field of a key or index is not a string, number, boolean or null.
 * These are faults of the calling code, not of a request.
 */
export function documentToKeep<T extends Stored>(
  spec: CollectionSpec<T>,
  doc: object,
  version: number,
): StoredDocument {
  const copy = copyJson(doc, spec.name, 0) as Record<string, Json>;
  for (const name of ['id', 'district']) {
    if (typeof copy[name] !== 'string' || copy[name] === '')
      throw fault(`${spec.name}.${name}`, 'must be a string');
  }
  if (spec.scope === 'service' && copy['district'] !== serviceScope) {
    throw fault(
      `${spec.name}.district`,
      `must be '${serviceScope}', for the collection is the whole service's`,
    );
  }
  for (const field of keyedFields(spec)) {
    const value = copy[field];
    if (value === undefined || value === null) continue;
    if (typeof value === 'object')
      throw fault(`${spec.name}.${field}`, 'is part of a key: no array or object');
    if (typeof value === 'string' && value.includes('\0'))
      throw fault(`${spec.name}.${field}`, 'is part of a key: no NUL');
  }
  copy['version'] = version;
  return copy as unknown as StoredDocument;
}

/** @throws Error unless documents of the collection may be removed: a fault of the calling code. */
export function checkRemovable(spec: Pick<CollectionSpec<Stored>, 'name' | 'removable'>): void {
  if (spec.removable !== true)
    throw fault(spec.name, 'is kept for good: its declaration does not say that documents may be removed');
}

/** Every field that a unique key, an index or a sweep of `spec` reads, once each. */
export function keyedFields<T extends Stored>(spec: CollectionSpec<T>): readonly string[] {
  return [
    ...new Set<string>([
      ...spec.unique.flatMap((key) => key.fields),
      ...spec.indexes.flatMap((index) => [...index.equality, index.order]),
      ...(spec.sweeps ?? []),
    ]),
  ];
}

/** The declared unique key or index named `name`. @throws Error when `spec` declares none of that name. */
export function declared<D extends { readonly name: string }>(
  spec: { readonly name: string },
  declarations: readonly D[],
  name: string,
): D {
  const found = declarations.find((declaration) => declaration.name === name);
  if (found === undefined) throw fault(spec.name, `declares no key or index named '${name}'`);
  return found;
}

/** Checks that `key` has a value for each of `fields`. @throws Error when not. */
export function checkKey(name: string, fields: readonly string[], key: Key): void {
  if (key.length !== fields.length)
    throw fault(name, `takes ${fields.length} values (${fields.join(', ')}), not ${key.length}`);
}

/** Checks a page's size. @throws Error unless it is a whole number from 1 to 1000. */
export function checkLimit(name: string, limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw fault(name, `limit must be 1 to 1000, not ${limit}`);
}

/**
 * The opaque cursor that stands after the document with this order value and id in `list`, named
 * `<collection>.<index>`.
 */
export function encodeCursor(list: string, order: string | number, id: string): string {
  return Buffer.from(JSON.stringify([listTag(list), order, id])).toString('base64url');
}

/** Reads a cursor of `list` back. @throws invalid-request when it is none that `encodeCursor` made for that list. */
export function decodeCursor(
  list: string,
  cursor: string,
): { readonly order: string | number; readonly id: string } {
  try {
    const [tag, order, id, ...rest] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (
      tag === listTag(list) &&
      (typeof order === 'string' || typeof order === 'number') &&
      typeof id === 'string' &&
      rest.length === 0
    ) {
      return { order, id };
    }
  } catch {
    // said below
  }
  const detail = 'is not a cursor that this list gave; leave it out to begin at the first page';
  throw new AppError('invalid-request', `cursor ${detail}.`, { errors: [{ pointer: '/cursor', detail }] });
}

/** Few characters that differ from list to list: a cursor stays short, for it travels in addresses. */
function listTag(list: string): string {
  return createHash('sha256').update(list).digest('base64url').slice(0, 6);
}

function copyJson(value: unknown, at: string, depth: number): Json {
  if (depth > maxDepth) throw fault(at, `is more than ${maxDepth} levels deep`);
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      if (/\p{Surrogate}/u.test(value))
        throw fault(at, 'holds half a surrogate pair, which is no Unicode text');
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw fault(at, `is ${value}, which JSON has no way to write`);
      return value === 0 ? 0 : value;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? copyArray(value, at, depth) : copyObject(value, at, depth);
    default:
      throw fault(at, `is ${typeof value}, which is not JSON`);
  }
}

function copyArray(value: readonly unknown[], at: string, depth: number): Json {
  return Array.from(value, (item, index) => copyJson(item, `${at}[${index}]`, depth + 1));
}

function copyObject(value: object, at: string, depth: number): Json {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && !isObjectPrototype(prototype)) throw fault(at, 'is not a plain object');
  const copy: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    if (name === '' || refusedNames.has(name) || name.startsWith('$') || /[.\0]|\p{Surrogate}/u.test(name)) {
      throw fault(
        `${at}.${JSON.stringify(name)}`,
        'is no name for a member that is kept (no dot, leading $, NUL, empty name, _bsontype, prototype, __proto__ or other name that every object has)',
      );
    }
    if (member !== undefined) copy[name] = copyJson(member, `${at}.${name}`, depth + 1);
  }
  return copy;
}

/** The prototype of plain objects, of this or another realm (jest and workers have their own). */
function isObjectPrototype(prototype: unknown): boolean {
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'isPrototypeOf');
}

function fault(at: string, rule: string): Error {
  return new Error(`store: ${at} ${rule}`);
}
