import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

/** A place where a credential must not be able to send its verifier. `url` is given the port of a private listener. */
export interface HostileTarget {
  readonly name: string;
  readonly url: (port: number) => string;
}

/** Refused by the address alone: nothing is looked up, nothing connected to. */
export const hostileAddresses: readonly HostileTarget[] = [
  ['an IPv4 loopback address', 'https://127.0.0.1/'],
  ['loopback on the port of a listener', 'https://127.0.0.1:PORT/'],
  ['loopback over http', 'http://127.0.0.1:PORT/'],
  ['loopback over http, port 80', 'http://127.0.0.1/'],
  ['a short address', 'https://127.1:PORT/'],
  ['a shorter address', 'https://127.1/'],
  ['three parts', 'https://127.0.1/'],
  ['another loopback address', 'https://127.8.9.10/'],
  ['a decimal address', 'https://2130706433:PORT/'],
  ['a hexadecimal address', 'https://0x7f000001:PORT/'],
  ['hexadecimal parts', 'https://0x7f.0.0.0x1/'],
  ['octal parts', 'https://0177.0.0.01/'],
  ['an octal address', 'https://017700000001:PORT/'],
  ['a mixed address', 'https://0x7f.1/'],
  ['zero', 'https://0:PORT/'],
  ['the unspecified address', 'https://0.0.0.0:PORT/'],
  ['a final dot', 'https://127.0.0.1./'],
  ['IPv6 loopback', 'https://[::1]:PORT/'],
  ['IPv6 unspecified', 'https://[::]:PORT/'],
  ['IPv4-mapped IPv6', 'https://[::ffff:127.0.0.1]:PORT/'],
  ['IPv4-mapped IPv6 in hexadecimal', 'https://[::ffff:7f00:1]/'],
  ['IPv4-mapped IPv6 at length', 'https://[0:0:0:0:0:ffff:127.0.0.1]/'],
  ['IPv4-compatible IPv6', 'https://[::127.0.0.1]/'],
  ['IPv4-translated IPv6', 'https://[::ffff:0:127.0.0.1]/'],
  ['the metadata address as mapped IPv6', 'https://[::ffff:a9fe:a9fe]/'],
  ['NAT64', 'https://[64:ff9b::127.0.0.1]/'],
  ['6to4', 'https://[2002:7f00:1::]/'],
  ['a unique local address', 'https://[fd00::1]/'],
  ['a link-local address', 'https://[fe80::1]/'],
  ['a link-local address with a zone', 'https://[fe80::1%25eth0]/'],
  ['the metadata address of clouds', 'https://169.254.169.254/latest/meta-data/'],
  ['the metadata address over http', 'http://169.254.169.254/latest/meta-data/'],
  ['the metadata address in IPv6', 'https://[fd00:ec2::254]/'],
  ['carrier-grade NAT', 'https://100.64.0.1/'],
  ['10/8', 'https://10.0.0.1/'],
  ['172.16/12', 'https://172.16.0.1/'],
  ['192.168/16', 'https://192.168.0.1/'],
  ['benchmarking', 'https://198.18.0.1/'],
  ['multicast', 'https://224.0.0.1/'],
  ['broadcast', 'https://255.255.255.255/'],
  ['a public address without a name', 'https://93.184.216.34/'],
  ['full-width digits', 'https://１２７.０.０.１:PORT/'],
  ['digits in circles', 'https://①②⑦.⓪.⓪.①/'],
  ['ideographic dots', 'https://127。0。0。1:PORT/'],
  ['a tab in the address', 'https://127.0.0\t.1:PORT/'],
  ['localhost', 'https://localhost:PORT/'],
  ['localhost, port 443', 'https://localhost/'],
  ['localhost over http', 'http://localhost:PORT/'],
  ['LOCALHOST', 'https://LOCALHOST:PORT/'],
  ['localhost with a final dot', 'https://localhost./'],
  ['localhost with a soft hyphen', 'https://local\u00adhost:PORT/'],
  ['localhost in percent signs', 'https://loca%6chost:PORT/'],
  ['a name under localhost', 'https://a.localhost/'],
  ['a name of one label', 'https://intranet/'],
  ['a name of the machine', 'https://ip6-localhost/'],
  ['the metadata name', 'https://metadata.google.internal/'],
  ['a container’s host', 'https://host.docker.internal/'],
  ['a cluster’s name', 'https://kubernetes.default.svc.cluster.local/'],
  ['a printer', 'https://printer.local/'],
  ['a router', 'https://router.lan/'],
  ['a user name', 'https://user@good.example.test/'],
  ['a password', 'https://a:b@good.example.test/'],
  ['a public name as the user', 'https://good.example.test@127.0.0.1:PORT/'],
  ['a public name behind a hash', 'https://127.0.0.1:PORT#@good.example.test/'],
  ['a public name behind a backslash', 'https://127.0.0.1:PORT\\@good.example.test/'],
  ['too few slashes', 'https:127.0.0.1:PORT'],
  ['too many slashes', 'https:///127.0.0.1:PORT/'],
  ['no scheme', '//127.0.0.1:PORT/'],
  ['another port', 'https://good.example.org:8443/'],
  ['the port of http', 'https://good.example.org:80/'],
  ['http', 'http://good.example.org/'],
  ['a file', 'file:///etc/passwd'],
  ['ftp', 'ftp://127.0.0.1:PORT/'],
  ['gopher', 'gopher://127.0.0.1:PORT/_GET'],
  ['a socket of the machine', 'http://unix:/var/run/docker.sock:/info'],
  ['ws', 'ws://127.0.0.1:PORT/'],
  ['data', 'data:application/json,{}'],
  ['javascript', 'javascript:1'],
  ['blob', 'blob:https://good.example.test/1'],
  ['an address of 3,000 characters', `https://good.example.org/${'a'.repeat(3000)}`],
].map(([name, url]) => ({ name: name!, url: (port) => url!.replace('PORT', String(port)) }));

