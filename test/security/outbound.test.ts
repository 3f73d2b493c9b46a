import { readdirSync } from 'node:fs';
import { createServer as createTls, type Server as TlsServer } from 'node:https';
import {
  createServer as createTcp,
  isIP,
  Socket,
  type AddressInfo,
  type LookupFunction,
  type Server,
} from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createOutbound, isPublicAddress } from '../../src/adapters/outbound-http/index.js';
import { packageFile, packageRoot } from '../../src/kernel/index.js';
import type { JsonObject } from '../../src/securing/index.js';
import { checkRefresh } from '../../src/verification/checks/refresh.js';
import { passed } from '../../src/verification/finding.js';
import { judgeRefresh } from '../../src/verification/judge-refresh.js';
import type { Work } from '../../src/verification/verification.js';
import { boundResolver } from '../../src/verification/bound-resolver.js';
import { composeResolver, type Outbound, type Resolver } from '../../src/verification/index.js';
import type { Secured } from '../../src/verification/reading.js';
import { fetchWanted, wantedBy } from '../../src/verification/resources.js';
import { verifyHandedIn } from '../../src/web/verify-input.js';
import { hostileAddresses, hostileAnswers, hostileNames } from '../support/hostile-targets.js';
import { makeTestAuthority } from '../support/test-authority.js';

// Every place in a credential that sends its verifier somewhere, against every target where it must not go. The
// "public" hosts are one listener on loopback, `*.example.test`, which the way out is told about as test rigs are.
// All other connections of this process are watched at the socket: what they would reach is counted, and nothing
// leaves the machine.

const authority = makeTestAuthority(['*.example.test']);

let publicHost: TlsServer;
let privateHosts: Server[];
let privatePort: number;
let privateConnections = 0;
let publicRequests: string[] = [];
let watched: string[] = [];
let redirects: { readonly [label: string]: string };
let outbound: Outbound;
/** The same in a hurry, for hosts that are slow. */
let hasty: Outbound;
const lookups = new Map<string, number>();

const { connect } = Socket.prototype;

beforeAll(async () => {
  privateHosts = [];
  privatePort = 0;
  // The ports that an address without one means, where this process may listen on them.
  for (const [host, port] of [
    ['127.0.0.1', 0],
    ['::1', 0],
    ['127.0.0.1', 443],
    ['127.0.0.1', 80],
  ] as const) {
    const server = createTcp((socket) => {
      privateConnections += 1;
      socket.destroy();
    });
    const listens = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port === 0 && host === '::1' ? privatePort : port, host, () => resolve(true));
    });
    if (!listens) continue;
    privateHosts.push(server);
    if (privatePort === 0) privatePort = (server.address() as AddressInfo).port;
  }

  publicHost = createTls({ key: authority.key, cert: authority.cert }, (request, response) => {
    const label = (request.headers.host ?? '').split('.')[0]!;
    publicRequests.push(`${label} ${request.url}`);
    const answer = hostileAnswers[label];
    if (answer !== undefined) answer(request, response);
    else if (redirects[label] !== undefined) response.writeHead(302, { location: redirects[label] }).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(documentAt(request.url ?? '/'));
  });
  await new Promise<void>((resolve) => publicHost.listen(0, '127.0.0.1', resolve));

  redirects = redirectsTo([
    ...hostileAddresses.map(({ url }) => url(privatePort)),
    ...hostileNames.map(({ host }) => `https://${host}/`),
  ]);
  const place = { address: '127.0.0.1', port: (publicHost.address() as AddressInfo).port };
  const labels = ['good', ...Object.keys(hostileAnswers), ...Object.keys(redirects)];
  const options = {
    hosts: Object.fromEntries(labels.map((label) => [`${label}.example.test`, place])),
    ca: authority.ca,
    lookup: hostileLookup,
  };
  outbound = createOutbound(options);
  hasty = createOutbound({ ...options, totalMilliseconds: 1_000 });
  watchConnections(place.port);
});
afterAll(async () => {
  Socket.prototype.connect = connect;
  publicHost.closeAllConnections();
  await Promise.all([publicHost, ...privateHosts].map((server) => new Promise((done) => server.close(done))));
});

