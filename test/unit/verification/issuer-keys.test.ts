import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JwtClaims } from '../../../src/securing/index.js';
import type { DidAnswer, FetchFailure, Fetched } from '../../../src/verification/index.js';
import {
  controllerDocumentOf,
  jwtKeysOf,
  methodOf,
  wantedKeys,
} from '../../../src/verification/issuer-keys.js';
import type { Secured } from '../../../src/verification/reading.js';
import { makeSigner } from '../../support/credential-rig.js';

/** Whose keys are looked up where, and which of them count: rule by rule, with what is said when none does. */
const web = 'https://example.org/issuers/1';
const did = 'did:web:example.org';
const jwks = 'https://example.org/.well-known/jwks.json';
const jwk: JsonObject = { ...makeSigner(web, 'k', 'ES256').publicJwk };
const gone: FetchFailure = { ok: false, kind: 'unreachable', reason: 'its host is asleep' };

const token = (kid: string | null): Secured => ({ kind: 'jwt', token: '', alg: 'ES256', kid, claims: {} });
const proofs = (...methods: readonly string[]): Secured => ({
  kind: 'proofs',
  proofs: methods.map((verificationMethod) => ({ verificationMethod })),
});
const served = (value: unknown, url: string): Fetched => ({
  ok: true,
  bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  mediaType: 'application/json',
  url,
});
const asked = (kid: string | null = null, alg = 'ES256') => ({ alg, kid }) as JwtClaims;
/** What was fetched: a controller document, what is at the host's JWK Set, what is at single addresses. */
const fetched = (
  issuer: string,
  document?: unknown,
  keys: { readonly [url: string]: Fetched | FetchFailure } = {},
) => ({
  controllers: new Map<string, DidAnswer>(document === undefined ? [] : [[issuer, { ok: true, document }]]),
  keys: new Map(Object.entries(keys)),
});

describe('where keys are looked up', () => {
  it.each(['urn:uuid:1', 'http://example.org/1', 'mailto:a@example.org', 'Westfield', '', 'https://'])(
    'for the issuer “%s” is nowhere',
    (issuer) => {
      for (const secured of [{ kind: 'none' } as const, token(`${issuer}#k`), proofs(`${issuer}/k`)])
        expect(wantedKeys(issuer, secured, true)).toEqual({ controllers: [], keys: [] });
    },
  );

  it('for a DID is its document, whatever the signature names', () => {
    for (const secured of [{ kind: 'none' } as const, token('https://evil.example/k'), proofs(`${web}/k`)])
      expect(wantedKeys(did, secured, true)).toEqual({ controllers: [did], keys: [] });
  });

  it('for an https issuer with proofs is its own document, and methods below it', () => {
    const methods = [`${web}/k`, `${web}#k`, 'https://example.org/issuers/10/k', 'https://evil.example/k'];
    expect(wantedKeys(web, proofs(...methods, `${web}/k`))).toEqual({
      controllers: [web],
      keys: [`${web}/k`],
    });
    expect(wantedKeys(web, proofs(), true)).toEqual({ controllers: [web], keys: [jwks] });
    expect(wantedKeys(web, { kind: 'none' })).toEqual({ controllers: [web], keys: [] });
  });

  it('for an https issuer with a token is the set of its host, and what kid names below it', () => {
    expect(wantedKeys(web, token(null))).toEqual({ controllers: [], keys: [jwks] });
    expect(wantedKeys(web, token('k'), true)).toEqual({ controllers: [web], keys: [jwks] });
    expect(wantedKeys(web, token(`${web}#k`))).toEqual({ controllers: [web], keys: [jwks] });
    expect(wantedKeys(web, token(`${web}/k`))).toEqual({ controllers: [web], keys: [jwks, `${web}/k`] });
    expect(wantedKeys(web, token('https://evil.example/k'))).toEqual({ controllers: [], keys: [jwks] });
  });

  it.each(['?k=1', '/k?a', '/../other/k', '/.', '/a/..', '/a%2fb', '//k', '/k#'])(
    'is not at an address below an issuer that ends in %s',
    (end) => expect(wantedKeys(web, token(`${web}${end}`)).keys).toEqual([jwks]),
  );
});

