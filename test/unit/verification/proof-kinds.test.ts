import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { CompactSign, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JsonObject, PublicJwk } from '../../../src/securing/index.js';
import {
  composeResolver,
  verifyCredential,
  type Outbound,
  type VerificationReport,
} from '../../../src/verification/index.js';
import { aBadge, makeIssuer, rigNow } from '../../support/credential-rig.js';
import {
  aForeignKey,
  foreignSuites,
  type ForeignKey,
  type ForeignSuite,
} from '../../support/foreign-credential.js';

/** What the hosts of the world serve, by URL. */
let served: Map<string, unknown>;
let asked: string[];
const redirected = new Map<string, string>();
const nothing = async () => undefined;
const outbound: Outbound = {
  get: async (url) => {
    asked.push(url);
    if (!served.has(url)) return { ok: false, kind: 'absent', reason: `${url} does not exist.` };
    const value = served.get(url);
    return {
      ok: true,
      bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
      mediaType: 'application/json',
      url: redirected.get(url) ?? url,
    };
  },
};

function verify(credential: unknown): Promise<VerificationReport> {
  const resolver = composeResolver({ did: nothing, resource: nothing, standing: nothing }, outbound);
  const ports = { resolver, knownIssuers: { list: async () => [] } };
  return verifyCredential(ports, { kind: 'document', value: credential }, { now: rigNow });
}

const check = (report: VerificationReport, name: string) =>
  report.checks.find(({ check: found }) => found === name)!;
const proofOf = (report: VerificationReport) => {
  const { outcome, detail } = check(report, 'proof');
  return `${outcome}: ${detail}`;
};

const template = makeIssuer('did:web:unused.example');

/** A badge on the data model 2.0. */
function badge20(issuer: string, suite: ForeignSuite): JsonObject {
  return aBadge(template, (badge) => {
    badge['issuer'] = { ...(badge['issuer'] as object), id: issuer };
    delete badge['credentialStatus'];
    delete badge['relatedResource'];
    if (suite === 'Ed25519Signature2020')
      badge['@context'] = [
        ...(badge['@context'] as string[]),
        'https://w3id.org/security/suites/ed25519-2020/v1',
      ];
  });
}

/** A badge on the data model 1.1. */
function badge11(issuer: string, suite: ForeignSuite): JsonObject {
  return {
    '@context': [
      'https://www.w3.org/2018/credentials/v1',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
      suite === 'Ed25519Signature2020'
        ? 'https://w3id.org/security/suites/ed25519-2020/v1'
        : 'https://w3id.org/security/data-integrity/v2',
    ],
    id: 'urn:uuid:5f3c6f0e-9d6f-4a2b-9f0e-1b2c3d4e5f60',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Formative feedback',
    issuer: { id: issuer, type: ['Profile'], name: 'Elsewhere' },
    issuanceDate: '2026-11-20T09:00:00Z',
    credentialSubject: {
      id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e47',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://elsewhere.example/achievements/1',
        type: ['Achievement'],
        name: 'Formative feedback',
        description: 'Gives feedback that moves learning on.',
        criteria: { narrative: 'Two samples.' },
      },
    },
  };
}

/** Ways of publishing one key: each puts it into the world and gives the issuer's id and the method's. */
const publications: {
  readonly [kind: string]: (key: ForeignKey) => readonly [issuer: string, method: string];
} = {
  'did:key': ({ publicKeyMultibase: key }) => [`did:key:${key}`, `did:key:${key}#${key}`],
  'did:jwk': ({ publicKeyJwk }) => {
    const did = `did:jwk:${Buffer.from(JSON.stringify(publicKeyJwk)).toString('base64url')}`;
    return [did, `${did}#0`];
  },
  'did:web with a Multikey': (key) =>
    publishedAt('https://far.example/issuers/a/did.json', 'did:web:far.example:issuers:a', multikey(key)),
  'did:web with a JsonWebKey': (key) =>
    publishedAt('https://far.example/issuers/a/did.json', 'did:web:far.example:issuers:a', jsonWebKey(key)),
  'an https controller document': (key) =>
    publishedAt('https://far.example/issuers/a', 'https://far.example/issuers/a', multikey(key)),
  'an https key with publicKeyMultibase': (key) => keyApart(multikey(key)),
  'an https key with publicKeyJwk': (key) => keyApart(jsonWebKey(key)),
};

