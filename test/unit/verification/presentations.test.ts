import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { didKeyDocument, type JsonObject } from '../../../src/securing/index.js';
import {
  verifyCredential,
  verifyPresentation,
  type PresentationOptions,
  type VerificationReport,
} from '../../../src/verification/index.js';
import {
  aBadge,
  asToken,
  aStatusList,
  makeIssuer,
  portsOf,
  rigHost,
  rigEmail,
  rigIndex,
  rigListUrl,
  rigNow,
  sealed,
  worldOf,
  type RigIssuer,
  type World,
} from '../../support/credential-rig.js';
import { aHolder, anEnvelope, aPresentation, type Holder } from '../../support/presentation-rig.js';

const examples = 'https://www.w3.org/ns/credentials/examples/v2';

let issuer: RigIssuer;
let holder: Holder;
let stranger: Holder;
let badge: JsonObject;
let world: World;

beforeAll(async () => {
  issuer = makeIssuer(`did:web:${rigHost}:issuers:westfield`);
  holder = await aHolder();
  stranger = await aHolder();
  badge = await sealed(aBadge(issuer), issuer.proof);
});
beforeEach(async () => {
  world = worldOf(issuer);
  for (const { did } of [holder, stranger]) world.dids.set(did, didKeyDocument(did));
  world.resources.set(rigListUrl, await aStatusList(issuer, []));
});

function verify(value: unknown, options: Partial<PresentationOptions> = {}): Promise<VerificationReport> {
  return verifyPresentation(portsOf(world), { kind: 'document', value }, { now: rigNow, ...options });
}
const found = (report: VerificationReport, name: string) => {
  const { outcome, detail } = report.checks.find(({ check }) => check === name)!;
  return `${outcome}: ${detail}`;
};

describe('a presentation that its holder signed', () => {
  it('is valid with its credentials, each with a report of its own', async () => {
    const signed = await holder.present(aPresentation([badge], { holder: holder.did }));
    const report = await verify(signed);
    expect(report.reasons).toEqual([]);
    expect(report).toMatchObject({ kind: 'presentation', verdict: 'valid', issuer: null });
    expect(report.nested).toMatchObject([
      { kind: 'credential', verdict: 'valid', issuer: { id: issuer.did } },
    ]);
    expect(report.sentence).toContain(holder.did);
    expect(report.credential).toMatchObject({ holder: holder.did });
    expect(report.credential).not.toHaveProperty('verifiableCredential');
  });

  it('answers the domain and the challenge that were set, and no others', async () => {
    const signed = await holder.present(aPresentation([badge]), {
      domain: 'school.example',
      challenge: 'c-1',
    });
    expect((await verify(signed, { domain: 'school.example', challenge: 'c-1' })).verdict).toBe('valid');
    const elsewhere = await verify(signed, { domain: 'other.example', challenge: 'c-1' });
    expect(elsewhere.verdict).toBe('not-genuine');
    expect(found(elsewhere, 'proof')).toContain('school.example');
    const replayed = await verify(signed, { domain: 'school.example', challenge: 'c-2' });
    expect(replayed.verdict).toBe('not-genuine');
    expect(found(replayed, 'proof')).toContain('challenge');
    const altered = { ...signed, proof: { ...(signed['proof'] as object), challenge: 'c-2' } };
    expect((await verify(altered, { challenge: 'c-2' })).verdict).toBe('not-genuine');
  });

  it('is as good as the worst credential in it, and says so beside the verdict of each', async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, [rigIndex]));
    const other = await sealed(
      aBadge(issuer, (copy) => {
        copy['id'] = `https://${rigHost}/c/westother0000000000000`;
        delete copy['credentialStatus'];
      }),
      issuer.proof,
    );
    const report = await verify(await holder.present(aPresentation([badge, other])));
    expect(report.nested.map(({ verdict }) => verdict)).toEqual(['revoked', 'valid']);
    expect(report.verdict).toBe('revoked');
    expect(found(report, 'nested')).toContain('1 revoked, 1 valid');
    const forged = { ...other, name: 'Another name' };
    const withForged = await verify(await holder.present(aPresentation([badge, forged])));
    expect(withForged.verdict).toBe('not-genuine');
    expect(withForged.sentence).toMatch(/^Not everything in this presentation/);
  });

  it('is not genuine when a credential in it was exchanged, whatever that one is', async () => {
    const other = await sealed(
      aBadge(issuer, (copy) => (copy['name'] = 'Another')),
      issuer.proof,
    );
    const signed = await holder.present(aPresentation([badge]));
    const report = await verify({ ...signed, verifiableCredential: [other] });
    expect(report.nested.map(({ verdict }) => verdict)).toEqual(['valid']);
    expect(report.verdict).toBe('not-genuine');
  });

  it('is not genuine when somebody else than the holder that it names signed it', async () => {
    const report = await verify(await stranger.present(aPresentation([badge], { holder: holder.did })));
    expect(report.verdict).toBe('not-genuine');
    expect(found(report, 'proof')).toContain(stranger.did);
  });

  it('is not genuine with a proof that was made to assert claims', async () => {
    const signed = await holder.present(aPresentation([badge]));
    const report = await verify({
      ...signed,
      proof: { ...(signed['proof'] as object), proofPurpose: 'assertionMethod' },
    });
    expect(report.verdict).toBe('not-genuine');
    expect(found(report, 'proof-set')).toContain('authentication');
  });

  it('could not be checked when the holder’s keys cannot be had, though each credential in it was', async () => {
    const signed = await holder.present(aPresentation([badge]));
    world.dids.delete(holder.did);
    const report = await verify(signed);
    expect(report.verdict).toBe('could-not-check');
    expect(report.nested.map(({ verdict }) => verdict)).toEqual(['valid']);
  });

  it('of nothing is valid, and says that it presents nothing', async () => {
    const report = await verify(await holder.present(aPresentation([])));
    expect(report.verdict).toBe('valid');
    expect(report.sentence).toBe('The presentation is signed, and presents no credential.');
  });

  it('may define words of its own behind the first context, none of which is read', async () => {
    const own = { ExamplePresentation: 'https://example.org/#ExamplePresentation' };
    const signed = await holder.present({
      ...aPresentation([badge]),
      '@context': ['https://www.w3.org/ns/credentials/v2', own],
      type: ['VerifiablePresentation', 'ExamplePresentation'],
    });
    expect((await verify(signed)).verdict).toBe('valid');
    // The holder is another under another name, which the signature does not show.
    const aliased = {
      ...(await holder.present(aPresentation([badge], { holder: stranger.did }))),
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        { bearer: { '@id': 'https://www.w3.org/2018/credentials#holder', '@type': '@id' } },
      ],
    } as Record<string, unknown>;
    aliased['bearer'] = aliased['holder'];
    delete aliased['holder'];
    expect((await verify(aliased)).verdict).toBe('not-genuine');
  });
});

