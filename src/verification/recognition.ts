import { domainToUnicode } from 'node:url';
import { issuerDomain } from './issuer-domain.js';

/** An issuer that the verifying service knows, by its id. */
export interface KnownIssuer {
  readonly id: string;
  readonly name: string;
}

/** Where the list of known issuers comes from. */
export interface KnownIssuers {
  /** The whole list; it is compared with, not only looked up in, to see look-alikes. */
  list(): Promise<readonly KnownIssuer[]>;
}

export type Recognised =
  | { readonly recognition: 'recognised'; readonly issuer: KnownIssuer }
  | { readonly recognition: 'look-alike'; readonly issuer: KnownIssuer }
  | { readonly recognition: 'unknown' };

/**
 * Whether an issuer is on the list, or resembles one that is: a host that reads alike or is one letter away, or the
 * same display name under another host. Another issuer of a known host is unknown, not a look-alike.
 */
export function recognise(issuerId: string, name: string | null, known: readonly KnownIssuer[]): Recognised {
  const same = known.find(({ id }) => id === issuerId);
  if (same !== undefined) return { recognition: 'recognised', issuer: same };
  const domain = issuerDomain(issuerId);
  const alike = known.find((candidate) => {
    const other = issuerDomain(candidate.id);
    if (other === domain) return false;
    return readsAlike(domain, other) || (name !== null && spoken(name) === spoken(candidate.name));
  });
  return alike === undefined ? { recognition: 'unknown' } : { recognition: 'look-alike', issuer: alike };
}

function readsAlike(one: string, other: string): boolean {
  if (one.startsWith('did:') || other.startsWith('did:')) return false;
  const a = skeleton(one);
  const b = skeleton(other);
  return a === b || (Math.min(a.length, b.length) >= 8 && isOneEditAway(a, b));
}

/** Letters that look like a Latin one (a few of Unicode TR 39's confusables: those that names are forged with). */
const confusable: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ѕ: 's', ј: 'j', ԁ: 'd', һ: 'h', ո: 'n', ɡ: 'g', ı: 'i', ο: 'o', α: 'a', ν: 'v',
  '0': 'o', '1': 'l', '5': 's', i: 'l',
}; // prettier-ignore

/** What a host looks like: accents off, look-alike letters mapped, `rn` read as `m`, hyphens overlooked. */
function skeleton(host: string): string {
  const unicode = domainToUnicode(host.replace(/:\d+$/, '')) || host;
  const letters = [...unicode.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()].map(
    (letter) => confusable[letter] ?? letter,
  );
  return letters.join('').replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('-', '');
}

function spoken(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  return Math.max(a.length, b.length) - start - end <= 1;
}