const multikey = ({ publicKeyMultibase }: ForeignKey) => ({ type: 'Multikey', publicKeyMultibase });
const jsonWebKey = ({ publicKeyJwk }: { readonly publicKeyJwk: PublicJwk }) => ({
  type: 'JsonWebKey',
  publicKeyJwk,
});

function publishedAt(url: string, id: string, key: JsonObject): readonly [string, string] {
  const method = `${id}#key-1`;
  served.set(url, {
    id,
    verificationMethod: [{ id: method, controller: id, ...key }],
    assertionMethod: [method],
  });
  return [id, method];
}

function keyApart(key: JsonObject): readonly [string, string] {
  const issuer = 'https://far.example/issuers/a';
  const method = `${issuer}/keys/1`;
  served.set(method, { id: method, controller: issuer, ...key });
  served.set(issuer, { id: issuer, assertionMethod: [method] });
  return [issuer, method];
}

const keys = new Map<ForeignSuite, ForeignKey>();
beforeAll(async () => {
  for (const suite of foreignSuites) keys.set(suite, await aForeignKey(suite));
});
const fresh = () => {
  served = new Map();
  asked = [];
  redirected.clear();
};

describe.each(Object.keys(publications))('signed by a public library with the key of %s', (kind) => {
  it.each(foreignSuites)('%s verifies on both data models, and not once altered', async (suite) => {
    const key = keys.get(suite)!;
    for (const make of [badge20, badge11]) {
      fresh();
      const [issuer, method] = publications[kind]!(key);
      const signed = await key.sign(make(issuer, suite), method);
      const report = await verify(signed);
      expect(proofOf(report)).toBe(`passed: Signed by ${report.issuer!.domain} with the key ${method}.`);
      if (make === badge20) expect(report.verdict).toBe('valid');
      const altered = await verify({ ...signed, name: 'Another name' });
      expect(altered.verdict).toBe('not-genuine');
      expect(proofOf(altered)).toContain('failed: The signature does not hold');
    }
  });
});

describe.each(Object.keys(publications).filter((kind) => !/^did:(key|jwk)/.test(kind)))(
  'a key of %s',
  (kind) => {
    it('no longer verifies when it is taken out of assertionMethod', async () => {
      const key = keys.get('eddsa-rdfc-2022')!;
      fresh();
      const [issuer, method] = publications[kind]!(key);
      const signed = await key.sign(badge20(issuer, 'eddsa-rdfc-2022'), method);
      expect((await verify(signed)).verdict).toBe('valid');
      const [url, document] = [...served].find(
        ([, value]) => (value as JsonObject)['assertionMethod'] !== undefined,
      )!;
      served.set(url, { ...(document as JsonObject), assertionMethod: [], authentication: [method] });
      const report = await verify(signed);
      expect(report.verdict).toBe('not-genuine');
      expect(proofOf(report)).toContain('does not list');
    });

    it('could not be checked while its host gives nothing', async () => {
      const key = keys.get('eddsa-rdfc-2022')!;
      fresh();
      const [issuer, method] = publications[kind]!(key);
      const signed = await key.sign(badge20(issuer, 'eddsa-rdfc-2022'), method);
      served.clear();
      expect(await verify(signed)).toMatchObject({ verdict: 'could-not-check' });
    });
  },
);

