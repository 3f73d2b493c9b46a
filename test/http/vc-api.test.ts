import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { createEveryInteropIssuer } from '../../src/interop/index.js';
import { didKeySigner, newDidKey } from '../../src/securing/index.js';
import { documentLoader } from '../../src/securing/document-loader.js';
import { decodeList } from '../../src/status/index.js';
import { custody } from '../unit/securing/support.js';
import { aDistrict, aService, operatorToken, type TestService } from '../support/service.js';

const v1 = 'https://www.w3.org/2018/credentials/v1';
const v2 = 'https://www.w3.org/ns/credentials/v2';

const stock = vc as unknown as { signPresentation(options: object): Promise<object> };

let service: TestService;
let issuers: Awaited<ReturnType<typeof createEveryInteropIssuer>>;
beforeAll(async () => {
  service = await aService();
  issuers = await createEveryInteropIssuer(service.rooms.interop);
});
afterAll(() => service?.close());

const aCredential = (changes: object = {}) => ({
  '@context': [v2],
  type: ['VerifiableCredential'],
  issuer: issuers.Ed25519,
  credentialSubject: { id: 'did:example:subject', name: 'Alice' },
  ...changes,
});
const aCredential11 = (changes: object = {}) => ({
  ...aCredential({ '@context': [v1], credentialSubject: { id: 'did:example:subject' } }),
  issuanceDate: '2026-11-01T00:00:00Z',
  ...changes,
});

const post = (path: string, body: object) => service.http.post(path).send(body);
const issue = (credential: unknown, options?: object) =>
  post('/credentials/issue', { credential, ...(options === undefined ? {} : { options }) });
const verify = (verifiableCredential: unknown, options: object = {}) =>
  post('/credentials/verify', { verifiableCredential, options });
const issued = async (credential: unknown, options?: object) => {
  const { status, body } = await issue(credential, options);
  expect([status, body.detail]).toEqual([201, undefined]);
  return body.verifiableCredential;
};

interface Vector {
  readonly signed: { readonly [member: string]: unknown };
}
const vectors = JSON.parse(
  readFileSync(new URL('../unit/securing/vectors/w3c-data-integrity.json', import.meta.url), 'utf8'),
) as { readonly [name: string]: Vector };

