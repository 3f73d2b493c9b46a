import { issuerHost } from './issuer-domain.js';
import { hostsReadAlike, skeleton } from './likeness.js';

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
 * Whether an issuer is on the list, by its id alone, or resembles one that is: a host that could be taken for the other,
 * or the same display name under another host. Another issuer of a known host is unknown, not a look-alike.
 */
export function recognise(issuerId: string, name: string | null, known: readonly KnownIssuer[]): Recognised {
  const same = known.find(({ id }) => id === issuerId);
  if (same !== undefined) return { recognition: 'recognised', issuer: same };
  const host = issuerHost(issuerId);
  const alike = known.find((candidate) => {
    const other = issuerHost(candidate.id);
    if (other !== undefined && other === host) return false;
    if (host !== undefined && other !== undefined && hostsReadAlike(host, other)) return true;
    return name !== null && spoken(name) !== '' && spoken(name) === spoken(candidate.name);
  });
  return alike === undefined ? { recognition: 'unknown' } : { recognition: 'look-alike', issuer: alike };
}

/** A display name as it is read: letters and digits only, whatever alphabet they were taken from. */
function spoken(name: string): string {
  return skeleton(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