describe('a presentation that nobody signed', () => {
  it('is refused unless it is allowed, and never answers a challenge', async () => {
    const unsigned = aPresentation([badge], { holder: holder.did });
    expect((await verify(unsigned)).verdict).toBe('not-genuine');
    const allowed = await verify(unsigned, { unsigned: 'allowed' });
    expect(allowed.verdict).toBe('valid');
    expect(allowed.sentence).toMatch(/^Nobody signed this presentation/);
    expect((await verify(unsigned, { unsigned: 'allowed', challenge: 'c-1' })).verdict).toBe('not-genuine');
  });

  it('handed in as any document, is as good as the credentials in it', async () => {
    const judged = (value: unknown, recipient?: string) =>
      verifyCredential(
        portsOf(world),
        { kind: 'document', value },
        { now: rigNow, ...(recipient === undefined ? {} : { recipient }) },
      );
    expect(await judged(aPresentation([badge]))).toMatchObject({ kind: 'presentation', verdict: 'valid' });
    expect((await judged(aPresentation([]))).verdict).toBe('could-not-check');
    expect((await judged(aPresentation([{ ...badge, name: 'Forged' }]))).verdict).toBe('not-genuine');
    const compared = await judged(aPresentation([badge]), rigEmail);
    expect(found(compared.nested[0]!, 'recipient')).toMatch(/^passed/);
  });
});

