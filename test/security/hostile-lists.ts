import { deflateSync, gzipSync } from 'node:zlib';
import { signCompactJws, type JsonObject, type Signer } from '../../src/securing/index.js';
import { verifyCredential, type Fetched, type VerificationPorts } from '../../src/verification/index.js';
import {
  aBadge,
  aStatusList,
  didDocumentOf,
  makeIssuer,
  makeSigner,
  portsOf,
  rigHost,
  rigIndex,
  rigListUrl,
  rigNow,
  sealed,
  worldOf,
} from '../support/credential-rig.js';

type Mutable = { [member: string]: unknown };
type List = Mutable & { credentialSubject: Mutable };

/** What a verifier gets instead of the issuer's list, or what an entry says that points at it. */
export interface HostileList {
  readonly name: string;
  /** What is served at the place of the list; the issuer's good list where nothing is. */
  readonly served?: string | JsonObject;
  readonly answer?: Partial<Fetched>;
  /** The badge's entry; an ordinary one where nothing is said. */
  readonly entry?: unknown;
}

const did = `did:web:${rigHost}:issuers:westfield`;
const bits = (bytes = 16_384): Uint8Array => new Uint8Array(bytes);
const multibase = (bytes: Uint8Array): string => `u${Buffer.from(bytes).toString('base64url')}`;
const ordinary = {
  id: `${rigListUrl}#${rigIndex}`,
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: String(rigIndex),
  statusListCredential: rigListUrl,
};

async function scene() {
  const issuer = makeIssuer(did);
  const attacker = makeIssuer('did:web:evil.example');
  const neighbour = makeIssuer(`did:web:${rigHost}:issuers:eastfield`);
  const former = makeSigner(did, 'former', 'Ed25519');
  const world = worldOf(issuer, attacker, neighbour);
  world.dids.set(did, didDocumentOf(did, [issuer.proof, issuer.rsa, issuer.es256]));
  // What safe mode does not sign is signed as a token, which signs the JSON as it is.
  const make = async (
    change: (list: List) => void = () => undefined,
    signer: Signer = issuer.proof,
    by = issuer,
  ): Promise<JsonObject | string> => {
    let made: JsonObject = {};
    const keep = (list: List): void => {
      change(list);
      made = list;
    };
    try {
      return await aStatusList(by, [], keep, signer);
    } catch {
      return signCompactJws({ header: {}, payload: made, signer: issuer.rsa });
    }
  };
  const withList = (encodedList: unknown) =>
    make((list) => {
      list.credentialSubject['encodedList'] = encodedList;
    });
  return { issuer, attacker, neighbour, former, world, make, withList };
}