/** Public names, and what a look-up answers for them, each time anew: for the first connection, the second, ... */
export const hostileNames: readonly {
  readonly host: string;
  readonly answers: readonly (readonly string[])[];
}[] = [
  ...[
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.0.170',
    '198.18.0.1',
    '198.51.100.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2001::1',
    '2002:7f00:1::',
    'fd00::1',
    'fe80::1',
    'ff02::1',
  ].map((address, n) => ({ host: `resolves-${n}.example.org`, answers: [[address]] })),
  // One of several, in either place.
  { host: 'mixed-1.example.org', answers: [['93.184.216.34', '127.0.0.1']] },
  { host: 'mixed-2.example.org', answers: [['127.0.0.1', '93.184.216.34']] },
  // Rebinding: a public answer for whoever looks first, a private one for whoever connects, and the other way round.
  { host: 'rebinds-1.example.org', answers: [['93.184.216.34'], ['127.0.0.1']] },
  { host: 'rebinds-2.example.org', answers: [['127.0.0.1'], ['93.184.216.34']] },
  { host: 'nowhere.example.org', answers: [[]] },
];

const zeros = Buffer.alloc(8 * 1024 * 1024);

function json(body: string | Buffer, headers: { readonly [name: string]: string } = {}) {
  return (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
  };
}

/** Answers of a public host that are meant to hurt who asks, by the host's first label. */
export const hostileAnswers: {
  readonly [label: string]: (request: IncomingMessage, response: ServerResponse) => void;
} = {
  'slow-body': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const drip = setInterval(() => response.write(' '), 1000);
    response.once('close', () => clearInterval(drip));
    response.write('{');
  },
  silent: () => undefined,
  endless: (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
  large: json(Buffer.alloc(600 * 1024, 0x20)),
  'lies-about-length': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '10000000000' });
    response.write('{');
  },
  'gzip-bomb': json(gzipSync(zeros), { 'content-encoding': 'gzip' }),
  'deflate-bomb': json(deflateSync(zeros), { 'content-encoding': 'deflate' }),
  'brotli-bomb': json(brotliCompressSync(zeros), { 'content-encoding': 'br' }),
  'double-gzip': json(gzipSync(gzipSync(zeros)), { 'content-encoding': 'gzip, gzip' }),
  'lies-about-encoding': json('{}', { 'content-encoding': 'gzip' }),
  html: (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  'no-type': (_request, response) => void response.writeHead(200).end('{}'),
  'script-type': (_request, response) =>
    void response.writeHead(200, { 'content-type': 'text/javascript' }).end('{}'),
  'huge-headers': (_request, response) =>
    void response
      .writeHead(200, { 'content-type': 'application/json', 'x-large': 'a'.repeat(64 * 1024) })
      .end('{}'),
  'redirects-to-itself': (request, response) =>
    void response.writeHead(302, { location: `https://${request.headers.host}/` }).end(),
  'redirects-nowhere': (_request, response) => void response.writeHead(302).end(),
  'wants-a-password': (_request, response) =>
    void response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
  'sets-cookies': (_request, response) =>
    void response.writeHead(302, { 'set-cookie': 'a=b', location: 'https://127.0.0.1/' }).end(),
};