describe('POST /credentials/issue', () => {
  it.each([
    ['Ed25519', 'eddsa-rdfc-2022'],
    ['Ed25519', 'eddsa-jcs-2022'],
    ['P-256', 'ecdsa-rdfc-2019'],
    ['P-384', 'ecdsa-rdfc-2019'],
  ] as const)('signs with %s and %s, and what it signs verifies', async (keyType, cryptosuite) => {
    for (const make of [aCredential, aCredential11]) {
      const credential = make({ issuer: issuers[keyType] });
      const signed = await issued(credential, { cryptosuite, keyType });
      expect(signed).toMatchObject({
        ...credential,
        '@context': expect.arrayContaining(credential['@context']),
      });
      expect(signed.proof).toMatchObject({ type: 'DataIntegrityProof', cryptosuite });
      expect((await verify(signed)).body).toMatchObject({ verified: true, problemDetails: [] });
      const altered = { ...signed, credentialSubject: { id: 'did:example:somebody-else' } };
      expect((await verify(altered)).status).toBe(400);
    }
  });

  it('signs a credential of data model 1.1 with Ed25519Signature2020, and gives it the date that it lacks', async () => {
    const { issuanceDate: _left, ...credential } = aCredential11();
    const signed = await issued(credential, { cryptosuite: 'Ed25519Signature2020' });
    expect(signed).toMatchObject({
      issuanceDate: '2026-11-20T09:00:00Z',
      proof: { type: 'Ed25519Signature2020', proofPurpose: 'assertionMethod' },
    });
    expect((await verify(signed)).status).toBe(200);
  });

  it('gives an enveloped credential where vc+jwt is asked for', async () => {
    for (const keyType of ['Ed25519', 'P-256', 'P-384'] as const) {
      const enveloped = await issued(aCredential({ issuer: issuers[keyType] }), { format: 'vc+jwt' });
      expect(enveloped).toEqual({
        '@context': v2,
        id: expect.stringMatching(/^data:application\/vc\+jwt,ey[\w-]+\.ey[\w-]+\.[\w-]+$/),
        type: 'EnvelopedVerifiableCredential',
      });
      const header = JSON.parse(
        Buffer.from(enveloped.id.split(',')[1].split('.')[0], 'base64url').toString(),
      );
      expect(header).toMatchObject({ typ: 'vc+jwt', cty: 'vc' });
      expect((await verify(enveloped)).status).toBe(200);
      const cut = { ...enveloped, id: `${enveloped.id.slice(0, -4)}AAAA` };
      expect((await verify(cut)).status).toBe(400);
    }
  });

  it('gives an id to a credential without one, and keeps the one that it has', async () => {
    expect((await issued(aCredential())).id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect((await issued(aCredential({ id: 'urn:x:1' }))).id).toBe('urn:x:1');
  });

  it('takes an issuer that is an object, contexts of its own words, and says what it signed', async () => {
    const credential = aCredential({
      '@context': [v2, { alumniOf: 'https://example.org/alumniOf' }],
      issuer: { id: issuers.Ed25519, name: 'A school' },
      credentialSubject: { alumniOf: 'Somewhere' },
    });
    const signed = await issued(credential);
    expect(signed).toMatchObject(credential);
    expect((await verify(signed, { checks: ['proof'] })).status).toBe(200);
    // A reader of the JSON could be misled by words that only the document defines.
    const { status, body } = await verify(signed);
    expect([status, body.verdict]).toEqual([400, 'could-not-check']);
  });

  it.each<[string, (good: Record<string, unknown>) => unknown]>([
    ['no context', ({ '@context': _left, ...rest }) => rest],
    ['a context that is a number', (good) => ({ ...good, '@context': 4 })],
    [
      'the context of the data model in second place',
      (good) => ({ ...good, '@context': ['https://www.w3.org/ns/credentials/examples/v2', v2] }),
    ],
    ['a context that nobody pinned', (good) => ({ ...good, '@context': [v2, 'https://example.org/c'] })],
    ['a context that is no URL', (good) => ({ ...good, '@context': [v2, 'https ://c'] })],
    [
      'a context that redefines a word',
      (good) => ({ ...good, '@context': [v2, { VerifiableCredential: 'https://example.org/V' }] }),
    ],
    ['no type', ({ type: _left, ...rest }) => rest],
    ['a type that is a number', (good) => ({ ...good, type: 4 })],
    ['types without VerifiableCredential', (good) => ({ ...good, type: ['https://example.org/T'] })],
    ['a type that nothing defines', (good) => ({ ...good, type: ['VerifiableCredential', 'NoSuchType'] })],
    ['no issuer', ({ issuer: _left, ...rest }) => rest],
    ['an issuer that is null', (good) => ({ ...good, issuer: null })],
    ['an issuer without id', (good) => ({ ...good, issuer: { id: null } })],
    [
      'an issuer of somebody else',
      (good) => ({ ...good, issuer: 'did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2' }),
    ],
    ['no subject', ({ credentialSubject: _left, ...rest }) => rest],
    ['an empty list of subjects', (good) => ({ ...good, credentialSubject: [] })],
    ['a subject that claims nothing', (good) => ({ ...good, credentialSubject: {} })],
    ['a subject that is text', (good) => ({ ...good, credentialSubject: 'did:example:1' })],
    ['two ids', (good) => ({ ...good, id: ['urn:x:1', 'urn:x:2'] })],
    ['an id that is null', (good) => ({ ...good, id: null })],
    ['an id that is no URL', (good) => ({ ...good, id: 'not a url' })],
    ['a term that nothing defines', (good) => ({ ...good, colour: 'x' })],
    ['a date that is none', (good) => ({ ...good, validFrom: 'tomorrow' })],
    [
      'an end before its beginning',
      (good) => ({ ...good, validFrom: '2027-01-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }),
    ],
    ['a status without type', (good) => ({ ...good, credentialStatus: { id: 'urn:x:s' } })],
    ['a schema without id', (good) => ({ ...good, credentialSchema: { type: 'JsonSchema' } })],
    [
      'a schema whose id is no URL',
      (good) => ({ ...good, credentialSchema: { type: 'JsonSchema', id: 'https ://x' } }),
    ],
    [
      'a refresh service without type',
      (good) => ({ ...good, refreshService: { id: 'https://example.org/r' } }),
    ],
    ['terms of use without type', (good) => ({ ...good, termsOfUse: { id: 'https://example.org/t' } })],
    ['evidence that is text', (good) => ({ ...good, evidence: ['x'] })],
    [
      'a related resource without id',
      (good) => ({ ...good, relatedResource: [{ digestSRI: 'sha256-AAAA' }] }),
    ],
    [
      'a related resource without digest',
      (good) => ({ ...good, relatedResource: [{ id: 'https://example.org/r' }] }),
    ],
    [
      'a related resource twice',
      (good) => ({
        ...good,
        relatedResource: [
          { id: 'urn:x:r', digestSRI: 'sha256-AAAA' },
          { id: 'urn:x:r', digestMultibase: 'uAAAA' },
        ],
      }),
    ],
    [
      'a digest of no edition of a context',
      (good) => ({
        ...good,
        relatedResource: { id: v2, digestMultibase: 'uM4RgWQc3RUDtjJCSgTJtTfvpZ7SPEg_LNO0ESlovQC0' },
      }),
    ],
    ['a proof already', (good) => ({ ...good, proof: { type: 'DataIntegrityProof' } })],
  ])('refuses a credential with %s: 400 or 422, naming it', async (_what, change) => {
    for (const options of [undefined, { format: 'vc+jwt' }, { cryptosuite: 'eddsa-jcs-2022' }]) {
      const { status, body, headers } = await issue(change(aCredential()), options);
      expect([400, 422]).toContain(status);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(body.errors[0].pointer).toMatch(/^\/credential/);
    }
  });

  it.each([
    ['forty levels', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`],
    ['five thousand values', `{"a":[${'1.5,'.repeat(4999)}1]}`],
    ['a number that no computer holds', '{"a":1e400}'],
  ])('refuses a credential with %s, though every term is defined', async (_what, text) => {
    const credential = aCredential({ '@context': [v2, 'https://www.w3.org/ns/credentials/examples/v2'] });
    const body = JSON.stringify({ credential: { ...credential, credentialSubject: 'here' } });
    const sent = body.replace('"here"', text);
    const answer = await service.http.post('/credentials/issue').type('application/json').send(sent);
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [{ pointer: '/credential', detail: expect.any(String) }],
    ]);
  });

  it('takes a digest of any edition under which W3C published the context', async () => {
    for (const digests of [
      { digestSRI: 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU' },
      { digestMultibase: 'uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k' },
    ]) {
      await issued(aCredential({ relatedResource: { id: v2, ...digests } }));
    }
  });

  it.each<[string, object, string]>([
    ['a key of another kind than the issuer has', { keyType: 'P-256' }, '/options/keyType'],
    ['a suite that does not go with the key', { cryptosuite: 'ecdsa-rdfc-2019' }, '/options/cryptosuite'],
    ['the suite of data model 1.1', { cryptosuite: 'Ed25519Signature2020' }, '/options/cryptosuite'],
    ['a suite in a token', { format: 'vc+jwt', cryptosuite: 'eddsa-rdfc-2022' }, '/options/cryptosuite'],
    ['a suite that nobody knows', { cryptosuite: 'bbs-2023' }, '/options/cryptosuite'],
    ['a purpose that is none', { statusPurpose: 'vanishing' }, '/options/statusPurpose'],
    ['an option that nobody knows', { colour: 'x' }, '/options/colour'],
  ])('refuses %s, naming the option', async (_what, options, pointer) => {
    const { status, body } = await issue(aCredential(), options);
    expect([400, 422]).toContain(status);
    expect(body.errors[0].pointer).toBe(pointer);
  });

  it('never signs for a district, whose DID it does not take', async () => {
    const { slug } = await aDistrict(service);
    const { status, body } = await issue(aCredential({ issuer: `did:web:localhost%3A8080:issuers:${slug}` }));
    expect(status).toBe(422);
    expect(body.detail).toContain('must be one of the interop issuers of this service');
  });

  it('refuses a body without the member credential, and one that names a member twice', async () => {
    expect((await post('/credentials/issue', { verifiableCredential: aCredential() })).status).toBe(400);
    const twice = `{"credential":{"type":"A","type":"B"}}`;
    const answer = await service.http.post('/credentials/issue').type('application/json').send(twice);
    expect(answer.status).toBe(400);
  });
});

describe('POST /credentials/verify', () => {
  it.each([
    'eddsaRdfc2022',
    'eddsaJcs2022',
    'ecdsaRdfc2019P256',
    'ecdsaRdfc2019P384',
    'ed25519Signature2020',
    'proofSet',
  ])(
    'takes the W3C test vector %s by its proof alone, and not as its issuer’s, whose key it is not',
    async (name) => {
      const { signed } = vectors[name]!;
      expect((await verify(signed, { checks: ['proof'] })).status).toBe(200);
      const bound = await verify(signed);
      expect(bound.status).toBe(400);
      const altered = { ...signed, name: 'Alumni Credential of another' };
      expect((await verify(altered, { checks: ['proof'] })).status).toBe(400);
    },
  );

  it('says why not as problem details, first what decides', async () => {
    const signed = await issued(aCredential());
    const { status, body, headers } = await verify({
      ...signed,
      proof: { ...signed.proof, proofValue: signed.proof.proofValue.slice(0, -4) },
    });
    expect(status).toBe(400);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({
      type: 'https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR',
      title: expect.any(String),
      detail: expect.stringContaining('Not genuine'),
      status: 400,
      verified: false,
    });
    expect(body.problemDetails[0].type).toBe(body.type);
  });

  it('takes no expired credential, unless the proof alone is asked for', async () => {
    const credential = { validFrom: '2026-01-01T00:00:00Z', validUntil: '2026-02-01T00:00:00Z' };
    const signed = await issued(aCredential(credential));
    const { status, body } = await verify(signed, { checks: ['proof', 'credentialStatus'] });
    expect([status, body.verdict]).toEqual([400, 'expired']);
    expect(body.type).toBe('https://www.w3.org/TR/vc-data-model#RANGE_ERROR');
    expect((await verify(signed, { checks: ['proof'] })).status).toBe(200);
  });

  it('goes by the keys that the caller names, in each form, and by no others', async () => {
    const signed = await issued(aCredential());
    const multikey = (did: string) => ({
      type: 'Multikey',
      id: `${did}#${did.slice(8)}`,
      controller: did,
      publicKeyMultibase: did.slice(8),
    });
    const verificationMethod = multikey(issuers.Ed25519);
    expect((await verify(signed, { verificationMethod })).status).toBe(200);
    const others = [multikey('did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2')];
    expect((await verify(signed, { verificationMethod: others })).status).toBe(400);
    const { status, body } = await verify(signed, { verificationMethod: { type: 'Multikey' } });
    expect([status, body.errors[0].pointer]).toEqual([422, '/options/verificationMethod']);
  });

  it.each([
    ['a text', '"x"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a credential in a text', JSON.stringify('{"type":["VerifiableCredential"]}')],
    ['an object that is none', '{}'],
    [
      'a proof that is text',
      '{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"proof":"x"}',
    ],
  ])('answers 400 to %s', async (_what, text) => {
    const body = `{"verifiableCredential":${text},"options":{"checks":["proof"]}}`;
    const answer = await service.http.post('/credentials/verify').type('application/json').send(body);
    expect(answer.status).toBe(400);
  });

  it('may be called by pages of any site, and issuing may not', async () => {
    const elsewhere = { Origin: 'https://elsewhere.example' };
    const signed = await issued(aCredential());
    const answer = await service.http
      .post('/credentials/verify')
      .set(elsewhere)
      .send({ verifiableCredential: signed });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, '*']);
    const refused = await service.http
      .post('/credentials/issue')
      .set(elsewhere)
      .send({ credential: aCredential() });
    expect(refused.status).toBe(403);
  });
});

