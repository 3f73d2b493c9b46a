import { createServer, type Server } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, LookupFunction } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createOutbound,
  isPublicAddress,
  type OutboundOptions,
} from '../../../src/adapters/outbound-http/index.js';
import { makeTestAuthority } from '../../support/test-authority.js';

const host = 'issuer.example.test';
const other = 'other.example.test';
const authority = makeTestAuthority([host, other, 'localhost']);
const json = { accept: ['application/json'] };

let server: Server;
let connects = 0;
let paths: string[] = [];
let seenHeaders: IncomingMessage['headers'] = {};
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;

beforeAll(async () => {
  server = createServer({ key: authority.key, cert: authority.cert }, (request, response) => {
    paths.push(request.url ?? '');
    seenHeaders = request.headers;
    answer(request, response);
  });
  server.on('connection', () => (connects += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  connects = 0;
  paths = [];
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const port = () => (server.address() as AddressInfo).port;

function mapped(options: OutboundOptions = {}) {
  const place = { address: '127.0.0.1', port: port() };
  return createOutbound({ hosts: { [host]: place, [other]: place }, ca: authority.ca, ...options });
}

function answerJson(body: string | Buffer, headers: Record<string, string> = {}) {
  answer = (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
}

/** A look-up that answers every name with these addresses. */
function resolvesTo(...addresses: string[]): LookupFunction {
  return (_name, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
}

describe('what is asked', () => {
  it('gives the bytes, media type and address of a mapped host vouched for by its own authority', async () => {
    answerJson('{"a":1}', { 'content-type': 'Application/JSON; charset=utf-8' });
    const got = await mapped().get(`https://${host}/x?y=1#part`, json);
    expect(got).toMatchObject({ ok: true, mediaType: 'application/json', url: `https://${host}/x?y=1` });
    expect(got.ok && Buffer.from(got.bytes).toString()).toBe('{"a":1}');
    expect(paths).toEqual(['/x?y=1']);
    expect(seenHeaders).not.toHaveProperty('cookie');
    expect(seenHeaders.accept).toBe('application/json');
  });

  it('does not trust a certificate of the machine for a mapped host, nor the test authority for others', async () => {
    answerJson('{}');
    const place = { address: '127.0.0.1', port: port() };
    expect(await createOutbound({ hosts: { [host]: place } }).get(`https://${host}/`, json)).toMatchObject({
      ok: false,
      kind: 'unreachable',
    });
    expect(paths).toEqual([]);
  });

  it('inflates what was compressed', async () => {
    answerJson(gzipSync('{"a":1}'), { 'content-encoding': 'gzip' });
    const got = await mapped().get(`https://${host}/`, json);
    expect(got.ok && Buffer.from(got.bytes).toString()).toBe('{"a":1}');
  });

  it('asks localhost over http only where development allows it', async () => {
    const plain = createTcpServer((socket) => {
      connects += 1;
      socket.resume();
      socket.end(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}',
      );
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const url = `http://localhost:${(plain.address() as AddressInfo).port}/`;
    const lookupOptions = { allowLocalhost: true };
    expect(await createOutbound().get(url, json)).toMatchObject({ ok: false, kind: 'refused' });
    expect(connects).toBe(0);
    expect(await createOutbound(lookupOptions).get(url, json)).toMatchObject({ ok: true });
    expect(connects).toBe(1);
    await new Promise((resolve) => plain.close(resolve));
  });

  it('follows two redirects and not a third', async () => {
    answer = (request, response) => {
      const left = Number((request.url ?? '').slice(1));
      if (left === 0) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      else response.writeHead(302, { location: `https://${other}/${left - 1}` }).end();
    };
    expect(await mapped().get(`https://${host}/2`, json)).toMatchObject({
      ok: true,
      url: `https://${other}/0`,
    });
    paths = [];
    expect(await mapped().get(`https://${host}/3`, json)).toMatchObject({ ok: false, kind: 'refused' });
    expect(paths).toEqual(['/3', '/2', '/1']);
  });
});

describe('what is refused without a connection', () => {
  // Every target would lead to the listener, or to a place that a public verifier has no business with.
  const targets = [
    ['http', () => `http://127.0.0.1:${port()}/`],
    ['an IPv4 address', () => 'https://127.0.0.1/'],
    ['a short IPv4 address', () => 'https://127.1/'],
    ['a decimal IPv4 address', () => 'https://2130706433/'],
    ['a hexadecimal IPv4 address', () => 'https://0x7f000001/'],
    ['an octal IPv4 address', () => 'https://0177.0.0.1/'],
    ['the unspecified address', () => 'https://0.0.0.0/'],
    ['IPv6 loopback', () => 'https://[::1]/'],
    ['IPv4-mapped IPv6', () => 'https://[::ffff:127.0.0.1]/'],
    ['a public IP address', () => 'https://93.184.216.34/'],
    ['the metadata address', () => 'https://169.254.169.254/latest/meta-data/'],
    ['full-width digits', () => 'https://１２７.０.０.１/'],
    ['ideographic dots', () => 'https://127。0。0。1/'],
    ['localhost', () => `https://localhost:${port()}/`],
    ['localhost on port 443', () => 'https://localhost/'],
    ['localhost with a final dot', () => 'https://localhost./'],
    ['a name under localhost', () => 'https://a.localhost/'],
    ['a single label', () => 'https://intranet/'],
    ['an internal name', () => 'https://metadata.google.internal/'],
    ['a .local name', () => 'https://printer.local/'],
    ['another port', () => 'https://example.org:8443/'],
    ['a user name', () => 'https://user@example.org/'],
    ['a password', () => 'https://a:b@example.org/'],
    ['file', () => 'file:///etc/passwd'],
    ['ftp', () => 'ftp://example.org/'],
    ['data', () => 'data:application/json,{}'],
    ['no URL', () => 'example.org/did.json'],
    ['a mapped host over http', () => `http://${host}/`],
    ['an endless URL', () => `https://example.org/${'a'.repeat(3000)}`],
  ] as const;

  it.each(targets)('%s', async (_name, url) => {
    let lookups = 0;
    const outbound = mapped({
      lookup: (_host, _options, callback) => {
        lookups += 1;
        callback(null, [{ address: '127.0.0.1', family: 4 }]);
      },
    });
    expect(await outbound.get(url(), json)).toMatchObject({ ok: false, kind: 'refused' });
    expect(connects).toBe(0);
    expect(lookups).toBe(0);
  });

  const addresses = [
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    'fd00::1',
    'fe80::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
  ];
  it.each(addresses)('a public name that resolves to %s', async (address) => {
    const outbound = createOutbound({ lookup: resolvesTo(address) });
    expect(await outbound.get('https://evil.example.org/', json)).toMatchObject({
      ok: false,
      kind: 'refused',
    });
    expect(connects).toBe(0);
  });

  it('a name of which one address of several is private', async () => {
    const outbound = createOutbound({ lookup: resolvesTo('93.184.216.34', '127.0.0.1') });
    expect(await outbound.get('https://evil.example.org/', json)).toMatchObject({
      ok: false,
      kind: 'refused',
    });
    expect(connects).toBe(0);
  });

  it('localhost, in development, when it resolves elsewhere is not tried with the given look-up', async () => {
    answerJson('{}');
    const outbound = createOutbound({ allowLocalhost: true, lookup: resolvesTo('93.184.216.34') });
    expect(await outbound.get(`https://localhost:${port()}/`, json)).toMatchObject({
      ok: false,
      kind: 'unreachable',
    });
    expect(paths).toEqual([]); // the machine's own authorities do not vouch for it
  });

  // Left out: what is a path on the host that redirects, and what no Location header can carry.
  const redirectable = targets.filter(
    ([name]) => !['no URL', 'full-width digits', 'ideographic dots'].includes(name),
  );
  it.each(redirectable)('a redirect to %s', async (_name, url) => {
    answer = (_request, response) => response.writeHead(302, { location: url() }).end();
    expect(await mapped().get(`https://${host}/start`, json)).toMatchObject({ ok: false, kind: 'refused' });
    expect(connects).toBe(1);
    expect(paths).toEqual(['/start']);
  });
});

describe('what is cut short', () => {
  const large = Buffer.alloc(600 * 1024, 0x20);

  it('a body over 512 KiB', async () => {
    answerJson(large);
    expect(await mapped().get(`https://${host}/`, json)).toMatchObject({
      ok: false,
      kind: 'refused',
      reason: expect.stringContaining('524288'),
    });
  });

  it('a compressed body that inflates over it', async () => {
    answerJson(gzipSync(large), { 'content-encoding': 'gzip' });
    expect(await mapped().get(`https://${host}/`, json)).toMatchObject({ ok: false, kind: 'refused' });
  });

  it('a body over the limit that the caller set', async () => {
    answerJson('{"a":1}');
    expect(await mapped().get(`https://${host}/`, { ...json, maxBytes: 3 })).toMatchObject({
      ok: false,
      kind: 'refused',
    });
  });

  it('an endless body, after the limit and not after its end', async () => {
    let sent = 0;
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        sent += 1;
        if (sent < 10_000 && response.write(Buffer.alloc(64 * 1024))) setImmediate(more);
        else response.once('drain', more);
      };
      more();
    };
    expect(await mapped().get(`https://${host}/`, json)).toMatchObject({ ok: false, kind: 'refused' });
    expect(sent).toBeLessThan(1000);
  });

  it('a host that accepts and says nothing', async () => {
    answer = () => undefined;
    expect(await mapped({ totalMilliseconds: 200 }).get(`https://${host}/`, json)).toMatchObject({
      ok: false,
      kind: 'unreachable',
    });
  });

  it('a media type that was not asked for', async () => {
    answerJson('<html>', { 'content-type': 'text/html' });
    expect(await mapped().get(`https://${host}/`, json)).toMatchObject({ ok: false, kind: 'refused' });
  });

  it('an encoding that lies', async () => {
    answerJson('{}', { 'content-encoding': 'gzip' });
    expect(await mapped().get(`https://${host}/`, json)).toMatchObject({ ok: false, kind: 'unreachable' });
  });
});

describe('what is told', () => {
  it.each([
    [404, 'absent'],
    [410, 'absent'],
    [500, 'unreachable'],
    [401, 'unreachable'],
    [304, 'unreachable'],
  ])('status %s is %s', async (status, kind) => {
    answer = (_request, response) => response.writeHead(status).end();
    expect(await mapped().get(`https://${host}/`, json)).toMatchObject({ ok: false, kind });
  });

  it('a name that does not resolve is unreachable', async () => {
    const outbound = createOutbound({
      lookup: (_h, _o, callback) => callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), ''),
    });
    expect(await outbound.get('https://nowhere.example.org/', json)).toMatchObject({
      ok: false,
      kind: 'unreachable',
    });
  });
});

describe('isPublicAddress', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1::1', '::ffff:8.8.8.8', '::ffff:808:808'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
  it.each([
    '',
    'localhost',
    '::ffff:10.0.0.1',
    '198.19.255.255',
    '192.0.2.1',
    '2001:0:1::',
    '3fff::1',
    '5f00::1',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