describe('the controller document', () => {
  const document = { id: web, assertionMethod: [] };
  const found = (issuer: string, answer?: DidAnswer) =>
    controllerDocumentOf(issuer, { controllers: new Map(answer === undefined ? [] : [[issuer, answer]]) });
  const refused: DidAnswer = { ok: false, kind: 'refused', reason: 'not such a one' };
  const at = (url: string, of: unknown = document): DidAnswer => ({ ok: true, document: of, url });

  it.each<[string, () => ReturnType<typeof found>, string, RegExp]>([
    ['that was not looked up', () => found(web), 'could-not-resolve', /was not looked up/],
    ['of a DID that was not looked up', () => found(did), 'could-not-resolve', /was not looked up/],
    ['of an id that names no place', () => found('urn:x'), 'unsupported', /no keys can be looked up/],
    ['that was not had', () => found(web, gone), 'could-not-resolve', /asleep/],
    [
      'of a DID method that we do not know',
      () => found('did:ion:x', refused),
      'unsupported',
      /not such a one/,
    ],
    ['of a DID that is not asked', () => found(did, refused), 'could-not-resolve', /not such a one/],
    ['of a DID method that does not answer', () => found('did:ion:x', gone), 'could-not-resolve', /asleep/],
    [
      'given by another host',
      () => found(web, at('https://evil.example/x')),
      'could-not-resolve',
      /another host/,
    ],
    [
      'given over http',
      () => found(web, at('http://example.org/issuers/1')),
      'could-not-resolve',
      /another host/,
    ],
    ['given by what is no address', () => found(web, at('example')), 'could-not-resolve', /another host/],
    ['of a DID that is malformed', () => found('did:web:a_b', at(web)), 'could-not-resolve', /another host/],
    ['that is a list', () => found(web, at(web, [])), 'could-not-resolve', /not an object/],
    ['of another id', () => found(web, at(web, { ...document, id: did })), 'could-not-resolve', /another id/],
    [
      'that says nothing of keys',
      () => found(web, at(web, { id: web })),
      'could-not-resolve',
      /lists no keys/,
    ],
  ])('%s says nothing', (_name, answer, kind, reason) => {
    expect(answer()).toEqual({ ok: false, kind, reason: expect.stringMatching(reason) });
  });

  it('counts from where the issuer is, from its www, and a DID’s also without keys', () => {
    expect(found(web, at(web))).toEqual({ ok: true, document });
    expect(found(web, at('https://www.example.org/issuers/1'))).toEqual({ ok: true, document });
    expect(found(web, { ok: true, document }).ok).toBe(true);
    const methods = { id: web, verificationMethod: [] };
    expect(found(web, at(web, methods))).toEqual({ ok: true, document: methods });
    expect(found(did, at('https://example.org/.well-known/did.json', { id: did })).ok).toBe(true);
  });
});

describe('a verification method', () => {
  const id = `${web}/k`;
  const method = { id, controller: web, type: 'JsonWebKey', publicKeyJwk: jwk };
  const document = { id: web, assertionMethod: [id] };
  const found = (at: Fetched | FetchFailure | undefined, of: unknown = document, asking = id) =>
    methodOf(asking, web, fetched(web, of, at === undefined ? {} : { [asking]: at }));

  it('is in the controller document, or a document of its own below the issuer', () => {
    expect(found(served(method, id))).toEqual({ ok: true, method, controllerDocument: document });
    const within = { ...document, verificationMethod: [method] };
    expect(found(undefined, within)).toMatchObject({ ok: true, method });
  });

  it.each<[string, () => ReturnType<typeof found>, string, RegExp]>([
    ['without a controller document', () => found(served(method, id), { id: 'x' }), 'could-not-resolve', /another id/],
    ['that was not looked up', () => found(undefined), 'could-not-resolve', /was not looked up/],
    ['that was not had', () => found(gone), 'could-not-resolve', /asleep/],
    ['given by another host', () => found(served(method, 'https://evil.example/k')), 'could-not-resolve', /There is no key of/],
    ['that is no object', () => found(served('[]', id)), 'could-not-resolve', /There is no key of/],
    ['of another id', () => found(served({ ...method, id: `${web}/j` }, id)), 'invalid', /not one controlled by/],
    ['of another controller', () => found(served({ ...method, controller: did }, id)), 'invalid', /not one controlled/],
    ['that is beside the issuer', () => found(served(method, id), document, 'https://example.org/k'), 'invalid', /./],
  ])('%s is none', (_name, answer, kind, reason) => {
    expect(answer()).toEqual({ ok: false, kind, reason: expect.stringMatching(reason) });
  }); // prettier-ignore
});

