import type { Caller } from './authenticate.js';

/**
 * Whoever sends a request, as far as that can be told: the member who is signed in, else the address. Of an IPv6 address
 * the first 64 bits, since one subscriber is given at least as many (RFC 6177).
 */
export function senderOf(caller: Caller, address: string | undefined): string {
  if ('principal' in caller) return caller.principal.actor.member;
  if (address === undefined) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return address.includes(':') ? `${networkOf(address)}::/64` : address;
}

/** The first four groups of an IPv6 address, each without leading zeros. */
function networkOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [first, last] = [groups(head), tail === undefined ? [] : groups(tail)];
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  return [...first, ...zeros, ...last]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