/** A redirect to each, and chains of two and three redirects. */
function redirectsTo(targets: readonly string[]): { readonly [label: string]: string } {
  // A Location header carries ASCII only.
  const carried = targets.filter((target) => /^[\x21-\x7e]+$/.test(target));
  const loopback = `https://127.0.0.1:${privatePort}/`;
  return {
    ...Object.fromEntries(carried.map((target, n) => [`redirect-${n}`, target])),
    'chain-a': 'https://chain-b.example.test/',
    'chain-b': loopback,
    'longer-a': 'https://longer-b.example.test/',
    'longer-b': 'https://longer-c.example.test/',
    'longer-c': loopback,
  };
}

/** What the good host gives: a DID document or keys, with the endpoint for standings that its path spells. */
function documentAt(path: string): string {
  const endpoint = /^\/standing\/([A-Za-z0-9_-]+)\//.exec(path)?.[1];
  return JSON.stringify({
    id: 'urn:x',
    keys: [],
    ...(endpoint === undefined
      ? {}
      : {
          service: [
            {
              type: 'TouchstoneStanding',
              serviceEndpoint: Buffer.from(endpoint, 'base64url').toString('utf8'),
            },
          ],
        }),
  });
}

/** A resolver of names that gives each its hostile answers in turn, and a public address for all others. */
const hostileLookup: LookupFunction = (host, _options, callback) => {
  const asked = lookups.get(host) ?? 0;
  lookups.set(host, asked + 1);
  const answers = hostileNames.find((name) => name.host === host)?.answers ?? [['93.184.216.34']];
  const addresses = answers[asked % answers.length]!;
  callback(
    null,
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  );
};

/** Watches where every socket of this process would lead, and stops those that do not lead to the public listener. */
function watchConnections(publicPort: number): void {
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
    const given = (Array.isArray(args[0]) ? (args[0] as unknown[]) : args)[0] as {
      host?: string;
      port?: number | string;
      path?: string;
      lookup?: LookupFunction;
    };
    if (given.host === '127.0.0.1' && Number(given.port) === publicPort)
      return connect.apply(this, args as Parameters<typeof connect>);
    const stop = (address: string) => {
      watched.push(address);
      process.nextTick(() => this.destroy(new Error('no network in this test')));
    };
    // An address is connected to without a look-up.
    if (given.lookup === undefined || isIP(String(given.host)) !== 0) stop(given.path ?? String(given.host));
    else {
      given.lookup(String(given.host), { all: true }, (error, found) => {
        if (error !== null) process.nextTick(() => this.destroy(error));
        else for (const { address } of found as readonly { readonly address: string }[]) stop(address);
      });
    }
    return this;
  } as typeof connect;
}

/** A place in a credential that sends its verifier to `url`; undefined where it cannot be made to say that. */
interface Entry {
  readonly name: string;
  /** What it makes the verifier ask. */
  readonly asks: keyof Resolver;
  /** Whether it ever leads out of this service. */
  readonly fetches: boolean;
  /** Whether only the origin of the address is taken: what else is odd about it is gone then. */
  readonly takesOrigin?: boolean;
  /** Whether any media type will do. */
  readonly takesAnything?: boolean;
  /** What is asked for by itself; gives whether anything came. */
  readonly ask?: (url: string, resolver: Resolver) => Promise<boolean>;
  readonly credential?: (
    url: string,
  ) => { readonly document: JsonObject; readonly secured?: Secured } | undefined;
}

const now = '2026-11-21T12:00:00Z';
const noProofs: Secured = { kind: 'proofs', proofs: [] };
const token = (kid: string | null): Secured => ({ kind: 'jwt', token: '', alg: 'ES256', kid, claims: {} });