describe('the keys of a token', () => {
  const set = (...keys: readonly unknown[]) => served({ keys }, jwks);
  const own = { ...jwk, kid: `${web}#k` };

  it('of an https issuer are those of its host that name it, by kid and for signing with this algorithm', () => {
    const of = (kid: string | null, alg: string, ...keys: readonly unknown[]) =>
      jwtKeysOf(asked(kid, alg), web, fetched(web, undefined, { [jwks]: set(...keys) }));
    const mine = { ...jwk, iss: web, kid: 'k' };
    expect(of(null, 'ES256', mine)).toEqual({ ok: true, keys: [mine] });
    expect(of('k', 'ES256', mine, { ...mine, kid: 'j' }, 'x')).toEqual({ ok: true, keys: [mine] });
    expect(of('j', 'ES256', mine)).toEqual({ ok: true, keys: [] });
    for (const other of [{ use: 'enc' }, { alg: 'RS256' }])
      expect(of('k', 'ES256', { ...mine, ...other })).toEqual({ ok: true, keys: [] });
    for (const same of [{ use: 'sig' }, { alg: 'ES256' }])
      expect(of('k', 'ES256', { ...mine, ...same })).toMatchObject({ keys: [same] });
    expect(of('k', 'ES256', { ...mine, iss: did })).toEqual({ ok: true, keys: [] });
  });

  it.each<[string, Fetched | FetchFailure | undefined, string, RegExp]>([
    ['was not looked up', undefined, 'unsupported', /no keys can be looked up/],
    ['was not had', gone, 'could-not-resolve', /asleep/],
    ['is given by another host', served({ keys: [own] }, 'https://evil.example/x'), 'could-not-resolve', /no JWK Set/],
    ['is no JSON', served('{', jwks), 'could-not-resolve', /no JWK Set/],
    ['is a list', served([own], jwks), 'could-not-resolve', /no JWK Set/],
    ['has no list of keys', served({ keys: own }, jwks), 'could-not-resolve', /no JWK Set/],
  ])('are none while the set of the host %s', (_name, answer, kind, reason) => {
    const found = jwtKeysOf(asked(), web, fetched(web, undefined, answer === undefined ? {} : { [jwks]: answer }));
    expect(found).toEqual({ ok: false, kind, reason: expect.stringMatching(reason) });
  }); // prettier-ignore

  it('are none of an issuer that names no place', () => {
    const found = jwtKeysOf(asked(), 'urn:x', fetched('urn:x', undefined, { [jwks]: set(own) }));
    expect(found).toEqual({ ok: false, kind: 'unsupported', reason: expect.stringContaining('urn:x') });
  });

  it('at an address below an https issuer is the key there, or the method that the issuer lists', () => {
    const kid = `${web}/k`;
    const of = (at: Fetched | FetchFailure | undefined, document?: unknown, hostSet: Fetched | FetchFailure = set()) =>
      jwtKeysOf(asked(kid), web, fetched(web, document, { [jwks]: hostSet, ...(at && { [kid]: at }) }));
    expect(of(served(jwk, kid))).toEqual({ ok: true, keys: [jwk] });
    expect(of(served(jwk, kid), undefined, gone)).toEqual({ ok: true, keys: [jwk] });
    // Another's, or for something else: the set of the host, which has none, has the last word.
    for (const other of [{ kid: 'j' }, { iss: did }, { use: 'enc' }])
      expect(of(served({ ...jwk, ...other }, kid))).toEqual({ ok: true, keys: [] });
    expect(of(served({ ...jwk, iss: did }, kid), undefined, gone)).toMatchObject({ kind: 'could-not-resolve' });
    expect(of(gone)).toEqual({ ok: false, kind: 'could-not-resolve', reason: gone.reason });
    expect(of(served('{', kid))).toMatchObject({ kind: 'could-not-resolve' });

    const method = { id: kid, controller: web, type: 'JsonWebKey', publicKeyJwk: jwk };
    const listed = { id: web, assertionMethod: [kid] };
    expect(of(served(method, kid), listed)).toEqual({ ok: true, keys: [jwk] });
    expect(of(served(method, kid), { id: web, assertionMethod: [] })).toEqual({ ok: true, keys: [] });
    expect(of(served({ ...method, revoked: '2026-01-01T00:00:00Z' }, kid), listed)).toEqual({ ok: true, keys: [] });
    expect(of(served(method, kid))).toMatchObject({ ok: false, kind: 'could-not-resolve' });
  }); // prettier-ignore

  it('of a controller document are those that it lists for this, neither withdrawn nor another’s', () => {
    const method = { id: '#k', type: 'JsonWebKey', publicKeyJwk: jwk };
    const of = (change: JsonObject, kid: string | null = null, purpose?: 'authentication') => {
      const document = { id: did, verificationMethod: [{ ...method, ...change }], assertionMethod: ['#k'] };
      return jwtKeysOf(asked(kid), did, fetched(did, document), purpose);
    };
    expect(of({})).toEqual({ ok: true, keys: [jwk] });
    expect(of({ controller: did }, '#k')).toEqual({ ok: true, keys: [jwk] });
    expect(of({}, `${did}#k`)).toEqual({ ok: true, keys: [jwk] });
    const none = { ok: true, keys: [] };
    expect(of({}, '#j')).toEqual(none);
    expect(of({ controller: 'did:web:b.org' })).toEqual(none);
    expect(of({ revoked: '2026-01-01T00:00:00Z' })).toEqual(none);
    expect(of({ publicKeyJwk: { ...jwk, alg: 'RS256' } })).toEqual(none);
    expect(of({ publicKeyJwk: undefined })).toEqual(none);
    expect(of({}, null, 'authentication')).toEqual(none);
    expect(jwtKeysOf(asked(), did, fetched(did))).toMatchObject({ ok: false, kind: 'could-not-resolve' });
    // An https issuer’s too, when kid is a part of its id: then its host’s set is not asked.
    const document = { id: web, verificationMethod: [{ ...method, id: `${web}#k` }], assertionMethod: [`${web}#k`] };
    expect(jwtKeysOf(asked(`${web}#k`), web, fetched(web, document))).toEqual({ ok: true, keys: [jwk] });
  }); // prettier-ignore
});