describe('the key of an issuer', () => {
  const key = () => keys.get('eddsa-rdfc-2022')!;
  const issuer = 'https://far.example/issuers/a';
  const badge = () => badge20(issuer, 'eddsa-rdfc-2022');

  it('named by itself in the fragment counts no more once it is not listed', async () => {
    fresh();
    const did = 'did:web:far.example:issuers:a';
    const method = `${did}#${key().publicKeyMultibase}`;
    const document = {
      id: did,
      verificationMethod: [{ id: method, controller: did, ...multikey(key()) }],
      assertionMethod: [method],
    };
    const signed = await key().sign(badge20(did, 'eddsa-rdfc-2022'), method);
    served.set('https://far.example/issuers/a/did.json', document);
    expect((await verify(signed)).verdict).toBe('valid');
    served.set('https://far.example/issuers/a/did.json', { ...document, assertionMethod: [] });
    expect((await verify(signed)).verdict).toBe('not-genuine');
    served.set('https://far.example/issuers/a/did.json', { id: did, assertionMethod: [method] });
    expect((await verify(signed)).verdict).toBe('not-genuine');
  });

  it('named in the fragment of an https issuer is not believed unless the issuer publishes it', async () => {
    fresh();
    const method = `${issuer}#${key().publicKeyMultibase}`;
    const signed = await key().sign(badge(), method);
    expect((await verify(signed)).verdict).toBe('could-not-check');
    served.set(issuer, { id: issuer, assertionMethod: [method] });
    expect((await verify(signed)).verdict).toBe('not-genuine');
  });

  it.each<[string, string, () => void, string]>([
    [
      'is another issuer’s on the same host',
      'https://far.example/issuers/b/keys/1',
      () => {
        const method = 'https://far.example/issuers/b/keys/1';
        served.set(method, { id: method, controller: issuer, ...multikey(key()) });
        served.set(issuer, { id: issuer, assertionMethod: ['https://far.example/issuers/a/keys/1'] });
      },
      'not-genuine',
    ],
    [
      'is beside the issuer’s path, though it says otherwise',
      'https://far.example/issuers/ab/keys/1',
      () => {
        const method = 'https://far.example/issuers/ab/keys/1';
        served.set(method, { id: method, controller: issuer, ...multikey(key()) });
        served.set(issuer, { id: issuer, assertionMethod: [method] });
      },
      'not-genuine',
    ],
    [
      'is on another host',
      'https://other.example/keys/1',
      () => {
        served.set('https://other.example/keys/1', {
          id: 'https://other.example/keys/1',
          controller: issuer,
          ...multikey(key()),
        });
        served.set(issuer, { id: issuer, assertionMethod: ['https://other.example/keys/1'] });
      },
      'not-genuine',
    ],
    [
      'names another controller',
      `${issuer}/keys/1`,
      () => {
        served.set(`${issuer}/keys/1`, {
          id: `${issuer}/keys/1`,
          controller: 'https://far.example/issuers/b',
          ...multikey(key()),
        });
        served.set(issuer, { id: issuer, assertionMethod: [`${issuer}/keys/1`] });
      },
      'not-genuine',
    ],
    [
      'is given by another host after a redirect',
      `${issuer}/keys/1`,
      () => {
        served.set(`${issuer}/keys/1`, {
          id: `${issuer}/keys/1`,
          controller: issuer,
          ...multikey(key()),
        });
        redirected.set(`${issuer}/keys/1`, 'https://other.example/keys/1');
        served.set(issuer, { id: issuer, assertionMethod: [`${issuer}/keys/1`] });
      },
      'could-not-check',
    ],
    [
      'is in a controller document that another host gives',
      `${issuer}#key-1`,
      () => {
        publishedAt(issuer, issuer, multikey(key()));
        redirected.set(issuer, 'https://other.example/issuers/a');
      },
      'could-not-check',
    ],
    [
      'is in the document of another issuer at the issuer’s place',
      `${issuer}#key-1`,
      () => {
        publishedAt(issuer, issuer, multikey(key()));
        served.set(issuer, { ...(served.get(issuer) as JsonObject), id: 'https://far.example/issuers/b' });
      },
      'could-not-check',
    ],
    [
      'is a did:key that the issuer’s document lists',
      'did:key',
      () => {
        const did = `did:key:${key().publicKeyMultibase}`;
        served.set(issuer, { id: issuer, assertionMethod: [`${did}#${key().publicKeyMultibase}`] });
      },
      'not-genuine',
    ],
    [
      'is nowhere in a profile that lists no keys at all',
      `${issuer}/keys/1`,
      () => {
        served.set(`${issuer}/keys/1`, { id: `${issuer}/keys/1`, controller: issuer, ...multikey(key()) });
        served.set(issuer, { id: issuer, type: ['Profile'], name: 'Far' });
      },
      'could-not-check',
    ],
    [
      'was revoked',
      `${issuer}#key-1`,
      () => publishedAt(issuer, issuer, { ...multikey(key()), revoked: '2026-11-19T00:00:00Z' }),
      'not-genuine',
    ],
  ])('that %s does not count', async (_name, method, publish, verdict) => {
    fresh();
    publish();
    const did = `did:key:${key().publicKeyMultibase}`;
    const signed = await key().sign(badge(), method === 'did:key' ? `${did}#${did.slice(8)}` : method);
    expect((await verify(signed)).verdict).toBe(verdict);
  });

  it('is asked for nowhere but where the issuer is', async () => {
    fresh();
    const signed = await key().sign(badge(), 'https://other.example/keys/1');
    await verify(signed);
    expect(asked).toEqual([issuer]);
    fresh();
    await verify(await key().sign(badge(), `${issuer}/../b/keys/1`));
    await verify(await key().sign(badge(), `${issuer}/go?to=https://other.example/key`));
    expect(new Set(asked)).toEqual(new Set([issuer]));
  });
});