const entries: readonly Entry[] = [
  {
    name: 'issuer, did:web',
    asks: 'did',
    fetches: true,
    credential: (url) => ({ document: { issuer: didWebOf(url) } }),
  },
  {
    name: 'holder of a presentation, did:web',
    asks: 'did',
    fetches: true,
    credential: (url) => ({
      document: { type: 'VerifiablePresentation', holder: didWebOf(url) },
      secured: { kind: 'proofs', proofs: [{ verificationMethod: `${didWebOf(url)}#key` }] },
    }),
  },
  {
    name: 'issuer, https: controller document',
    asks: 'controller',
    fetches: true,
    credential: (url) => ({ document: { issuer: url } }),
  },
  {
    name: 'issuer, https: JWKS of its host',
    asks: 'keys',
    fetches: true,
    takesOrigin: true,
    credential: (url) => ({ document: { issuer: url }, secured: token(null) }),
  },
  {
    name: 'verification method, https',
    asks: 'keys',
    fetches: true,
    credential: (url) => ({
      document: { issuer: url },
      secured: { kind: 'proofs', proofs: [{ verificationMethod: `${url.replace(/\/$/, '')}/keys/1` }] },
    }),
  },
  {
    name: 'kid, https',
    asks: 'keys',
    fetches: true,
    takesOrigin: true,
    credential: (url) => ({ document: { issuer: url }, secured: token(`${url.replace(/\/$/, '')}/keys/1`) }),
  },
  ...['BitstringStatusListEntry', 'StatusList2021Entry'].map((type): Entry => ({
    name: `statusListCredential of ${type}`,
    asks: 'statusList',
    fetches: true,
    credential: (url) => ({ document: { credentialStatus: { type, statusListCredential: url } } }),
  })),
  {
    name: 'id of a 1EdTechRevocationList',
    asks: 'statusList',
    fetches: true,
    credential: (url) => ({ document: { credentialStatus: { type: '1EdTechRevocationList', id: url } } }),
  },
  {
    name: 'credentialSchema',
    asks: 'schema',
    fetches: true,
    credential: (url) => ({ document: { credentialSchema: [{ id: url, type: 'JsonSchema' }] } }),
  },
  {
    name: 'relatedResource',
    asks: 'resource',
    fetches: true,
    credential: (url) => ({ document: { relatedResource: [{ id: url, mediaType: 'application/json' }] } }),
  },
  {
    name: 'component of a milestone',
    asks: 'resource',
    fetches: true,
    credential: (url) =>
      // Evidence that is no web address is no credential to fetch.
      ({ document: { evidence: [{ id: url, mediaType: 'application/vc', type: ['Evidence'] }] } }),
  },
  {
    name: 'standing that a DID document names',
    asks: 'resource',
    fetches: true,
    takesOrigin: true,
    credential: (url) => {
      if (!URL.canParse(url) || new URL(url).origin === 'null') return undefined;
      const { origin } = new URL(url);
      const endpoint = Buffer.from(`${origin}/`).toString('base64url');
      // The origin must be the credential's own, which is the attacker's to choose as well.
      return {
        document: { id: `${origin}/c1`, issuer: `did:web:good.example.test:standing:${endpoint}` },
      };
    },
  },
  {
    name: 'refresh service',
    asks: 'resource',
    fetches: true,
    takesAnything: true,
    ask: async (url, resolver) => {
      const document = { refreshService: { id: url, type: '1EdTechCredentialRefresh' } };
      const read = { kind: 'credential', document, secured: noProofs, received: document } as const;
      let got = false;
      const work = {
        resolver,
        // Whatever was fetched would be judged next.
        open: async () => {
          got = true;
          throw new Error('something was fetched');
        },
      } as unknown as Work;
      const judged = { proof: passed('proof.ok'), refresh: checkRefresh({ document }) };
      await judgeRefresh({ ...read, isMerged: false, firstContext: '' }, judged, work, { now }).catch(
        () => undefined,
      );
      return got;
    },
  },
  {
    name: 'a link to verify',
    asks: 'resource',
    fetches: true,
    takesAnything: true,
    ask: async (url, resolver) => {
      const ports = { resolver, knownIssuers: { list: async () => [] } };
      const report = await verifyHandedIn(ports, { kind: 'link', url }, { sender: 'somebody', now }).catch(
        (error: unknown) => {
          // Not even a web address: refused as a field of the request.
          expect(error).toMatchObject({ code: 'rule-violated' });
          return undefined;
        },
      );
      return report?.checks.some(({ outcome }) => outcome !== 'could-not-check') ?? false;
    },
  },
  {
    name: 'id of the credential',
    asks: 'standing',
    fetches: false,
    credential: (url) => ({ document: { id: url } }),
  },
  {
    name: 'what is never asked for: pictures, pages, evidence, terms, contexts',
    asks: 'standing',
    fetches: false,
    credential: (url) => ({
      document: {
        '@context': [url],
        id: 'urn:x',
        issuer: { id: 'urn:x', url, image: { id: url, type: 'Image' } },
        refreshService: { id: url, type: 'AnotherRefreshService' },
        credentialSubject: { achievement: { id: url, image: { id: url }, criteria: { id: url } } },
        evidence: [{ id: url, mediaType: 'text/html' }],
        termsOfUse: [{ id: url }],
        endorsement: [{ id: url }],
      },
    }),
  },
];