describe('a presentation that is said to be a credential too', () => {
  const famous = { id: 'did:web:famous-university.edu', type: ['Profile'], name: 'Famous University' };
  const claim = (types: readonly string[], more: JsonObject = {}): JsonObject => {
    const { '@context': context, credentialSubject } = aBadge(issuer) as Record<string, unknown>;
    return {
      '@context': context,
      id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e40',
      type: ['VerifiablePresentation', ...types],
      name: 'Doctor of Medicine',
      issuer: famous,
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject,
      ...more,
    } as JsonObject;
  };
  const judged = (value: unknown) =>
    verifyCredential(portsOf(world), { kind: 'document', value }, { now: rigNow });
  const nothingOf = { issuer: null, achievement: null, holder: null, credential: null };

  it('shows nothing of what it says, signed by anybody or nobody, with a genuine credential in it or none', async () => {
    const types = ['VerifiableCredential', 'OpenBadgeCredential'];
    for (const value of [
      claim(types, { verifiableCredential: [badge] }),
      await holder.present(claim(types)),
      claim(['OpenBadgeCredential'], { verifiableCredential: [badge] }),
    ]) {
      const report = await judged(value);
      expect(report).toMatchObject({ verdict: 'not-genuine', ...nothingOf });
      expect(report.reasons.join()).toContain('a presentation and a credential');
    }
    const token = await holder.token(claim(types, { holder: holder.did }), { typ: 'vp+jwt' });
    expect(await judged(token)).toMatchObject({ verdict: 'not-genuine', ...nothingOf });
  });

  it('is none either when the types are written as addresses', async () => {
    const value = claim(['https://www.w3.org/2018/credentials#VerifiableCredential'], {
      verifiableCredential: [badge],
    });
    expect(await judged(value)).toMatchObject({ verdict: 'could-not-check', ...nothingOf });
  });

  it.each(['issuer', 'credentialSubject', 'validFrom'])(
    'has no %s without being said to be one',
    async (name) => {
      const { [name]: member, '@context': context } = claim([]);
      const report = await judged({ ...aPresentation([badge]), '@context': context, [name]: member });
      expect(report).toMatchObject({ kind: 'presentation', issuer: null, achievement: null, holder: null });
      expect(report.verdict).toBe('could-not-check');
    },
  );

  it('is no credential within a credential, as an object or a token; nor is any presentation', async () => {
    const own = makeIssuer('did:web:me.example.org');
    world.dids.set(own.did, own.document);
    const endorsing = claim(['VerifiableCredential', 'EndorsementCredential'], {
      credentialSubject: {
        id: `https://${rigHost}/c/x`,
        type: ['EndorsementSubject'],
        endorsementComment: 'The best',
      },
      holder: holder.did,
    });
    for (const presented of [endorsing, aPresentation([], { holder: holder.did })]) {
      const around = aBadge(own, (copy) => {
        delete copy['relatedResource'];
        delete copy['credentialStatus'];
        copy['endorsementJwt'] = ['x'];
      }) as Record<string, unknown>;
      around['endorsementJwt'] = [await holder.token(presented, { typ: 'vp+jwt' })];
      const report = await judged(await asToken(around as JsonObject, own.rsa));
      expect(report.nested).toMatchObject([{ kind: 'presentation', verdict: 'not-genuine', ...nothingOf }]);
      expect(report.nested[0]).not.toHaveProperty('endorsement');
    }
    const within = await judged(aPresentation([aPresentation([badge])]));
    expect(within.verdict).toBe('not-genuine');
    expect(within.nested).toMatchObject([{ verdict: 'not-genuine', nested: [] }]);
  });

  it('and any presentation, is refused where only a credential is asked for', async () => {
    const report = await verifyCredential(
      portsOf(world),
      { kind: 'document', value: aPresentation([badge]) },
      { now: rigNow, presentations: 'refused' },
    );
    expect(report).toMatchObject({ verdict: 'not-genuine', nested: [], ...nothingOf });
    expect(report.reasons).toEqual([
      'The document is a presentation, where only a credential is looked for.',
    ]);
  });
});

describe('what is no presentation', () => {
  it.each([
    ['a credential', () => badge],
    ['an enveloped credential', async () => anEnvelope(await asToken(aBadge(issuer), issuer.rsa))],
  ])('%s is refused where one is asked for', async (_name, make) => {
    const report = await verify(await make(), { unsigned: 'allowed' });
    expect(report.verdict).toBe('not-genuine');
    expect(report.reasons).toEqual(['The document is no presentation.']);
  });

  const faulty: readonly (readonly [string, JsonObject])[] = [
    ['whose first context is another', { '@context': [examples, 'https://www.w3.org/ns/credentials/v2'] }],
    ['whose holder is no URL', { holder: 'Ada' }],
    ['whose id is a data: URL', { id: 'data:application/vp+jwt,a.b.c' }],
    ['with a text in place of a credential', { verifiableCredential: ['https://example.org/c/1'] }],
    ['with a term of use without a type', { termsOfUse: [{ id: 'https://example.org/terms' }] }],
  ];
  it.each(faulty)('a presentation %s is refused', async (_name, members) => {
    const report = await verify({ ...aPresentation([badge]), ...members }, { unsigned: 'allowed' });
    expect(report.verdict).toBe('could-not-check');
    expect(report.checks.some(({ outcome }) => outcome === 'failed')).toBe(true);
  });
});

