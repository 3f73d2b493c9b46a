import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  didDocument,
  findVerificationMethod,
  secureCredential,
  verifyDataIntegrityProof,
  type JsonObject,
  type ProofToVerify,
  type ResolvedMethod,
  type SecuredDocument,
  type Signer,
} from '../../../src/securing/index.js';
import { aCredential, documentOf, now, resolving, someSigner } from './support.js';

const vectors = JSON.parse(readFileSync(new URL('vectors/w3c-data-integrity.json', import.meta.url), 'utf8'));

describe('the W3C test vectors', () => {
  const vector = (name: string) => vectors[name].signed as JsonObject & { readonly proof: JsonObject };
  const base = { now, resolveVerificationMethod: resolving(), bindToIssuer: false };
  const names = [
    ['eddsaRdfc2022', 'eddsa-rdfc-2022'],
    ['eddsaJcs2022', 'eddsa-jcs-2022'],
    ['ed25519Signature2020', 'Ed25519Signature2020'],
    ['ecdsaRdfc2019P256', 'ecdsa-rdfc-2019'],
    ['ecdsaRdfc2019P384', 'ecdsa-rdfc-2019'],
  ] as const;

  it.each(names)('%s verifies', async (name, suite) => {
    expect(await verifyDataIntegrityProof({ ...base, document: vector(name) })).toMatchObject({
      ok: true,
      suite,
    });
  });

  it.each(names)(
    '%s does not verify once a value, the proof or a context is altered',
    async (name, _suite) => {
      const document = vector(name);
      for (const altered of [
        { ...document, name: 'Alumni credential' },
        { ...document, proof: { ...document.proof, created: '2023-02-24T23:36:39Z' } },
        { ...document, '@context': (document['@context'] as string[]).slice(0, 1) },
      ]) {
        expect(await verifyDataIntegrityProof({ ...base, document: altered })).toMatchObject({
          ok: false,
          kind: 'invalid',
        });
      }
      const date = document['validFrom'] === undefined ? 'issuanceDate' : 'validFrom';
      const altered = { ...document, [date]: '2020-02-24T23:36:38Z' };
      expect(await verifyDataIntegrityProof({ ...base, document: altered })).toEqual({
        ok: false,
        kind: 'invalid',
        reason: 'the signature does not match',
      });
    },
  );

  it('do not count under the name of another kind of proof', async () => {
    const signed = vector('ed25519Signature2020');
    const proof = { ...signed.proof, type: 'DataIntegrityProof', cryptosuite: 'Ed25519Signature2020' };
    expect(await verifyDataIntegrityProof({ ...base, document: { ...signed, proof } })).toMatchObject({
      ok: false,
      kind: 'unsupported',
    });
  });

  it('of a proof set verify one by one, and not while none is named', async () => {
    const document = vectors.proofSet.signed;
    expect(document.proof).toHaveLength(2);
    for (const proof of document.proof) {
      expect(await verifyDataIntegrityProof({ ...base, document, proof })).toMatchObject({ ok: true });
    }
    expect(await verifyDataIntegrityProof({ ...base, document })).toMatchObject({
      ok: false,
      kind: 'invalid',
    });
  });

  it('of a proof chain verify, the later proofs over the earlier ones', async () => {
    const document = vectors.proofChain.signed;
    expect(document.proof.some((proof: JsonObject) => proof['previousProof'] !== undefined)).toBe(true);
    for (const proof of document.proof) {
      expect(await verifyDataIntegrityProof({ ...base, document, proof })).toMatchObject({ ok: true });
    }
    const chained = document.proof.find((proof: JsonObject) => proof['previousProof'] !== undefined);
    const others = document.proof.filter((proof: JsonObject) => proof !== chained);
    const changed = {
      ...document,
      proof: [...others.map((proof: JsonObject) => ({ ...proof, created: now })), chained],
    };
    expect(await verifyDataIntegrityProof({ ...base, document: changed, proof: chained })).toMatchObject({
      ok: false,
    });
    const without = { ...document, proof: [chained] };
    expect(await verifyDataIntegrityProof({ ...base, document: without, proof: chained })).toMatchObject({
      ok: false,
      kind: 'invalid',
      reason: expect.stringContaining('previousProof'),
    });
  });

  it('are refused where the issuer must be the controller of the key', async () => {
    expect(
      await verifyDataIntegrityProof({
        document: vector('eddsaRdfc2022'),
        now,
        resolveVerificationMethod: resolving(),
      }),
    ).toMatchObject({
      ok: false,
      kind: 'invalid',
      reason: expect.stringContaining('https://vc.example/issuers/5678'),
    });
  });
});

