import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/securing/index.js';
import {
  verifyCredential,
  type CheckName,
  type VerificationReport,
} from '../../../src/verification/index.js';
import {
  aBadge,
  asToken,
  aStatusList,
  makeIssuer,
  makeSigner,
  portsOf,
  rigHost,
  rigIndex,
  rigListUrl,
  rigNow,
  sealed,
  worldOf,
  type RigIssuer,
  type World,
} from '../../support/credential-rig.js';

const did = `did:web:${rigHost}:issuers:westfield`;
type Mutable = { [member: string]: unknown };

let issuer: RigIssuer;
let badge: JsonObject;
/** The list on which the badge is revoked: whoever hides the status makes a revoked badge look good. */
let revokedList: JsonObject;
let clearList: JsonObject;
let world: World;

beforeAll(async () => {
  issuer = makeIssuer(did);
  badge = await sealed(aBadge(issuer), issuer.proof);
  revokedList = await aStatusList(issuer, [rigIndex]);
  clearList = await aStatusList(issuer, []);
});
beforeEach(() => {
  world = worldOf(issuer);
  world.resources.set(rigListUrl, revokedList);
});

function verifyText(text: string): Promise<VerificationReport> {
  return verifyCredential(portsOf(world), { kind: 'bytes', bytes: Buffer.from(text) }, { now: rigNow });
}

function altered(change: (copy: Mutable & { credentialSubject: Mutable; issuer: Mutable }) => void): string {
  const copy = structuredClone(badge) as Mutable & { credentialSubject: Mutable; issuer: Mutable };
  change(copy);
  return JSON.stringify(copy);
}

function failing(report: VerificationReport): readonly (readonly [CheckName, string])[] {
  return report.checks
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ check, detail }) => [check, detail] as const);
}

describe('a revoked badge whose status is hidden behind an unchanged signature', () => {
  it('is revoked when nothing is hidden', async () => {
    expect((await verifyText(JSON.stringify(badge))).verdict).toBe('revoked');
  });

  const tricks: readonly (readonly [
    string,
    (copy: Mutable & { credentialSubject: Mutable; issuer: Mutable }) => void,
  ])[] = [
    [
      'the status under its address',
      (copy) => rename(copy, 'credentialStatus', 'https://www.w3.org/2018/credentials#credentialStatus'),
    ],
    [
      'the end of validity under its address',
      (copy) => rename(copy, 'validUntil', 'https://www.w3.org/2018/credentials#validUntil'),
    ],
    [
      '@reverse in a node',
      (copy) => {
        const status = copy['credentialStatus'] as Mutable;
        delete copy['credentialStatus'];
        copy.credentialSubject['@reverse'] = { x: status };
      },
    ],
    ['@index on the root', (copy) => (copy['@index'] = 'an unsigned remark')],
    ['@index on a node', (copy) => (copy.credentialSubject['@index'] = 'an unsigned remark')],
    ['@id for id', (copy) => rename(copy, 'id', '@id')],
    ['@type for type in a node', (copy) => rename(copy.credentialSubject, 'type', '@type')],
    ['a value object', (copy) => (copy['name'] = { '@value': copy['name'] })],
    ['a set object', (copy) => (copy['name'] = { '@set': [copy['name']] })],
    ['a null member', (copy) => (copy['description'] = null)],
    ['an empty list', (copy) => (copy['termsOfUse'] = [])],
    [
      'a repeated item',
      (copy) => (copy['evidence'] = [...(copy['evidence'] as unknown[]), ...(copy['evidence'] as unknown[])]),
    ],
    ['a list in a list', (copy) => (copy['evidence'] = [copy['evidence']])],
    [
      'definitions of its own',
      (copy) =>
        (copy['@context'] = [...(copy['@context'] as unknown[]), { note: 'https://example.org/note' }]),
    ],
    ['definitions in a node', (copy) => (copy.credentialSubject['@context'] = { role: null })],
    [
      'the root’s id on another object',
      (copy) => (copy['termsOfUse'] = [{ id: copy['id'], type: 'https://example.org/Terms' }]),
    ],
    [
      'one id on two different objects',
      (copy) => (copy.credentialSubject['source'] = { id: did, type: ['Profile'], name: 'Somebody else' }),
    ],
    [
      'definitions from elsewhere',
      (copy) =>
        (copy['@context'] = [...(copy['@context'] as unknown[]), 'https://evil.example/context.json']),
    ],
    [
      'two statuses, the true one last',
      (copy) =>
        (copy['credentialStatus'] = [
          { ...(copy['credentialStatus'] as object), statusListIndex: '1' },
          copy['credentialStatus'],
        ]),
    ],
  ];
  it.each(tricks)('is never valid with %s', async (_name, change) => {
    const report = await verifyText(altered(change));
    expect(['not-genuine', 'could-not-check']).toContain(report.verdict);
    expect(report.verdict).not.toBe('valid');
    expect(report.reasons.length).toBeGreaterThan(0);
  });

  it('is stopped by the guard, which says where', async () => {
    const report = await verifyText(
      altered((copy) =>
        rename(copy, 'credentialStatus', 'https://www.w3.org/2018/credentials#credentialStatus'),
      ),
    );
    expect(failing(report)).toEqual([['guard', expect.stringContaining('credentials#credentialStatus')]]);
  });

  it('is never valid when a member name stands twice', async () => {
    const text = JSON.stringify(badge);
    const twice = `${text.slice(0, -1)},"credentialStatus":{"id":"urn:x","type":"T"}}`;
    const escaped = `${text.slice(0, -1)},"credential\\u0053tatus":{"id":"urn:x","type":"T"}}`;
    expect(failing(await verifyText(twice))).toEqual([
      ['guard', expect.stringContaining('credentialStatus')],
    ]);
    expect(failing(await verifyText(escaped))).toEqual([
      ['guard', expect.stringContaining('credentialStatus')],
    ]);
  });
});