describe('several proofs', () => {
  const did = 'did:web:far.example';
  const place = 'https://far.example/.well-known/did.json';
  const [first, second] = ['eddsa-rdfc-2022', 'ecdsa-rdfc-2019 with P-256'] as const;
  const method = (name: string) => `${did}#${name}`;
  async function signedBy(...more: readonly JsonObject[]): Promise<JsonObject> {
    fresh();
    served.set(place, {
      id: did,
      verificationMethod: [
        { id: method('one'), controller: did, ...multikey(keys.get(first)!) },
        { id: method('two'), controller: did, ...multikey(keys.get(second)!) },
      ],
      assertionMethod: [method('one'), method('two')],
    });
    const badge = badge20(did, first);
    const one = await keys.get(first)!.sign(badge, method('one'));
    const two = await keys.get(second)!.sign(badge, method('two'));
    return { ...badge, proof: [one['proof'], two['proof'], ...more] };
  }

  it('are both named when both hold', async () => {
    const report = await verify(await signedBy());
    expect(report.verdict).toBe('valid');
    expect(proofOf(report)).toBe(
      `passed: Signed by far.example with the keys ${method('one')}, ${method('two')}; all 2 proofs hold.`,
    );
  });

  it('are all in vain when one does not hold, and the report says which', async () => {
    const signed = await signedBy();
    const [one, two] = signed['proof'] as readonly JsonObject[];
    for (const [at, proof] of [
      [1, [{ ...one, created: '2026-11-20T09:00:01Z' }, two]],
      [2, [one, { ...two, proofValue: one!['proofValue'] }]],
    ] as const) {
      const report = await verify({ ...signed, proof });
      expect(report.verdict).toBe('not-genuine');
      expect(proofOf(report)).toContain(`proof ${at} of 2`);
    }
  });

  it('one that is wrong outweighs one whose suite cannot be used', async () => {
    const signed = await signedBy();
    const [one, two] = signed['proof'] as readonly JsonObject[];
    const document = served.get(place) as JsonObject;
    served.set(place, {
      ...document,
      verificationMethod: [
        { id: method('one'), controller: did, type: 'UnknownKey2030' },
        { id: method('two'), controller: did, ...multikey(keys.get(second)!) },
      ],
    });
    expect((await verify(signed)).verdict).toBe('could-not-check');
    const forged = await verify({ ...signed, proof: [one, { ...two, created: '2026-11-20T09:00:01Z' }] });
    expect(forged.verdict).toBe('not-genuine');
  });

  it('do not count when one is by an outsider', async () => {
    const outsider = await aForeignKey(first);
    const id = `did:key:${outsider.publicKeyMultibase}#${outsider.publicKeyMultibase}`;
    const badge = badge20(did, first);
    const signed = await signedBy((await outsider.sign(badge, id))['proof'] as JsonObject);
    const report = await verify(signed);
    expect(report.verdict).toBe('not-genuine');
    expect(proofOf(report)).toContain(id);
  });
});