describe('POST /presentations/verify', () => {
  const present = (changes: object = {}, options: object = {}) =>
    post('/presentations/verify', {
      verifiablePresentation: { '@context': [v2], type: ['VerifiablePresentation'], ...changes },
      options,
    });

  it('takes one that its holder signed for this occasion, with credentials that hold, and no other', async () => {
    const credential = await issued(aCredential());
    const holder = didKeySigner(custody, await newDidKey(custody, 'Ed25519', 'holder'));
    const presentation = await stock.signPresentation({
      presentation: {
        '@context': [v2],
        type: ['VerifiablePresentation'],
        holder: holder.controller,
        verifiableCredential: [credential],
      },
      suite: new DataIntegrityProof({
        signer: {
          id: holder.verificationMethod,
          algorithm: 'Ed25519',
          sign: ({ data }) => holder.sign(data),
        },
        cryptosuite: eddsaRdfc2022,
      }),
      domain: 'verifier.example',
      challenge: 'abc',
      documentLoader,
    });
    const asked = { domain: 'verifier.example', challenge: 'abc' };
    expect((await present(presentation, asked)).body).toMatchObject({ verified: true });
    expect((await present(presentation, { ...asked, challenge: 'abd' })).status).toBe(400);
    expect((await present(presentation, { ...asked, domain: 'elsewhere.example' })).status).toBe(400);
    const altered = { ...credential, credentialSubject: { id: 'did:example:somebody-else' } };
    const swapped = await present({ ...presentation, verifiableCredential: [altered] }, asked);
    expect([swapped.status, swapped.body.verified]).toEqual([400, false]);
  });

  it('refuses a presentation that nobody signed, and a credential in its place', async () => {
    const signed = await issued(aCredential());
    const { status, body } = await present({ verifiableCredential: [signed] });
    expect([status, body.verified]).toEqual([400, false]);
    expect(body.detail).toContain('not signed');
    const instead = await post('/presentations/verify', { verifiablePresentation: signed });
    expect(instead.status).toBe(400);
  });

  it('is where presentations go: none is a credential that holds, whatever else it says that it is', async () => {
    const signed = await issued(aCredential());
    const presentation = {
      '@context': [v2],
      type: ['VerifiablePresentation'],
      verifiableCredential: [signed],
    };
    const both = {
      ...presentation,
      type: ['VerifiablePresentation', 'VerifiableCredential'],
      issuer: 'did:web:famous-university.example',
      credentialSubject: { id: 'did:example:subject', name: 'Alice' },
    };
    for (const value of [presentation, both]) {
      for (const checks of [undefined, ['proof']]) {
        const { status, body } = await verify(value, checks === undefined ? {} : { checks });
        expect([status, body.verified]).toEqual([400, false]);
        expect(body.detail).toContain('presentation');
      }
    }
  });

  it('refuses a type that does not say envelope over an address that is one', async () => {
    const { status } = await present({ id: 'data:application/vp+jwt,ey.ey.x' });
    expect(status).toBe(400);
  });
});