/** `https://HOST:PORT/...` as did:web; the authority as it is written, however odd. */
function didWebOf(url: string): string {
  const authorityOf = /^[a-z]*:?\/*([^/]*)/i.exec(url)?.[1] ?? '';
  return `did:web:${encodeURIComponent(authorityOf)}`;
}

interface Try {
  /** Whether anything was given. */
  readonly got: boolean;
  readonly asked: ReadonlySet<string>;
}

/** Sends the verifier through one entry to one address, as far as fetching goes. */
async function tryOut(entry: Entry, url: string, out: Outbound): Promise<Try> {
  const asked = new Set<string>();
  const nothing = async () => undefined;
  const resolver = composeResolver({ did: nothing, resource: nothing, standing: nothing }, out);
  const noting = new Proxy(resolver, {
    get: (target, name) => {
      asked.add(String(name));
      return Reflect.get(target, name) as unknown;
    },
  });
  if (entry.ask !== undefined) return { got: await entry.ask(url, noting), asked };
  const made = entry.credential?.(url);
  if (made === undefined) return { got: false, asked };
  const { document, secured = noProofs } = made;
  const kind = document['type'] === 'VerifiablePresentation' ? 'presentation' : 'credential';
  // The resolver of one verification keeps the name of each method: note what is called, not what is copied.
  const resources = await fetchWanted(
    boundResolver(noting, { isOver: () => false, over: new Promise(() => undefined) }),
    wantedBy({ kind, document, secured, received: document, isMerged: false, firstContext: '' }),
  );
  const standsIn = entry.name.startsWith('standing') ? [] : [...resources.controllers.values()];
  const answers = [
    ...standsIn,
    ...[resources.keys, resources.statusLists, resources.schemas, resources.pinned].flatMap((map) => [
      ...map.values(),
    ]),
    ...(resources.standingToken === undefined ? [] : [resources.standingToken]),
  ];
  return { got: answers.some(({ ok }) => ok) || resources.standing.ok, asked };
}

/** Every entry to every address; says what it got that it should not, and counts where the sockets led. */
async function tryAll(
  urls: readonly string[],
  out: Outbound,
  isHarmless: (entry: Entry, url: string) => boolean = () => false,
) {
  privateConnections = 0;
  watched = [];
  publicRequests = [];
  const wrong: string[] = [];
  const attempt = async (entry: Entry, url: string) => {
    const { got } = await tryOut(entry, url, out);
    if (got && !isHarmless(entry, url)) wrong.push(`${entry.name}: ${url}`);
  };
  for (let at = 0; at < urls.length; at += 20) {
    const some = urls.slice(at, at + 20);
    await Promise.all(entries.flatMap((entry) => some.map((url) => attempt(entry, url))));
  }
  return {
    tries: entries.length * urls.length,
    wrong,
    privateConnections,
    nonPublic: watched.filter((address) => !isPublicAddress(address)),
  };
}

function said(what: string, targets: number, tries: number): void {
  console.log(
    `outbound: ${targets} ${what} x ${entries.length} entries = ${tries} tries: 0 connections to a non-public address`,
  );
}

const nothingWrong = { wrong: [], privateConnections: 0, nonPublic: [] };