describe('a proof of an issuer', () => {
  let signer: Signer;
  let signed: SecuredDocument;
  beforeAll(async () => {
    signer = await someSigner('proof');
    signed = await secureCredential({ credential: aCredential(), signer, created: now });
  });
  const verify = (changes: Partial<ProofToVerify> = {}) =>
    verifyDataIntegrityProof({
      document: signed,
      now,
      resolveVerificationMethod: resolving(signer),
      ...changes,
    });
  const proved = (changes: JsonObject) => ({
    document: { ...signed, proof: [{ ...signed.proof[0], ...changes }] },
  });
  const found = (change: (document: JsonObject) => ResolvedMethod) => ({
    resolveVerificationMethod: async () => change(documentOf(signer)),
  });

  it('verifies with the key that its DID document publishes, and does not change the document', async () => {
    const before = JSON.stringify(signed);
    expect(await verify()).toEqual({
      ok: true,
      verificationMethod: signer.verificationMethod,
      controller: signer.controller,
      suite: 'eddsa-rdfc-2022',
      key: signer.publicJwk,
      created: now,
    });
    expect(JSON.stringify(signed)).toBe(before);
  });

  it('verifies with a retired key and not with a compromised one', async () => {
    const key = {
      name: 'proof-2026-1',
      use: 'proof',
      algorithm: 'Ed25519',
      publicJwk: signer.publicJwk,
      publicKeyMultibase: (documentOf(signer)['verificationMethod'] as JsonObject[])[0]![
        'publicKeyMultibase'
      ] as string,
    } as const;
    for (const [state, ok] of [
      ['retired', true],
      ['compromised', false],
    ] as const) {
      const document = didDocument(signer.controller, [{ ...key, state }]);
      expect(
        await verify({ resolveVerificationMethod: async (id) => findVerificationMethod(document, id) }),
      ).toMatchObject({ ok });
    }
  });

  it('does not verify with another key under the same name', async () => {
    const other = await someSigner('proof');
    expect(other.verificationMethod).toBe(signer.verificationMethod);
    expect(await verify({ resolveVerificationMethod: resolving(other) })).toMatchObject({
      ok: false,
      kind: 'invalid',
    });
  });

  it('does not verify when an outsider signs in the name of the issuer with a did:key', async () => {
    const [method] = documentOf(signer)['verificationMethod'] as JsonObject[];
    const value = String(method!['publicKeyMultibase']);
    const outsider: Signer = {
      ...signer,
      controller: `did:key:${value}`,
      verificationMethod: `did:key:${value}#${value}`,
    };
    const forged = await secureCredential({ credential: aCredential(), signer: outsider, created: now });
    expect(await verify({ document: forged })).toMatchObject({
      ok: false,
      kind: 'invalid',
      reason: expect.stringContaining('issuer'),
    });
    expect(await verify({ document: forged, bindToIssuer: false })).toMatchObject({ ok: true });
  });

  it.each<[string, (document: JsonObject) => ResolvedMethod, RegExp]>([
    [
      'the controller no longer lists it under assertionMethod',
      (document) =>
        findVerificationMethod(
          { ...document, assertionMethod: [] },
          String((document['assertionMethod'] as string[])[0]),
        ),
      /assertionMethod/,
    ],
    [
      'the method names another controller',
      (document) => ({
        ok: true,
        method: { ...(document['verificationMethod'] as JsonObject[])[0], controller: 'did:web:x.example' },
        controllerDocument: document,
      }),
      /controlled by/,
    ],
    [
      'the document found is of another DID',
      (document) => ({
        ok: true,
        method: { ...(document['verificationMethod'] as JsonObject[])[0], controller: 'did:web:x.example' },
        controllerDocument: { ...document, id: 'did:web:x.example' },
      }),
      /does not speak for/,
    ],
    [
      'the method found is another one',
      (document) => ({
        ok: true,
        method: { ...(document['verificationMethod'] as JsonObject[])[0], id: 'did:web:x#y' },
        controllerDocument: document,
      }),
      /is not did:web/,
    ],
    [
      'the method was revoked',
      (document) => ({
        ok: true,
        method: { ...(document['verificationMethod'] as JsonObject[])[0], revoked: '2026-11-19T00:00:00Z' },
        controllerDocument: document,
      }),
      /revoked/,
    ],
    [
      'the key is of another kind',
      (document) => ({
        ok: true,
        method: {
          ...(document['verificationMethod'] as JsonObject[])[0],
          publicKeyMultibase: 'zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv',
        },
        controllerDocument: document,
      }),
      /does not go with/,
    ],
  ])('is invalid when %s', async (_what, change, reason) => {
    expect(await verify(found(change))).toMatchObject({
      ok: false,
      kind: 'invalid',
      reason: expect.stringMatching(reason),
    });
  });

  it('is found by relative ids, and embedded under assertionMethod', async () => {
    const document = documentOf(signer);
    const relative = { ...(document['verificationMethod'] as JsonObject[])[0], id: '#proof-2026-1' };
    const forms = [
      { ...document, verificationMethod: [relative], assertionMethod: ['#proof-2026-1'] },
      { ...document, verificationMethod: [], assertionMethod: [relative] },
    ];
    for (const form of forms) {
      expect(
        await verify(found(() => findVerificationMethod(form, signer.verificationMethod))),
      ).toMatchObject({ ok: true });
    }
  });

  it.each<[string, JsonObject, 'invalid' | 'unsupported', RegExp]>([
    ['a space behind the proof value', { proofValue: 'z1 ' }, 'invalid', /base58btc/],
    ['no proof value', { proofValue: undefined }, 'invalid', /base58btc/],
    ['a proof value of another length', { proofValue: 'z3kDLPx' }, 'invalid', /./],
    ['another purpose', { proofPurpose: 'authentication' }, 'invalid', /proofPurpose/],
    ['a method that is an object', { verificationMethod: { id: 'x' } }, 'invalid', /verificationMethod/],
    ['a created that is no time', { created: 'yesterday' }, 'invalid', /created/],
    ['an expires that is past', { expires: '2026-11-20T08:59:59Z' }, 'invalid', /expired/],
    ['a term in the proof that nothing defines', { colour: 'red' }, 'invalid', /"colour"/],
    ['a suite of its own', { cryptosuite: 'eddsa-2022' }, 'unsupported', /eddsa-2022/],
    [
      'a suite named by a property of every object',
      { cryptosuite: 'constructor' },
      'unsupported',
      /constructor/,
    ],
    ['an older type', { type: 'Ed25519Signature2018' }, 'unsupported', /Ed25519Signature2018/],
  ])('is not accepted with %s', async (_what, changes, kind, reason) => {
    expect(await verify(proved(changes))).toMatchObject({
      ok: false,
      kind,
      reason: expect.stringMatching(reason),
    });
  });

  it('is not accepted when it brings contexts of its own to redefine its terms', async () => {
    const own = { '@context': { '@vocab': 'https://example.org/' }, colour: 'red' };
    expect(await verify(proved(own))).toMatchObject({
      ok: false,
      kind: 'invalid',
      reason: expect.stringContaining('the term "colour" is not defined'),
    });
  });

  it('says unsupported, not invalid, when the document has a context that is not known', async () => {
    const contexts = [...(signed['@context'] as string[]), 'https://example.org/c.json'];
    expect(await verify({ document: { ...signed, '@context': contexts } })).toMatchObject({
      ok: false,
      kind: 'unsupported',
      reason: expect.stringContaining('https://example.org/c.json'),
    });
  });

  it('passes on that the key could not be resolved', async () => {
    const answer = { ok: false, kind: 'could-not-resolve', reason: 'no answer in 10 s' } as const;
    expect(await verify({ resolveVerificationMethod: async () => answer })).toEqual(answer);
  });

  it('must be there', async () => {
    const { proof: _proof, ...bare } = signed;
    for (const document of [
      bare,
      { ...bare, proof: null },
      { ...bare, proof: 'x' },
      { ...bare, proof: [] },
    ]) {
      expect(await verify({ document })).toMatchObject({ ok: false, kind: 'invalid' });
    }
  });
});
