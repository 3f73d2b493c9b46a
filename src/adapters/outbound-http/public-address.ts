import { BlockList, isIP, isIPv4 } from 'node:net';

/** IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates), and multicast. */
const special = {
  ipv4: [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.31.196.0', 24],
    ['192.52.193.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['192.175.48.0', 24],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
  // Inside 2000::/3, the only global unicast space that is handed out; all outside it is refused below.
  ipv6: [
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['2620:4f:8000::', 48],
    ['3fff::', 20],
  ],
} as const;

const refused4 = new BlockList();
for (const [network, prefix] of special.ipv4) refused4.addSubnet(network, prefix, 'ipv4');
const refused6 = new BlockList();
for (const [network, prefix] of special.ipv6) refused6.addSubnet(network, prefix, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const mapped6 = new BlockList();
mapped6.addSubnet('::ffff:0:0', 96, 'ipv6');

/**
 * Whether `address` (an IPv4 or IPv6 literal) is a host of the public internet. IPv4-mapped IPv6 addresses are
 * judged by the IPv4 address inside; what is no address at all is not public.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? '';
  if (isIP(bare) === 0) return false;
  if (isIPv4(bare)) return !refused4.check(bare, 'ipv4');
  if (mapped6.check(bare, 'ipv6')) {
    const inner = ipv4Inside(bare);
    return inner !== undefined && isPublicAddress(inner);
  }
  return global6.check(bare, 'ipv6') && !refused6.check(bare, 'ipv6');
}

/** The IPv4 address in the last 32 bits of an IPv6 literal: `::ffff:127.0.0.1` or `::ffff:7f00:1`. */
function ipv4Inside(address: string): string | undefined {
  const dotted = /:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (dotted !== undefined) return dotted;
  // The URL parser writes IPv6 in its canonical form, which keeps the last two groups apart.
  const groups = new URL(`http://[${address}]/`).hostname.slice(1, -1).split(':').slice(-2);
  const [high, low] = groups.map((group) => Number.parseInt(group === '' ? '0' : group, 16));
  if (high === undefined || low === undefined) return undefined;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