describe('the way out', () => {
  it('is used by every entry of the table, which are all that a resolver has', async () => {
    const asked = new Set<string>();
    for (const entry of entries) {
      publicRequests = [];
      const tried = await tryOut(entry, 'https://good.example.test/', outbound);
      for (const name of tried.asked) asked.add(name);
      expect({
        entry: entry.name,
        asks: tried.asked.has(entry.asks),
        requests: publicRequests.length > 0,
      }).toEqual({
        entry: entry.name,
        asks: true,
        requests: entry.fetches,
      });
    }
    const nothing = async () => undefined;
    const resolver = composeResolver({ did: nothing, resource: nothing, standing: nothing }, outbound);
    expect([...new Set(entries.map(({ asks }) => asks))].sort()).toEqual(Object.keys(resolver).sort());
  });

  it('is reached only from where the table looks', () => {
    // Who asks a resolver for anything; a new one needs an entry in the table, or a word on why it leads nowhere.
    const askers = (readdirSync(join(packageRoot, 'src'), { recursive: true }) as string[])
      .filter((name) => /\.tsx?$/.test(name))
      .filter((name) =>
        /\bresolver\b\??\s*\.\s*(did|statusList|controller|keys|schema|resource|standing)\b/.test(
          packageFile(`src/${name}`),
        ),
      );
    expect(askers.sort()).toEqual([
      // What we issue is tried out before it is signed; that resolver answers from our own records and never goes out.
      'issuing/lint/form-rules.ts',
      'issuing/lint/proof-rules.ts',
      'issuing/lint/standing-rules.ts',
      'issuing/try-out.ts',
      'verification/bound-resolver.ts',
      'verification/judge-refresh.ts',
      'verification/resources.ts',
      'web/verify-input.ts',
    ]);
    const goingOut = (readdirSync(join(packageRoot, 'src'), { recursive: true }) as string[])
      .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('adapters/outbound-http/'))
      .filter((name) => /\boutbound\.get\b|createOutbound\(/.test(packageFile(`src/${name}`)));
    expect(goingOut.sort()).toEqual(['cli.ts', 'compose.ts', 'verification/compose-resolver.ts']);
  });

  it('leads to no address that is not public, however it is written', async () => {
    const { tries, ...counted } = await tryAll(
      hostileAddresses.map(({ url }) => url(privatePort)),
      outbound,
      (entry, url) => entry.takesOrigin === true && url.includes('good.example.test'),
    );
    expect(counted).toEqual(nothingWrong);
    said('addresses', hostileAddresses.length, tries);
  });

  it('leads to no address that is not public, whatever its name resolves to, once or twice', async () => {
    const urls = hostileNames.map(({ host }) => `https://${host}/`);
    const { tries, ...counted } = await tryAll(urls, outbound);
    expect(counted).toEqual(nothingWrong);
    // Each connection looked once: there is no second answer to be trusted.
    expect(lookups.get('rebinds-1.example.org')).toBeGreaterThan(10);
    said('names', urls.length, tries);
  });

  it('follows no redirect to any of them, nor a chain', async () => {
    const urls = Object.keys(redirects).map((label) => `https://${label}.example.test/`);
    const { tries, ...counted } = await tryAll(urls, outbound);
    expect(counted).toEqual(nothingWrong);
    // Each entry that fetches came as far as the redirect, every time, and through two of a chain of three.
    expect(Math.min(...timesAsked(Object.keys(redirects)))).toBeGreaterThanOrEqual(fetching);
    said('redirects', urls.length, tries);
  });

  const slow = ['slow-body', 'silent', 'lies-about-length'];
  it('takes nothing that is endless, swollen or of another kind', async () => {
    const labels = Object.keys(hostileAnswers).filter((label) => !slow.includes(label));
    const otherKinds = ['html', 'no-type', 'script-type'].map((label) => `https://${label}.example.test/`);
    const urls = labels.map((label) => `https://${label}.example.test/`);
    const { tries, ...counted } = await tryAll(
      urls,
      outbound,
      (entry, url) => entry.takesAnything === true && otherKinds.includes(url),
    );
    expect(counted).toEqual(nothingWrong);
    expect(Math.min(...timesAsked(labels))).toBeGreaterThanOrEqual(fetching);
    said('answers', urls.length, tries);
  });

  it('gives up on who is slow, whole and not byte by byte', async () => {
    const urls = slow.map((label) => `https://${label}.example.test/`);
    const { tries, ...counted } = await tryAll(urls, hasty);
    expect(counted).toEqual(nothingWrong);
    expect(Math.min(...timesAsked(slow))).toBeGreaterThanOrEqual(1);
    said('slow answers', urls.length, tries);
  });
});

const fetching = entries.filter(({ fetches }) => fetches).length;

/** How often the public listener was asked for each of these hosts. */
function timesAsked(labels: readonly string[]): readonly number[] {
  return labels.map((label) => publicRequests.filter((request) => request.startsWith(`${label} `)).length);
}