/** Every list here has the badge's bit clear, or is meant to be read as if it had. */
async function hostileLists({
  issuer,
  attacker,
  neighbour,
  former,
  make,
  withList,
}: Awaited<ReturnType<typeof scene>>): Promise<readonly HostileList[]> {
  const good = await aStatusList(issuer, []);
  const text = JSON.stringify(good);
  const revoking = (await aStatusList(issuer, [rigIndex])) as List;
  const clear = gzipSync(bits());
  const unsigned = { ...good, proof: undefined };
  const payload = { ...good, proof: undefined };
  const swap = (change: (list: List) => void): JsonObject => {
    const copy = structuredClone(revoking);
    change(copy);
    return copy;
  };
  const served: readonly (readonly [string, string | JsonObject])[] = [
    ['by the attacker, of the attacker', await make(undefined, attacker.proof, attacker)],
    ['by a neighbour on the same host', await make(undefined, neighbour.proof, neighbour)],
    ['by the attacker, in the issuer’s name', await make(undefined, { ...attacker.proof, controller: did })],
    ['by the attacker, under the name of the issuer’s key', await make(undefined, makeIssuer(did).proof)],
    ['by a key that left the DID document', await make(undefined, former)],
    ['unsigned', JSON.stringify(unsigned)],
    ['with an empty proof', JSON.stringify({ ...good, proof: [] })],
    [
      'with the proof of the badge’s kind but of nobody',
      JSON.stringify({ ...good, proof: [{ type: 'DataIntegrityProof' }] }),
    ],
    [
      'set, with a clear one put in',
      JSON.stringify(swap((list) => (list.credentialSubject['encodedList'] = multibase(clear)))),
    ],
    [
      'set, and clear under an address',
      JSON.stringify(
        swap(
          (list) =>
            (list.credentialSubject['https://www.w3.org/ns/credentials/status#encodedList'] =
              multibase(clear)),
        ),
      ),
    ],
    [
      'set, with a second subject that is clear',
      JSON.stringify(
        swap(
          (list) =>
            ((list as Mutable)['credentialSubject'] = [good['credentialSubject'], list.credentialSubject]),
        ),
      ),
    ],
    [
      'set, with the member twice',
      JSON.stringify(revoking).replace(
        '"encodedList":',
        `"encodedList":"${multibase(clear)}","encodedList":`,
      ),
    ],
    [
      'set, with the member twice, the clear one last',
      JSON.stringify(revoking).replace(/("encodedList":"[^"]*")/, `$1,"encodedList":"${multibase(clear)}"`),
    ],
    [
      'set, with its end moved',
      JSON.stringify(swap((list) => (list['validUntil'] = '2090-01-01T00:00:00Z'))),
    ],
    ['out of date', await make((list) => (list['validUntil'] = '2026-11-21T11:54:00Z'))],
    [
      'out of date, with a long ttl',
      await make((list) => {
        list['validUntil'] = '2026-11-21T11:54:00Z';
        list.credentialSubject['ttl'] = 9_999_999_999;
      }),
    ],
    [
      'from the future',
      await make((list) => {
        list['validFrom'] = '2027-01-01T00:00:00Z';
        list['validUntil'] = '2027-01-02T00:00:00Z';
      }),
    ],
    [
      'with an end before its beginning',
      await make((list) => {
        list['validFrom'] = '2026-11-21T11:00:00Z';
        list['validUntil'] = '2026-11-20T11:00:00Z';
      }),
    ],
    ['of another id', await make((list) => (list['id'] = `${rigListUrl}/2`))],
    ['of an id that differs in case', await make((list) => (list['id'] = rigListUrl.toUpperCase()))],
    ['for suspension', await make((list) => (list.credentialSubject['statusPurpose'] = 'suspension'))],
    ['for messages', await make((list) => (list.credentialSubject['statusPurpose'] = 'message'))],
    ['for refresh', await make((list) => (list.credentialSubject['statusPurpose'] = 'refresh'))],
    ['for nothing', await make((list) => delete list.credentialSubject['statusPurpose'])],
    ['for Revocation', await make((list) => (list.credentialSubject['statusPurpose'] = 'Revocation'))],
    ['of another type', await make((list) => (list['type'] = ['VerifiableCredential']))],
    [
      'with a subject of another type',
      await make((list) => (list.credentialSubject['type'] = 'BitstringStatusListEntry')),
    ],
    ['with no subject type', await make((list) => delete list.credentialSubject['type'])],
    ['that is the badge', await sealed(aBadge(issuer), issuer.proof)],
    [
      'that is another credential of the issuer',
      await sealed(
        aBadge(issuer, (badge) => (badge['id'] = rigListUrl)),
        issuer.proof,
      ),
    ],
    ['one byte too short', await withList(multibase(gzipSync(bits(16_383))))],
    ['of nothing', await withList(multibase(gzipSync(bits(0))))],
    ['just before the index', await withList(multibase(gzipSync(bits(rigIndex >> 3))))],
    ['that is a bomb', await withList(multibase(gzipSync(Buffer.alloc(64 * 1024 * 1024))))],
    ['that is a bomb by one byte', await withList(multibase(gzipSync(Buffer.alloc(2 * 1024 * 1024 + 1))))],
    [
      'of many members that are a bomb together',
      await withList(multibase(Buffer.concat(Array<Buffer>(600).fill(clear)))),
    ],
    ['not compressed', await withList(multibase(bits()))],
    ['compressed as zlib', await withList(multibase(deflateSync(bits())))],
    ['cut short', await withList(multibase(clear.subarray(0, clear.length - 9)))],
    [
      'with a wrong checksum',
      await withList(multibase(Buffer.concat([clear.subarray(0, -8), Buffer.alloc(4), clear.subarray(-4)]))),
    ],
    [
      'of two members',
      await withList(multibase(Buffer.concat([gzipSync(bits(8192)), gzipSync(bits(8192))]))),
    ],
    ['of two whole members', await withList(multibase(Buffer.concat([clear, clear])))],
    [
      'clear, then set in a second member',
      await withList(multibase(Buffer.concat([clear, gzipSync(Buffer.alloc(16_384, 0xff))]))),
    ],
    ['with something after it', await withList(multibase(Buffer.concat([clear, Buffer.from('more')])))],
    ['with zeros after it', await withList(multibase(Buffer.concat([clear, Buffer.alloc(16)])))],
    ['without its multibase letter', await withList(clear.toString('base64url'))],
    ['in another multibase', await withList(`m${clear.toString('base64')}`)],
    ['with padding', await withList(`u${Buffer.concat([clear, Buffer.alloc(0)]).toString('base64')}`)],
    ['with a space', await withList(`u ${clear.toString('base64url')}`)],
    ['with a line end', await withList(`${multibase(clear)}\n`)],
    ['empty text', await withList('u')],
    ['no text', await make((list) => delete list.credentialSubject['encodedList'])],
    ['two texts', await withList([multibase(clear), multibase(gzipSync(Buffer.alloc(16_384, 0xff)))])],
    [
      'bits in the other order, the badge’s set',
      await aStatusList(issuer, [], (list) => {
        const other = bits();
        other[rigIndex >> 3]! |= 128 >> (rigIndex & 7);
        list.credentialSubject['encodedList'] = multibase(gzipSync(other));
      }),
    ],
    ['nothing at all', ''],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['a list in a list', `[${text}]`],
    ['HTML', '<!doctype html><html><body>Not revoked.</body></html>'],
    ['HTML with a list in it', `<!doctype html><script type="application/vc">${text}</script>`],
    ['text after it', `${text}<!-- -->`],
    ['very deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['very long', JSON.stringify({ ...good, x: 'x'.repeat(600 * 1024) })],
    [
      'a definition of its own',
      JSON.stringify({
        ...good,
        '@context': [...(good['@context'] as string[]), { encodedList: 'https://evil.example/x' }],
      }),
    ],
    [
      'a token without algorithm',
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.`,
    ],
    [
      'a token of the attacker',
      await signCompactJws({ header: {}, payload: { ...payload, iss: did }, signer: attacker.rsa }),
    ],
    [
      'a presentation of it',
      JSON.stringify({
        '@context': good['@context'],
        type: ['VerifiablePresentation'],
        verifiableCredential: [good],
      }),
    ],
  ];
  const entries: readonly (readonly [string, unknown])[] = [
    ...(
      [
        '-1',
        '04711',
        '+4711',
        '4711.0',
        '4.711e3',
        '0x1267',
        ' 4711',
        '4711 ',
        '４７１１',
        '',
        '131072',
        '16777216',
        '999999999999999',
        '99999999999999999999',
        'NaN',
        'Infinity',
        '4711,4712',
      ] as const
    ).map((index) => [`index ${JSON.stringify(index)}`, { ...ordinary, statusListIndex: index }] as const),
    ['index as a number', { ...ordinary, statusListIndex: 4711 }],
    ['index as a fraction', { ...ordinary, statusListIndex: 4711.5 }],
    ['index below zero', { ...ordinary, statusListIndex: -4711 }],
    ['two indexes', { ...ordinary, statusListIndex: ['1', '4711'] }],
    ['no index', { ...ordinary, statusListIndex: undefined }],
    ['two purposes', { ...ordinary, statusPurpose: ['revocation', 'suspension'] }],
    ['an unknown purpose', { ...ordinary, statusPurpose: 'revocations' }],
    ['no purpose', { ...ordinary, statusPurpose: undefined }],
    ['two lists', { ...ordinary, statusListCredential: [rigListUrl, `${rigListUrl}/2`] }],
    ['no list', { ...ordinary, statusListCredential: undefined }],
    ['a list that is nowhere', { ...ordinary, statusListCredential: `${rigListUrl}/404` }],
    ['two bits and no messages', { ...ordinary, statusSize: 2 }],
    ['no bits', { ...ordinary, statusSize: 0 }],
    ['a thousand bits', { ...ordinary, statusSize: 1000 }],
    ['another type', { ...ordinary, type: 'https://example.org/Status' }],
  ];
  return [
    ...served.map(([name, value]) => ({ name, served: value })),
    ...entries.map(([name, entry]) => ({
      name: `entry: ${name}`,
      entry: JSON.parse(JSON.stringify(entry)) as unknown,
    })),
    {
      name: 'by redirect from elsewhere',
      served: await make(undefined, attacker.proof, attacker),
      answer: { url: 'https://evil.example/list' },
    },
    { name: 'as HTML by its media type', served: '<html></html>', answer: { mediaType: 'text/html' } },
  ];
}

export interface ListsResult {
  readonly lists: number;
  readonly outcomes: { readonly [outcome: string]: number };
  readonly mostInflated: number;
  readonly faults: readonly string[];
}

/** Judges a badge against every list. A fault: `valid`, a status that counts as read and clear, more than 2 MiB inflated, a crash. */
export async function judgeHostileLists(inflated: () => number): Promise<ListsResult> {
  const set = await scene();
  const { issuer, world, make } = set;
  const lists = await hostileLists(set);
  const good = await make();
  const badge = await sealed(aBadge(issuer), issuer.proof);
  const outcomes: Record<string, number> = {};
  const faults: string[] = [];
  world.resources.set(rigListUrl, good);
  const control = await judge(portsOf(world), badge);
  if (control.verdict !== 'valid') faults.push(`with the good list the badge is ${control.verdict}`);
  let mostInflated = 0;
  for (const { name, served, answer, entry } of lists) {
    world.resources.set(rigListUrl, served ?? good);
    const ports = portsOf(world);
    const changed: VerificationPorts = {
      ...ports,
      resolver: {
        ...ports.resolver,
        statusList: async (url) => ({ ...(await ports.resolver.statusList(url)), ...answer }) as Fetched,
      },
    };
    inflated();
    try {
      const document = entry === undefined ? badge : await withEntry(issuer.proof, entry);
      const report = await judge(answer === undefined ? ports : changed, document);
      const status = report.checks.find(({ check }) => check === 'status')!;
      outcomes[`${report.verdict}, status ${status.outcome}`] =
        (outcomes[`${report.verdict}, status ${status.outcome}`] ?? 0) + 1;
      if (report.verdict === 'valid') faults.push(`${name}: valid`);
      else if (status.outcome === 'passed')
        faults.push(`${name}: its status counts as good: ${status.detail}`);
    } catch (error) {
      faults.push(`${name}: crashed: ${String((error as Error).stack)}`);
    }
    const bytes = inflated();
    mostInflated = Math.max(mostInflated, bytes);
    if (bytes > 2 * 1024 * 1024) faults.push(`${name}: inflated ${bytes} bytes`);
  }
  return { lists: lists.length, outcomes, mostInflated, faults };
}

/** A badge with this status. */
async function withEntry(signer: Signer, entry: unknown): Promise<JsonObject | string> {
  const badge = aBadge({ did } as Parameters<typeof aBadge>[0], (change) => {
    change['credentialStatus'] = entry;
    // Some of these break the schema of Open Badges too; here it is the status that has to notice.
    change['type'] = ['VerifiableCredential'];
    delete change['credentialSchema'];
  });
  try {
    return await sealed(badge, signer);
  } catch {
    return signCompactJws({ header: {}, payload: badge, signer });
  }
}

function judge(ports: VerificationPorts, document: JsonObject | string) {
  return verifyCredential(ports, { kind: 'document', value: document }, { now: rigNow });
}
