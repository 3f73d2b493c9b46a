import { createHash } from 'node:crypto';
import type { Json } from '../kernel/index.js';
import { jcs } from './canonical.js';
import { recordedCollection } from './recorded-collections.js';

/** What is recorded of a document: its members by their names, and `pins` with the digests of its words. */
export type RecordedState = { readonly [member: string]: Json | undefined };

/**
 * What the record says of `doc` of this collection, by its row in `recordedCollections`. The same for the same document,
 * so that it can be made again from the store and compared.
 * @throws Error when the collection has no row
 */
export function recordedState(collection: string, doc: object): RecordedState {
  const { members, later, pinned } = recordedCollection(collection);
  const of = doc as { readonly [member: string]: Json | undefined };
  const paths = later !== undefined && isThere(of[later.once]) ? [...members, ...later.members] : members;
  const state = withoutWords(picked(of, treeOf(paths))) as { [member: string]: Json | undefined };
  const { salt } = of;
  if (pinned === undefined || typeof salt !== 'string') return state;
  if (pinned.once !== undefined && !isThere(of[pinned.once])) return state;
  const pins = pinned.members.map((member) => [member, saltedDigest(salt, of[member] ?? null)]);
  return { ...state, pins: Object.fromEntries(pins) as Json };
}

/** hex SHA-256 of salt, a colon and the value in JCS: without the salt it tells nothing of the value. */
export function saltedDigest(salt: string, value: unknown): string {
  return createHash('sha256')
    .update(`${salt}:${jcs(value)}`)
    .digest('hex');
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== 0;
}

/** What is picked below each name; empty: everything. */
type Tree = { [name: string]: Tree };

function treeOf(paths: readonly string[]): Tree {
  const root: Tree = {};
  for (const path of paths) {
    let at = root;
    for (const name of path.split('.')) at = at[name] ??= {};
  }
  return root;
}

function picked(value: Json | undefined, tree: Tree): Json | undefined {
  const names = Object.keys(tree);
  if (names.length === 0 || value === undefined || value === null || typeof value !== 'object') return value;
  const every = tree['*'];
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return every === undefined ? items : items.map((item) => picked(item, every) ?? null);
  }
  const members = value as { readonly [name: string]: Json | undefined };
  const kept = every === undefined ? names : Object.keys(members);
  return Object.fromEntries(
    kept
      .map((name) => [name, picked(members[name], every ?? tree[name]!)] as const)
      .filter(([, member]) => member !== undefined),
  );
}

/** What stands in the record in place of a text that may be words of a person. */
export const withheld = 'withheld';

/**
 * `value` with every text that may be words of a person withheld, names of members included. The table of what is recorded
 * names no member that holds words, and no `facts` do: a test holds every operation to that. Should one slip through,
 * nothing is recorded of it, and what somebody does is not refused for it.
 */
export function withoutWords(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return wordless.test(value) ? value : withheld;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => withoutWords(item) ?? null);
  return Object.fromEntries(
    Object.entries(value).map(([name, member], index) => [
      wordless.test(name) ? name : `${withheld}-${index}`,
      withoutWords(member as Json) ?? null,
    ]),
  );
}

/** Ids, enumerations, numbers in text, times, digests, keys and addresses of ours: what no words of people look like. */
const wordless = /^[\x21-\x3f\x41-\x7e]{0,1400}$/;

/**
 * Where in `value`, names of members included, stands a text that may be words of a person: with a space, a sign beyond
 * ASCII, an at sign, or more than 1,400 characters (an RSA modulus has up to 1,366). Undefined when there is none.
 */
export function wordsIn(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return wordless.test(value) ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (!wordless.test(name)) return `a name in ${path}`;
    const words = wordsIn(member, `${path}/${name}`);
    if (words !== undefined) return words;
  }
  return undefined;
}