describe('a chain of proofs', () => {
  const earlierId = 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544';
  /** A second proof over the document and the first, as VC Data Integrity 1.0, section 2.1.2, has it. */
  async function chained(): Promise<JsonObject> {
    fresh();
    const key = keys.get('eddsa-rdfc-2022')!;
    const [issuer, method] = publications['did:key']!(key);
    const badge = badge20(issuer, key.suite);
    const first = await key.proofWith({ id: earlierId }, badge, method);
    const later = await key.proofWith({ previousProof: earlierId }, badge, method, [first]);
    return { ...badge, proof: [first, later] };
  }

  it('verifies when every proof that is named is there and holds', async () => {
    const document = await chained();
    const report = await verify(document);
    expect(proofOf(report)).toContain('all 2 proofs hold');
    expect(report.verdict).toBe('valid');
  });

  it('does not verify without the proof that it names, or with another in its place', async () => {
    const document = await chained();
    const [, two] = document['proof'] as readonly JsonObject[];
    const alone = await verify({ ...document, proof: [two] });
    expect(alone.verdict).toBe('not-genuine');
    expect(check(alone, 'proof-set').detail).toContain('not there');
    const key = keys.get('eddsa-rdfc-2022')!;
    const [issuer, method] = publications['did:key']!(key);
    const badge = badge20(issuer, key.suite);
    const other = await key.proofWith({ id: earlierId, expires: '2030-01-01T00:00:00Z' }, badge, method);
    expect((await verify({ ...badge, proof: [other] })).verdict).toBe('valid');
    const swapped = await verify({ ...document, proof: [other, two] });
    expect(swapped.verdict).toBe('not-genuine');
  });
});

describe('the W3C vectors of several proofs', () => {
  const vectors = JSON.parse(
    readFileSync(new URL('../securing/vectors/w3c-data-integrity.json', import.meta.url), 'utf8'),
  ) as Readonly<Record<string, { readonly signed: JsonObject & { readonly proof: readonly JsonObject[] } }>>;
  const judged = async (document: JsonObject, checks: 'all' | 'proof') => {
    fresh();
    const resolver = composeResolver({ did: nothing, resource: nothing, standing: nothing }, outbound);
    const ports = { resolver, knownIssuers: { list: async () => [] } };
    const options = { now: rigNow, checks, contexts: 'all-pinned' } as const;
    return verifyCredential(ports, { kind: 'document', value: document }, options);
  };

  it.each(['proofSet', 'proofChain'])('%s verifies as signatures, and not as its issuer’s', async (name) => {
    const { signed } = vectors[name]!;
    const report = await judged(signed, 'proof');
    expect([check(report, 'proof').outcome, report.verdict]).toEqual(['passed', 'valid']);
    // They are made with did:keys that are not the issuer's.
    expect((await judged(signed, 'all')).verdict).toBe('not-genuine');
    for (const [at, proof] of signed.proof.entries()) {
      const altered = signed.proof.with(at, { ...proof, created: '2023-02-24T23:36:39Z' });
      expect((await judged({ ...signed, proof: altered }, 'proof')).verdict).toBe('not-genuine');
    }
  });
});

