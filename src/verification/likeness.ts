import { domainToUnicode } from 'node:url';
import unhomoglyphModule from 'unhomoglyph';

// CommonJS whose declarations say `default`: at run time the import is the function itself.
const mapConfusables = unhomoglyphModule as unknown as (text: string) => string;

/** Forms that a reader takes for one letter, beyond Unicode's table, in lower case and among letters. */
const alike: readonly (readonly [RegExp, string])[] = [
  [/5/g, 's'],
  [/i/g, 'l'],
  [/vv/g, 'w'],
];

/**
 * What a text looks like: the skeleton of Unicode TR 39, section 4 (its table of confusables; `m` is `rn` there, `0`
 * is `o`, `1` is `l`), in lower case, accents off. Two texts with one skeleton are taken for each other.
 */
export function skeleton(text: string): string {
  const plain = (some: string): string => some.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const mapped = plain(mapConfusables(plain(text.normalize('NFKC'))));
  return alike.reduce((kept, [form, letter]) => kept.replace(form, letter), mapped);
}

/** A host taken apart: the part that somebody registered, and its name without the suffix under which it is registered. */
interface Host {
  readonly labels: readonly string[];
  readonly registered: string;
  readonly name: string;
  readonly suffix: string;
}

/** More letters than this must a name have before one of them is expected to be read over. */
const shortName = 5;

/**
 * Whether somebody could take one host for the other: the registered parts read alike, differ by one letter or two
 * swapped ones, or one host holds the other as if it were a part of it. Hosts under one registered name belong to one
 * owner, unless the owner lets others have them, so there only those that read alike count. Numbers are told apart:
 * district 12 is a neighbour of district 13.
 */
export function hostsReadAlike(one: string, other: string): boolean {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (a.labels.join('.') === b.labels.join('.')) return false;
  if (a.registered === b.registered) return skeleton(a.labels.join('.')) === skeleton(b.labels.join('.'));
  if (run(a.registered) === run(b.registered)) return true;
  if (holds(a, b) || holds(b, a)) return true;
  if (a.suffix === b.suffix) return isOneSlip(skeleton(a.name), skeleton(b.name), a.name, b.name);
  return skeleton(a.name) === skeleton(b.name) && suffixesAreClose(a.suffix, b.suffix);
}

/** One letter away, like `.com` and `.co`; the two letters of states and countries are told apart. */
function suffixesAreClose(one: string, other: string): boolean {
  const [a, b] = [one.split('.'), other.split('.')];
  const differing = a.map((label, at) => [label, b[at] ?? ''] as const).filter(([x, y]) => x !== y);
  const [first] = differing;
  if (a.length !== b.length || differing.length !== 1 || first === undefined) return false;
  return Math.max(first[0].length, first[1].length) > 2 && isOneEdit(...first);
}

function partsOf(host: string): Host {
  const bare = host.replace(/:\d+$/, '').toLowerCase();
  const labels = (domainToUnicode(bare) || bare).split('.').filter((label) => label !== '');
  // Enough of the public suffixes to tell names apart: `k12.ca.us`, `ac.uk`, `edu.au`, `org`.
  const [top = '', second = '', third = ''] = [...labels].reverse();
  const isTwo = top.length === 2 && second.length <= 3 && labels.length > 2;
  const suffixLength = isTwo ? (third === 'k12' && labels.length > 3 ? 3 : 2) : 1;
  const suffix = labels.slice(-suffixLength).join('.');
  const name = labels.at(-suffixLength - 1) ?? '';
  return { labels, name, suffix, registered: name === '' ? suffix : `${name}.${suffix}` };
}

/** What the eye runs over: the skeleton without dots and hyphens. */
function run(text: string): string {
  return skeleton(text).replace(/[.-]/g, '');
}

/** Whether `outer` spells the whole of `inner` in front of its own suffix: `known.edu.elsewhere.com`, `known-edu.com`. */
function holds(outer: Host, inner: Host): boolean {
  const front = run(outer.labels.join('.').slice(0, -outer.suffix.length));
  const held = run(inner.registered);
  return held.length > shortName && front.includes(held);
}

function isOneSlip(a: string, b: string, nameA: string, nameB: string): boolean {
  if (Math.min(a.length, b.length) <= shortName) return false;
  // What differs in its numbers only is another number.
  if (nameA.replace(/\d+/g, '#') === nameB.replace(/\d+/g, '#')) return false;
  return isOneEdit(a, b);
}

/** One letter more, less or other, or two neighbours swapped. */
function isOneEdit(a: string, b: string): boolean {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (Math.max(left.length, right.length) <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