describe('a presentation as a token', () => {
  const claims = () => ({
    ...aPresentation([badge], { holder: holder.did }),
    aud: 'school.example',
    nonce: 'c-1',
  });

  it.each([{}, { typ: 'vp+jwt', cty: 'vp' }, { typ: 'JWT' }])(
    'is valid with the header %j',
    async (header) => {
      const token = await holder.token(claims(), header);
      const report = await verify(token, { domain: 'school.example', challenge: 'c-1' });
      expect(report.reasons).toEqual([]);
      expect(report).toMatchObject({
        kind: 'presentation',
        verdict: 'valid',
        nested: [{ verdict: 'valid' }],
      });
      expect((await verify(token, { domain: 'other.example' })).verdict).toBe('not-genuine');
      expect((await verify(token, { challenge: 'c-2' })).verdict).toBe('not-genuine');
    },
  );

  it('is valid in its envelope, with an enveloped credential in it', async () => {
    const inner = anEnvelope(await asToken(aBadge(issuer), issuer.rsa));
    const token = await holder.token(aPresentation([inner]), { typ: 'vp+jwt' });
    const report = await verify(anEnvelope(token, 'Presentation'));
    expect(report.reasons).toEqual([]);
    expect(report).toMatchObject({ verdict: 'valid', nested: [{ kind: 'credential', verdict: 'valid' }] });
  });

  it('in the claim vp of the data model 1.1 may hold credentials as tokens', async () => {
    const vp = {
      '@context': ['https://www.w3.org/2018/credentials/v1'],
      type: ['VerifiablePresentation'],
      verifiableCredential: [await asToken(aBadge(issuer), issuer.rsa)],
    };
    const report = await verify(await holder.token({ iss: holder.did, vp, nonce: 'c-1' }), {
      challenge: 'c-1',
    });
    expect(report.reasons).toEqual([]);
    expect(report).toMatchObject({ verdict: 'valid', nested: [{ verdict: 'valid' }] });
  });

  it('is not genuine as another’s, with a header of a credential, or signed by nobody', async () => {
    expect((await verify(await stranger.token(claims()))).verdict).toBe('not-genuine');
    expect((await verify(await stranger.token({ ...aPresentation([badge]), iss: holder.did }))).verdict).toBe(
      'not-genuine',
    );
    expect((await verify(await holder.token(claims(), { typ: 'vc+jwt' }))).verdict).toBe('not-genuine');
    const [, payload] = (await holder.token(claims())).split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    expect((await verify(none)).verdict).toBe('not-genuine');
  });

  it('is expired after its exp', async () => {
    const exp = Date.parse('2026-11-21T11:00:00Z') / 1000;
    expect((await verify(await holder.token({ ...claims(), exp }))).verdict).toBe('expired');
  });
});

describe('an envelope', () => {
  it('of a credential is the credential in it', async () => {
    const token = await asToken(aBadge(issuer), issuer.rsa);
    const report = await verifyCredential(
      portsOf(world),
      { kind: 'document', value: { ...anEnvelope(token), name: 'Not signed' } },
      { now: rigNow },
    );
    expect(report.reasons).toEqual([]);
    expect(report).toMatchObject({ kind: 'credential', verdict: 'valid' });
    expect(JSON.stringify(report)).not.toContain('Not signed');
  });

  it.each([
    ['without the context of the data model', { '@context': [] }],
    ['with another context', { '@context': examples }],
    ['whose id is the bare token', { id: 'a.b.c' }],
    ['of another media type', { id: 'data:text/html,a.b.c' }],
    [
      'that says it is more than an envelope',
      { type: ['EnvelopedVerifiableCredential', 'VerifiableCredential'] },
    ],
    ['without a type', { type: undefined }],
  ])('%s is refused', async (_name, members) => {
    const token = await asToken(aBadge(issuer), issuer.rsa);
    const value = { ...anEnvelope(token), ...members };
    const report = await verifyCredential(portsOf(world), { kind: 'document', value }, { now: rigNow });
    expect(report.verdict).toBe('not-genuine');
    expect(found(report, 'parse')).toMatch(/^failed/);
  });
});