describe('the times of a proof', () => {
  const made = async (members: JsonObject) => {
    fresh();
    const key = keys.get('eddsa-rdfc-2022')!;
    const [issuer, method] = publications['did:key']!(key);
    const badge = badge20(issuer, key.suite);
    return verify({ ...badge, proof: [await key.proofWith(members, badge, method)] });
  };

  it('a proof counts until it expires', async () => {
    expect((await made({ expires: '2026-11-21T12:00:01Z' })).verdict).toBe('valid');
    const report = await made({ expires: '2026-11-21T12:00:00Z' });
    expect(report.verdict).toBe('not-genuine');
    expect(proofOf(report)).toContain('expired at 2026-11-21T12:00:00Z');
  });
});

describe('a token', () => {
  const did = 'did:web:far.example';
  const issuerUrl = 'https://far.example/issuers/a';
  const algorithms = ['RS256', 'ES256', 'ES384', 'EdDSA'] as const;
  const pairs = new Map<string, { privateKey: CryptoKey; jwk: JsonObject }>();
  beforeAll(async () => {
    for (const alg of algorithms) {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
      pairs.set(alg, { privateKey: privateKey as CryptoKey, jwk: { ...(await exportJWK(publicKey)) } });
    }
  });

  const token = (alg: string, issuer: string, header: JsonObject) => {
    const { '@context': context, ...badge } = badge20(issuer, 'eddsa-rdfc-2022');
    return new SignJWT({ '@context': context, ...badge, iss: issuer, jti: badge['id'] as string })
      .setProtectedHeader({ alg, ...header })
      .sign(pairs.get(alg)!.privateKey);
  };
  const jwk = (alg: string) => pairs.get(alg)!.jwk;
  const publishDid = (alg: string, listed = true) =>
    served.set('https://far.example/.well-known/did.json', {
      id: did,
      verificationMethod: [{ id: `${did}#k`, controller: did, type: 'JsonWebKey', publicKeyJwk: jwk(alg) }],
      assertionMethod: listed ? [`${did}#k`] : [],
    });
  const publishSet = (...set: readonly JsonObject[]) =>
    served.set('https://far.example/.well-known/jwks.json', { keys: set });

  it.each(algorithms)('of %s verifies with the DID’s key, or a key under an https issuer', async (alg) => {
    fresh();
    publishDid(alg);
    expect((await verify(await token(alg, did, { kid: `${did}#k` }))).verdict).toBe('valid');
    publishDid(alg, false);
    expect((await verify(await token(alg, did, { kid: `${did}#k` }))).verdict).toBe('not-genuine');
    for (const publish of [
      () => publishSet({ ...jwk(alg), kid: `${issuerUrl}/keys/1` }),
      () => publishSet({ ...jwk(alg), kid: `${issuerUrl}/keys/1`, iss: issuerUrl, use: 'sig', alg }),
      () => served.set(`${issuerUrl}/keys/1`, jwk(alg)),
      () => {
        const method = { id: `${issuerUrl}/keys/1`, controller: issuerUrl };
        served.set(method.id, { ...method, type: 'JsonWebKey', publicKeyJwk: jwk(alg) });
        served.set(issuerUrl, { id: issuerUrl, assertionMethod: [method.id] });
      },
    ]) {
      fresh();
      publish();
      const report = await verify(await token(alg, issuerUrl, { kid: `${issuerUrl}/keys/1` }));
      expect(proofOf(report)).toBe(`passed: Signed by far.example with the key ${issuerUrl}/keys/1.`);
      expect(report.verdict).toBe('valid');
    }
    fresh();
    publishedAt(issuerUrl, issuerUrl, jsonWebKey({ publicKeyJwk: jwk(alg) as unknown as PublicJwk }));
    expect((await verify(await token(alg, issuerUrl, { kid: `${issuerUrl}#key-1` }))).verdict).toBe('valid');
  });

  it.each<[string, JsonObject, string]>([
    ['no typ', {}, 'valid'],
    ['typ JWT', { typ: 'JWT' }, 'valid'],
    ['typ vc+jwt and cty vc', { typ: 'vc+jwt', cty: 'vc' }, 'valid'],
    ['typ at+jwt', { typ: 'at+jwt' }, 'not-genuine'],
    ['typ vp+jwt', { typ: 'vp+jwt' }, 'not-genuine'],
    ['cty vp', { cty: 'vp' }, 'not-genuine'],
    ['crit', { crit: ['exp'], exp: 1 }, 'not-genuine'],
  ])('with %s', async (_name, header, verdict) => {
    fresh();
    publishDid('ES256');
    const { crit, ...plain } = header;
    const { '@context': context, ...badge } = badge20(did, 'eddsa-rdfc-2022');
    const made =
      crit === undefined
        ? await token('ES256', did, { kid: `${did}#k`, ...plain })
        : // No library signs this, so by hand.
          await new CompactSign(Buffer.from(JSON.stringify({ '@context': context, ...badge })))
            .setProtectedHeader({ alg: 'ES256', kid: `${did}#k`, crit: ['b64'], b64: true })
            .sign(pairs.get('ES256')!.privateKey);
    expect((await verify(made)).verdict).toBe(verdict);
  });

  it('whose header brings a key counts only when the issuer publishes that key', async () => {
    fresh();
    publishDid('ES256');
    expect((await verify(await token('ES256', did, { jwk: jwk('ES256') }))).verdict).toBe('valid');
    publishDid('RS256');
    expect((await verify(await token('ES256', did, { jwk: jwk('ES256') }))).verdict).toBe('not-genuine');
    fresh();
    // Nothing published: the key in the header is not taken in its place.
    expect((await verify(await token('ES256', issuerUrl, { jwk: jwk('ES256') }))).verdict).toBe(
      'could-not-check',
    );
    publishSet({ ...jwk('RS256'), kid: `${issuerUrl}/keys/1` });
    expect((await verify(await token('ES256', issuerUrl, { jwk: jwk('ES256') }))).verdict).toBe(
      'not-genuine',
    );
  });

  it.each<[string, string, () => void, string]>([
    [
      'is under the path of a neighbour',
      'https://far.example/issuers/ab/keys/1',
      () => served.set('https://far.example/issuers/ab/keys/1', jwk('ES256')),
      'could-not-check',
    ],
    [
      'is on another host',
      'https://other.example/issuers/a/keys/1',
      () => served.set('https://other.example/issuers/a/keys/1', jwk('ES256')),
      'could-not-check',
    ],
    [
      'is under the issuer’s path and redirected to another host',
      `${issuerUrl}/keys/1`,
      () => {
        served.set(`${issuerUrl}/keys/1`, jwk('ES256'));
        redirected.set(`${issuerUrl}/keys/1`, 'https://other.example/key');
      },
      'could-not-check',
    ],
    [
      'carries a query',
      `${issuerUrl}/go?to=https://other.example/key`,
      () => served.set(`${issuerUrl}/go?to=https://other.example/key`, jwk('ES256')),
      'could-not-check',
    ],
    [
      'is in the host’s set for another issuer',
      `${issuerUrl}/keys/1`,
      () => publishSet({ ...jwk('ES256'), kid: `${issuerUrl}/keys/1`, iss: 'https://far.example/issuers/b' }),
      'not-genuine',
    ],
    [
      'is for encryption',
      `${issuerUrl}/keys/1`,
      () => publishSet({ ...jwk('ES256'), kid: `${issuerUrl}/keys/1`, use: 'enc' }),
      'not-genuine',
    ],
    [
      'is a method that the issuer does not list',
      `${issuerUrl}/keys/1`,
      () => {
        publishSet();
        served.set(`${issuerUrl}/keys/1`, {
          id: `${issuerUrl}/keys/1`,
          controller: issuerUrl,
          type: 'JsonWebKey',
          publicKeyJwk: jwk('ES256'),
        });
        served.set(issuerUrl, { id: issuerUrl, assertionMethod: [] });
      },
      'not-genuine',
    ],
    [
      'is a method that another controls',
      `${issuerUrl}/keys/1`,
      () => {
        publishSet();
        served.set(`${issuerUrl}/keys/1`, {
          id: `${issuerUrl}/keys/1`,
          controller: 'https://far.example/issuers/b',
          type: 'JsonWebKey',
          publicKeyJwk: jwk('ES256'),
        });
        served.set(issuerUrl, { id: issuerUrl, assertionMethod: [`${issuerUrl}/keys/1`] });
      },
      'not-genuine',
    ],
    [
      'was revoked as a method',
      `${issuerUrl}/keys/1`,
      () => {
        publishSet();
        const method = { id: `${issuerUrl}/keys/1`, controller: issuerUrl, revoked: '2026-11-19T00:00:00Z' };
        served.set(method.id, { ...method, type: 'JsonWebKey', publicKeyJwk: jwk('ES256') });
        served.set(issuerUrl, { id: issuerUrl, assertionMethod: [method.id] });
      },
      'not-genuine',
    ],
    [
      'names another issuer',
      `${issuerUrl}/keys/1`,
      () => {
        publishSet();
        served.set(`${issuerUrl}/keys/1`, { ...jwk('ES256'), iss: 'https://far.example/issuers/b' });
      },
      'not-genuine',
    ],
    [
      'was taken out of the host’s set, though it still stands at its own place',
      `${issuerUrl}/keys/1`,
      () => {
        publishSet(
          { ...jwk('RS256'), kid: `${issuerUrl}/keys/2` },
          { ...jwk('ES256'), kid: `${issuerUrl}/keys/3` },
        );
        served.set(`${issuerUrl}/keys/1`, jwk('ES256'));
      },
      'not-genuine',
    ],
    [
      'is in a set that another host gives',
      `${issuerUrl}/keys/1`,
      () => {
        publishSet({ ...jwk('ES256'), kid: `${issuerUrl}/keys/1` });
        redirected.set('https://far.example/.well-known/jwks.json', 'https://other.example/jwks.json');
      },
      'could-not-check',
    ],
    [
      'is gone, and not in the host’s set either',
      `${issuerUrl}/keys/1`,
      () => publishSet({ ...jwk('ES256'), kid: `${issuerUrl}/keys/2` }),
      'not-genuine',
    ],
  ])('whose key %s does not verify', async (_name, kid, publish, verdict) => {
    fresh();
    publish();
    expect((await verify(await token('ES256', issuerUrl, { kid }))).verdict).toBe(verdict);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['is controlled by another', { controller: 'did:web:other.example' }, {}],
    ['was revoked', { revoked: '2026-11-19T00:00:00Z' }, {}],
    ['is not for signatures', { publicKeyJwk: 'enc' }, {}],
    ['is not listed for claims', {}, { assertionMethod: [], authentication: [`${did}#k`] }],
  ])('whose DID’s key %s does not verify, with its name or without', async (_name, method, document) => {
    fresh();
    publishDid('ES256');
    const place = 'https://far.example/.well-known/did.json';
    const good = served.get(place) as JsonObject & { readonly verificationMethod: readonly JsonObject[] };
    const key = { ...good.verificationMethod[0], ...method };
    if (method['publicKeyJwk'] === 'enc') key['publicKeyJwk'] = { ...jwk('ES256'), use: 'enc' };
    served.set(place, { ...good, verificationMethod: [key], ...document });
    for (const header of [{ kid: `${did}#k` }, {}])
      expect((await verify(await token('ES256', did, header))).verdict).toBe('not-genuine');
  });
});