describe('an altered badge', () => {
  beforeEach(() => {
    world.resources.set(rigListUrl, clearList);
  });

  it('is not genuine with any single text changed', async () => {
    let leaves = 0;
    for (const path of leafPaths(badge)) {
      if (path[0] === '@context') continue;
      const copy = structuredClone(badge) as Mutable;
      const holder = path.slice(0, -1).reduce<Mutable>((value, key) => value[key] as Mutable, copy);
      const key = path.at(-1)!;
      const was = holder[key];
      holder[key] = typeof was === 'string' ? `${was}x` : typeof was === 'number' ? was + 1 : !was;
      const report = await verifyText(JSON.stringify(copy));
      leaves += 1;
      expect([path.join('/'), report.verdict]).not.toEqual([path.join('/'), 'valid']);
    }
    expect(leaves).toBeGreaterThan(60);
  });

  it.each([
    ['a name', (copy: Mutable) => (copy['name'] = 'Another')],
    [
      'the holder',
      (copy: Mutable) =>
        ((copy['credentialSubject'] as Mutable)['id'] = 'urn:uuid:00000000-0000-4000-8000-000000000000'),
    ],
    ['the end of validity taken away', (copy: Mutable) => delete copy['validUntil']],
    ['the status taken away', (copy: Mutable) => delete copy['credentialStatus']],
    ['a narrative added', (copy: Mutable) => ((copy['credentialSubject'] as Mutable)['narrative'] = 'Added')],
  ])('is not genuine: %s', async (_name, change) => {
    const report = await verifyText(altered(change));
    expect(report.verdict).toBe('not-genuine');
    expect(failing(report)).toEqual([['proof', expect.stringContaining('does not hold')]]);
  });

  const proofTricks: readonly (readonly [string, (proof: Mutable) => unknown, string])[] = [
    [
      'a space after the signature',
      (proof) => ({ ...proof, proofValue: `${String(proof['proofValue'])} ` }),
      'not-genuine',
    ],
    ['no signature', (proof) => ({ ...proof, proofValue: undefined }), 'not-genuine'],
    ['a signature in a list', (proof) => ({ ...proof, proofValue: [proof['proofValue']] }), 'not-genuine'],
    ['another purpose', (proof) => ({ ...proof, proofPurpose: 'authentication' }), 'not-genuine'],
    ['another time', (proof) => ({ ...proof, created: '2026-11-19T09:00:00Z' }), 'not-genuine'],
    ['an unknown suite', (proof) => ({ ...proof, cryptosuite: 'homemade-2026' }), 'could-not-check'],
    ['an unknown type', (proof) => ({ ...proof, type: 'RsaSignature2018' }), 'could-not-check'],
    ['no proof at all', () => undefined, 'not-genuine'],
    ['a proof that is text', () => 'trust me', 'not-genuine'],
    [
      'a good proof and a made-up one',
      (proof) => [
        proof,
        { ...proof, proofValue: String(proof['proofValue']).replace(/.$/, '2').replace(/.(.)$/, '3$1') },
      ],
      'not-genuine',
    ],
    [
      'a made-up proof and a good one',
      (proof) => [{ ...proof, created: '2026-11-19T09:00:00Z' }, proof],
      'not-genuine',
    ],
    [
      'a good proof and one of an unknown kind',
      (proof) => [proof, { ...proof, cryptosuite: 'homemade-2026' }],
      'could-not-check',
    ],
    ['the same proof twice', (proof) => [proof, proof], 'could-not-check'],
    [
      'five proofs',
      (proof) => [1, 2, 3, 4, 5].map((n) => ({ ...proof, created: `2026-11-19T09:00:0${n}Z` })),
      'not-genuine',
    ],
  ];
  it.each(proofTricks)('with %s', async (_name, change, verdict) => {
    const [proof] = badge['proof'] as Mutable[];
    const report = await verifyText(altered((copy) => (copy['proof'] = change(proof!))));
    expect(report.verdict).toBe(verdict);
  });

  it.each([
    ['a space after the signature', { proofValue: (value: string) => `${value} ` }, 'failed'],
    ['an unknown suite', { cryptosuite: () => 'homemade-2026' }, 'could-not-check'],
  ])('is stopped before any key is asked for by %s', async (_name, change, outcome) => {
    const [proof] = badge['proof'] as Mutable[];
    const [[member, value]] = Object.entries(change) as [[string, (was: string) => string]];
    const changed = { ...proof, [member]: value(String(proof![member])) };
    const report = await verifyText(altered((copy) => (copy['proof'] = changed)));
    expect(report.checks.find(({ check }) => check === 'proof-set')?.outcome).toBe(outcome);
    expect(world.asked).toEqual([]);
  });

  it('with one id on two objects is read as signed, whichever of them the words stand on', async () => {
    const own = await sealed(
      aBadge(issuer, (change) => {
        const subject = change['credentialSubject'] as { achievement: Mutable };
        subject.achievement['creator'] = structuredClone(change['issuer']);
      }),
      issuer.proof,
    );
    expect((await verifyText(JSON.stringify(own))).verdict).toBe('valid');
    const moved = structuredClone(own) as Mutable & { issuer: Mutable };
    delete moved.issuer['url'];
    const report = await verifyText(JSON.stringify(moved));
    expect(report.verdict).toBe('valid');
    expect(report.credential?.['issuer']).toEqual(own['issuer']);
  });

  it('is shown as the pinned terms read it, not as it was written', async () => {
    const bare = altered((copy) => {
      copy['proof'] = (copy['proof'] as unknown[])[0];
      copy['evidence'] = (copy['evidence'] as unknown[])[0];
      copy.credentialSubject['type'] = 'AchievementSubject';
    });
    const report = await verifyText(bare);
    expect(report.verdict).toBe('valid');
    expect(report.credential).toEqual(badge);
  });

  it('reads the same with its members in another order', async () => {
    const reversed = Object.fromEntries(Object.entries(badge).reverse());
    expect((await verifyText(JSON.stringify(reversed))).verdict).toBe('valid');
  });
});

