import { isIP } from 'node:net';

/** What the owner of this process lets through beyond public https hosts. */
export interface UrlPermissions {
  /** Development only: http or https to `localhost`, any port. */
  readonly allowLocalhost: boolean;
  /** Hosts that `createOutbound` was told where to find (test rigs): any port. */
  readonly mappedHosts: ReadonlySet<string>;
}

export type AllowedUrl =
  { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly reason: string };

/** Names that never belong to a public host (RFC 6761, RFC 6762, RFC 8375, RFC 9476, ICANN's `internal`). */
const privateNames = [
  'localhost',
  'local',
  'internal',
  'intranet',
  'lan',
  'home',
  'corp',
  'home.arpa',
  'test',
  'invalid',
  'onion',
  'alt',
];

/**
 * Whether a GET may be tried at all, by the URL alone; the address behind the name is judged when connecting.
 * The WHATWG parser has by then written every form of an IPv4 host (`127.1`, `0x7f000001`, `2130706433`) as
 * four numbers and IDN dots as dots.
 */
export function allowUrl(text: string, permissions: UrlPermissions): AllowedUrl {
  if (text.length > 2048) return refuse('the address is longer than 2,048 characters');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return refuse('it is not an absolute URL');
  }
  url.hash = '';
  if (url.username !== '' || url.password !== '') return refuse('it carries a user name or password');
  const host = url.hostname;
  if (permissions.mappedHosts.has(host)) {
    return url.protocol === 'https:' ? { ok: true, url } : refuse('only https is asked');
  }
  if (permissions.allowLocalhost && host === 'localhost') {
    return url.protocol === 'https:' || url.protocol === 'http:'
      ? { ok: true, url }
      : refuse('only http and https are asked');
  }
  if (url.protocol !== 'https:') return refuse('only https is asked');
  if (url.port !== '') return refuse('only port 443 is asked');
  if (host.startsWith('[') || isIP(host) !== 0) return refuse('hosts are asked by name, not by address');
  const labels = host.split('.');
  if (host.endsWith('.') || labels.length < 2) return refuse('the host is not a full public name');
  if (privateNames.some((name) => host === name || host.endsWith(`.${name}`)))
    return refuse('the host is not a public name');
  return { ok: true, url };
}

function refuse(reason: string): AllowedUrl {
  return { ok: false, reason };
}