describe('the status of an issued credential', () => {
  const setStatus = (credentialId: string, statusPurpose: string, status?: boolean) =>
    post('/credentials/status', {
      credentialId,
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose },
      ...(status === undefined ? {} : { status }),
    });
  const listOf = (signed: { credentialStatus: { statusListCredential: string } }) =>
    service.http.get(new URL(signed.credentialStatus.statusListCredential).pathname);

  it('is an entry of a list that anybody may read, signed, in the media type that is asked for', async () => {
    const signed = await issued(aCredential({ issuer: issuers['P-256'] }), { statusPurpose: 'revocation' });
    const { credentialStatus } = signed;
    expect(credentialStatus).toEqual({
      id: `${credentialStatus.statusListCredential}#${credentialStatus.statusListIndex}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: expect.stringMatching(/^\d+$/),
      statusListCredential: expect.stringMatching(/^http:\/\/localhost:8080\/credentials\/status\//),
    });
    const plain = await listOf(signed);
    expect(plain.headers['content-type']).toBe('application/vc+ld+json');
    for (const type of ['application/json', 'application/vc', 'application/ld+json']) {
      expect((await listOf(signed).set('Accept', type)).headers['content-type']).toBe(type);
    }
    expect((await listOf(signed).set('Accept', 'image/png')).status).toBe(406);
    const list = JSON.parse(plain.text);
    expect(decodeList(list.credentialSubject.encodedList).length * 8).toBeGreaterThanOrEqual(131_072);
    expect(list.issuer).toBe(issuers['P-256']);
    expect((await verify(list)).status).toBe(200);
  });

  it('is set for good where it revokes, and the published list says so when the call returns', async () => {
    const signed = await issued(aCredential(), { statusPurpose: 'revocation' });
    expect((await verify(signed)).status).toBe(200);
    const set = await setStatus(signed.id, 'revocation');
    expect(set.body.credentialStatus).toEqual([
      {
        statusPurpose: 'revocation',
        statusListCredential: signed.credentialStatus.statusListCredential,
        statusListIndex: signed.credentialStatus.statusListIndex,
        status: true,
      },
    ]);
    const { status, body } = await verify(signed);
    expect([status, body.verdict]).toEqual([400, 'revoked']);
    expect(body.type).toBe('https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR');
    expect((await verify(signed, { checks: ['proof'] })).status).toBe(200);
    expect((await setStatus(signed.id, 'revocation', false)).status).toBe(422);
  });

  it('can be set and set back where it suspends', async () => {
    const signed = await issued(aCredential(), {
      statusPurpose: 'suspension',
      credentialId: 'urn:x:by-name',
    });
    await setStatus('urn:x:by-name', 'suspension');
    expect((await verify(signed)).body.verdict).toBe('suspended');
    await setStatus('urn:x:by-name', 'suspension', false);
    expect((await verify(signed)).status).toBe(200);
  });

  it('is nothing of credentials that have none, nor for another purpose', async () => {
    expect((await setStatus('urn:x:nobody', 'revocation')).status).toBe(404);
    const signed = await issued(aCredential(), { statusPurpose: 'revocation' });
    const { status, body } = await setStatus(signed.id, 'suspension');
    expect([status, body.errors[0].pointer]).toEqual([422, '/credentialStatus/statusPurpose']);
  });

  it('draws an index of its own for each credential', async () => {
    const all = [];
    for (let i = 0; i < 20; i += 1) {
      const { credentialStatus } = await issued(aCredential(), { statusPurpose: 'revocation' });
      all.push(credentialStatus.id);
    }
    expect(new Set(all).size).toBe(20);
  });
});

describe('the VC-API', () => {
  const paths = ['/credentials/issue', '/credentials/verify', '/presentations/verify', '/credentials/status'];

  it('is not there where it is not switched on', async () => {
    const off = await aService({ vcApi: false });
    try {
      for (const path of paths) expect((await off.http.post(path).send({})).status).toBe(404);
      expect(off.routes.filter(({ tag }) => tag === 'vc-api')).toEqual([]);
    } finally {
      await off.close();
    }
  });

  it('asks for the operator token on localhost too, where others than this machine reach the port', async () => {
    const reached = await aService({ listen: 'all' });
    try {
      const { Ed25519: issuer } = await createEveryInteropIssuer(reached.rooms.interop);
      const body = { credential: aCredential({ issuer }) };
      expect((await reached.http.post('/credentials/issue').send(body)).status).toBe(401);
      const bearer = { Authorization: `Bearer ${operatorToken}` };
      expect((await reached.http.post('/credentials/issue').set(bearer).send(body)).status).toBe(201);
    } finally {
      await reached.close();
    }
  });

  it('asks for the operator token off localhost to issue and to change a status, and for nothing to verify', async () => {
    const far = await aService({ publicUrl: 'https://credentials.example.test' });
    try {
      const { Ed25519: issuer } = await createEveryInteropIssuer(far.rooms.interop);
      const body = { credential: aCredential({ issuer }) };
      expect((await far.http.post('/credentials/issue').send(body)).status).toBe(401);
      expect((await far.http.post('/credentials/status').send({})).status).toBe(401);
      const bearer = { Authorization: `Bearer ${operatorToken}` };
      const made = await far.http.post('/credentials/issue').set(bearer).send(body);
      expect(made.status).toBe(201);
      const { verifiableCredential } = made.body;
      expect((await far.http.post('/credentials/verify').send({ verifiableCredential })).status).toBe(200);
    } finally {
      await far.close();
    }
  });

  it('has one issuer for each kind of key, however often and at once they are made', async () => {
    const fresh = await aService();
    try {
      const { interop } = fresh.rooms;
      const [first, ...others] = await Promise.all([1, 2, 3].map(() => createEveryInteropIssuer(interop)));
      expect(others).toEqual([first, first]);
      const kept = await interop.store.listIssuers();
      expect(kept).toHaveLength(3);
      expect(kept.every((one) => !('d' in one.publicJwk))).toBe(true);
    } finally {
      await fresh.close();
    }
  });
});