describe('a token', () => {
  beforeEach(() => {
    world.resources.set(rigListUrl, clearList);
  });

  const header = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as JsonObject;
  const withHeader = (token: string, changed: JsonObject) =>
    [Buffer.from(JSON.stringify(changed)).toString('base64url'), ...token.split('.').slice(1)].join('.');

  it('by RS256 and by ES256 is valid', async () => {
    for (const signer of [issuer.rsa, issuer.es256]) {
      const report = await verifyText(await asToken(aBadge(issuer), signer));
      expect(report.reasons).toEqual([]);
      expect(report.verdict).toBe('valid');
      expect(report.credential).toEqual(aBadge(issuer));
    }
  });

  it('is revoked by the same list as any other form', async () => {
    world.resources.set(rigListUrl, revokedList);
    expect((await verifyText(await asToken(aBadge(issuer), issuer.rsa))).verdict).toBe('revoked');
  });

  it('with an altered payload is not genuine', async () => {
    const token = await asToken(aBadge(issuer), issuer.rsa);
    const [head, , signature] = token.split('.');
    const payload = { ...aBadge(issuer), name: 'Another', iss: did };
    const report = await verifyText(
      [head, Buffer.from(JSON.stringify(payload)).toString('base64url'), signature].join('.'),
    );
    expect(report.verdict).toBe('not-genuine');
  });

  it('by another issuer’s key is not genuine, and that issuer is never asked', async () => {
    const other = makeIssuer(`did:web:${rigHost}:issuers:eastfield`);
    world.dids.set(other.did, other.document);
    const token = await asToken(aBadge(issuer), { ...other.rsa, controller: did });
    expect((await verifyText(token)).verdict).toBe('not-genuine');
    expect(world.asked).not.toContain(other.did);
  });

  it.each([
    ['alg none', { alg: 'none' }, 'not-genuine'],
    ['alg none without a signature', { alg: 'none', cut: true }, 'not-genuine'],
    ['HS256 with the public key as secret', { alg: 'HS256' }, 'not-genuine'],
    ['an algorithm that is not accepted', { alg: 'PS256' }, 'could-not-check'],
    ['crit', { crit: ['b64'], b64: false }, 'not-genuine'],
    ['the type of an access token', { typ: 'at+jwt' }, 'not-genuine'],
    ['a kid of nobody', { kid: `${did}#jwt-99` }, 'not-genuine'],
    ['a kid in another DID', { kid: 'did:web:evil.example#key' }, 'not-genuine'],
    ['a kid that is a path', { kid: '../../../../etc/passwd' }, 'not-genuine'],
  ])('with %s', async (_name, change, verdict) => {
    const token = await asToken(aBadge(issuer), issuer.rsa);
    const { cut, ...changed } = change as Mutable;
    const hostile = withHeader(token, { ...header(token), ...changed });
    const report = await verifyText(cut === true ? `${hostile.split('.').slice(0, 2).join('.')}.` : hostile);
    expect(report.verdict).toBe(verdict);
    expect(
      world.asked.filter((url) => !url.startsWith('https://credentials.example.edu') && url !== did),
    ).toEqual([]);
  });

  it('that brings its own key is not genuine', async () => {
    const stranger = makeSigner(did, 'jwt-1', 'RS256');
    const signed = await asToken(aBadge(issuer), {
      ...stranger,
      sign: async (bytes) => stranger.sign(bytes),
    });
    expect((await verifyText(signed)).verdict).toBe('not-genuine');
    const { signCompactJws } = await import('../../../src/securing/index.js');
    const withJwk = await signCompactJws({
      header: { jwk: stranger.publicJwk as never },
      payload: { ...aBadge(issuer), iss: did },
      signer: stranger,
    });
    expect((await verifyText(withJwk)).verdict).toBe('not-genuine');
  });

  it.each([
    ['jti', 'https://credentials.example.edu/c/another'],
    ['sub', 'urn:uuid:00000000-0000-4000-8000-000000000000'],
    ['nbf', 1],
    ['exp', 4102444800],
  ])('whose claim %s contradicts the credential is not accepted', async (claim, value) => {
    const { signCompactJws } = await import('../../../src/securing/index.js');
    const token = await signCompactJws({
      header: {},
      payload: { ...aBadge(issuer), iss: did, [claim]: value },
      signer: issuer.rsa,
    });
    const report = await verifyText(token);
    expect(report.verdict).toBe('could-not-check');
    expect(failing(report)).toEqual([['data-model', expect.stringContaining(claim)]]);
  });

  it('whose claim iss is not the issuer is not genuine', async () => {
    const { signCompactJws } = await import('../../../src/securing/index.js');
    const token = await signCompactJws({
      header: {},
      payload: { ...aBadge(issuer), iss: 'did:web:evil.example' },
      signer: issuer.rsa,
    });
    expect((await verifyText(token)).verdict).toBe('not-genuine');
  });

  it('that expires earlier by its claim than by the credential is held to neither in silence', async () => {
    const { signCompactJws } = await import('../../../src/securing/index.js');
    const open = aBadge(issuer, (change) => delete change['validUntil']);
    const token = await signCompactJws({
      header: {},
      payload: { ...open, exp: Date.parse(rigNow) / 1000 - 600 },
      signer: issuer.rsa,
    });
    expect((await verifyText(token)).verdict).toBe('expired');
  });
});

describe('what is too much or nothing at all', () => {
  it.each([
    [
      'depth',
      `{"type":["VerifiableCredential"],"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'could-not-check',
      'limits',
    ],
    ['depth in braces', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, 'could-not-check', 'limits'],
    [
      'values',
      JSON.stringify({ type: ['VerifiableCredential'], evidence: Array.from({ length: 4100 }, (_, n) => n) }),
      'could-not-check',
      'limits',
    ],
    [
      'bytes',
      JSON.stringify({ type: ['VerifiableCredential'], name: 'x'.repeat(65 * 1024) }),
      'could-not-check',
      'limits',
    ],
    ['nothing', '', 'not-genuine', 'parse'],
    ['prose', 'Dear Sir or Madam', 'not-genuine', 'parse'],
    ['broken JSON', '{"type":["VerifiableCredential"]', 'not-genuine', 'parse'],
    ['a list', '[]', 'not-genuine', 'parse'],
    ['null', 'null', 'not-genuine', 'parse'],
    ['some other JSON', '{"type":"Person"}', 'not-genuine', 'parse'],
    ['an envelope of nothing', '{"type":"EnvelopedVerifiableCredential"}', 'not-genuine', 'parse'],
    ['two dots', 'a.b.c', 'not-genuine', 'parse'],
  ])('%s', async (_name, text, verdict, check) => {
    const report = await verifyText(text);
    expect(report.verdict).toBe(verdict);
    expect(report.checks.find(({ outcome }) => outcome !== 'passed')?.check).toBe(check);
    expect(report.credential).toBeNull();
    expect(world.asked).toEqual([]);
  });

  it('a value too deep to be written down is too deep', async () => {
    let deep: unknown = 1;
    for (let level = 0; level < 200_000; level += 1) deep = [deep];
    const report = await verifyCredential(
      portsOf(world),
      { kind: 'document', value: { a: deep } },
      { now: rigNow },
    );
    expect(report.verdict).toBe('could-not-check');
  });

  it('names in the document that JavaScript knows do no harm', async () => {
    const report = await verifyText(
      JSON.stringify(badge).replace('{', '{"__proto__":{"verdict":"valid"},"constructor":{"prototype":1},'),
    );
    expect(report.verdict).not.toBe('valid');
  });
});

function rename(holder: Mutable, from: string, to: string): void {
  holder[to] = holder[from];
  delete holder[from];
}

function* leafPaths(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null) yield path;
  else for (const [key, member] of Object.entries(value)) yield* leafPaths(member, [...path, key]);
}

describe('a credential without a proof', () => {
  it('is stopped before any key is asked for, and what was not reached is not said to be done', async () => {
    const report = await verifyText(altered((copy) => delete copy['proof']));
    expect(failing(report)).toEqual([['proof-set', expect.any(String)]]);
    expect(report.checks.find(({ check }) => check === 'nested')?.outcome).toBe('not-applicable');
    expect(report.checks.find(({ check }) => check === 'proof')?.outcome).toBe('could-not-check');
    expect(world.asked).toEqual([]);
  });
});

describe('what stands in a place where it would be overlooked', () => {
  beforeEach(() => {
    world.resources.set(rigListUrl, clearList);
  });

  it('contexts in an object that is no credential are refused; in a proof they are the proof’s', async () => {
    const inEvidence = altered((copy) => {
      const [evidence] = copy['evidence'] as Mutable[];
      evidence!['@context'] = 'https://www.w3.org/ns/credentials/v2';
    });
    expect(failing(await verifyText(inEvidence))).toEqual([
      ['guard', expect.stringContaining('/evidence/0/@context')],
    ]);
    const inProof = altered((copy) => {
      const [proof] = copy['proof'] as Mutable[];
      proof!['@context'] = copy['@context'];
    });
    const report = await verifyText(inProof);
    expect([report.verdict, report.nested]).toEqual(['valid', []]);
    const defining = altered((copy) => {
      const [proof] = copy['proof'] as Mutable[];
      proof!['@context'] = { proofValue: null };
    });
    expect(failing(await verifyText(defining))).toEqual([['guard', expect.stringContaining('/proof/0')]]);
  });

  it('a credential inside that hides its type is not passed over', async () => {
    const own = await sealed(
      aBadge(issuer, (change) => {
        const [evidence] = change['evidence'] as Mutable[];
        evidence!['type'] = ['Evidence', 'VerifiableCredential'];
      }),
      issuer.proof,
    );
    expect((await verifyText(JSON.stringify(own))).nested).toHaveLength(1);
    const hidden = structuredClone(own) as Mutable & { evidence: Mutable[] };
    hidden.evidence[0]!['type'] = ['Evidence', 'https://www.w3.org/2018/credentials#VerifiableCredential'];
    const report = await verifyText(JSON.stringify(hidden));
    expect(report.verdict).toBe('could-not-check');
    expect(report.reasons[0]).toContain('a credential whose type is not written');
  });
});

describe('a number that is shown with more digits than are signed', () => {
  it.each([
    ['1e-7 for 0', 0, '1e-7'],
    ['-0 for 0', 0, '-0'],
    ['another last digit', 1.5, '1.5000000000000002'],
    ['no number at all', 15, '1e400'],
  ])('is refused: %s', async (_name, signed, shown) => {
    world.resources.set(rigListUrl, clearList);
    const own = await sealed(
      aBadge(issuer, (change) => ((change['credentialSubject'] as Mutable)['creditsEarned'] = signed)),
      issuer.proof,
    );
    expect((await verifyText(JSON.stringify(own))).verdict).toBe('valid');
    const report = await verifyText(
      JSON.stringify(own).replace(`"creditsEarned":${signed}`, `"creditsEarned":${shown}`),
    );
    expect(failing(report)).toEqual([['guard', expect.stringContaining('/credentialSubject/creditsEarned')]]);
  });

  it('is let through where it is the same number otherwise spelled', async () => {
    world.resources.set(rigListUrl, clearList);
    for (const spelled of ['15.0', '1.5e1', '15.0000000000000001']) {
      const text = JSON.stringify(badge).replace('"creditsEarned":15', `"creditsEarned":${spelled}`);
      expect((await verifyText(text)).verdict).toBe('valid');
    }
  });
});
