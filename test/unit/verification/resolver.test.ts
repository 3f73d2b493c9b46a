import { describe, expect, it } from '@jest/globals';
import {
  composeResolver,
  didWebUrl,
  issuerDomain,
  issuerPlace,
  type LocalResolver,
  type Outbound,
} from '../../../src/verification/index.js';

describe('a did:web', () => {
  it.each([
    ['did:web:example.org', 'https://example.org/.well-known/did.json'],
    ['did:web:example.org:issuers:westfield', 'https://example.org/issuers/westfield/did.json'],
    ['did:web:example.org%3A8443:a', 'https://example.org:8443/a/did.json'],
    ['did:web:localhost%3A3000:issuers:w', 'http://localhost:3000/issuers/w/did.json'],
    ['did:web:example.org:..:admin', undefined],
    ['did:web:example.org:%2e%2e:admin', undefined],
    ['did:web:example.org:a%2Fb', undefined],
    ['did:web:user%40example.org', undefined],
    ['did:web:example.org%2Fpath', undefined],
    ['did:web:', undefined],
    ['did:web:example.org:', undefined],
    ['did:web:[::1]', undefined],
    ['did:ion:abc', undefined],
  ])('%s is at %s', (did, url) => {
    expect(didWebUrl(did)).toBe(url);
  });
});

describe('the domain that is shown', () => {
  it.each([
    ['did:web:credentials.Example.org:issuers:w', 'credentials.example.org'],
    ['did:web:localhost%3A3000:issuers:w', 'localhost:3000'],
    ['https://issuer.example.org:8443/profiles/1', 'issuer.example.org:8443'],
    ['did:key:z6Mk', 'did:key:z6Mk'],
    ['urn:uuid:1', 'urn:uuid:1'],
  ])('of %s is %s', (id, domain) => {
    expect(issuerDomain(id)).toBe(domain);
  });
});

describe('the place of an issuer on its host', () => {
  it.each([
    ['did:web:University.example:~eve', 'university.example/~eve'],
    ['did:web:files.example:eve:badges', 'files.example/eve/badges'],
    ['did:web:university.example', 'university.example'],
    ['did:web:localhost%3A3000:issuers:w', 'localhost:3000/issuers/w'],
    ['https://university.example/~eve/', 'university.example/~eve'],
    ['https://university.example/profile?user=eve', 'university.example/profile?user=eve'],
    ['https://university.example/', 'university.example'],
    ['did:web:evil.example%20%28Famous%29:a', 'did:web:evil.example%20%28Famous%29:a'],
    ['did:key:z6Mk', 'did:key:z6Mk'],
  ])('of %s is %s', (id, place) => {
    expect(issuerPlace(id)).toBe(place);
  });
});

describe('the composed resolver', () => {
  const asked: { url: string; accept: readonly string[] }[] = [];
  const outbound: Outbound = {
    get: async (url, { accept }) => {
      asked.push({ url, accept });
      if (url.endsWith('/absent/did.json')) return { ok: false, kind: 'absent', reason: 'no' };
      return {
        ok: true,
        bytes: Buffer.from(url.includes('broken') ? '{' : '{"id":"did:web:far.example"}'),
        mediaType: 'application/json',
        url,
      };
    },
  };
  const local: LocalResolver = {
    did: async (did) => (did === 'did:web:our.example' ? { ok: true, document: { id: did } } : undefined),
    resource: async ({ url }) =>
      url.startsWith('https://our.example/')
        ? { ok: true, bytes: Buffer.from('ours'), mediaType: 'application/json', url }
        : undefined,
    standing: async (id) =>
      id.startsWith('https://our.example/') ? { ok: false, kind: 'absent', reason: 'no record' } : undefined,
  };
  const resolver = composeResolver(local, outbound);

  it('answers for our own hosts without going out', async () => {
    asked.length = 0;
    expect(await resolver.did('did:web:our.example')).toMatchObject({ ok: true });
    for (const get of [resolver.statusList, resolver.keys, resolver.schema])
      expect(await get('https://our.example/x')).toMatchObject({ ok: true });
    expect(await resolver.resource({ url: 'https://our.example/x' })).toMatchObject({ ok: true });
    expect(await resolver.standing('https://our.example/c/1', 'did:web:our.example')).toMatchObject({
      kind: 'absent',
    });
    expect(asked).toEqual([]);
  });

  it('goes out for others, saying what will do', async () => {
    asked.length = 0;
    expect(await resolver.did('did:web:far.example')).toEqual({
      ok: true,
      document: { id: 'did:web:far.example' },
      url: 'https://far.example/.well-known/did.json',
    });
    await resolver.statusList('https://far.example/list');
    await resolver.resource({ url: 'https://far.example/q', mediaType: 'text/csv' });
    expect(asked.map(({ url }) => url)).toEqual([
      'https://far.example/.well-known/did.json',
      'https://far.example/list',
      'https://far.example/q',
    ]);
    expect(asked[1]?.accept).toContain('application/vc');
    expect(asked[2]?.accept).toContain('text/csv');
    expect(await resolver.standing('https://far.example/c/1', 'did:web:far.example')).toEqual({
      ok: false,
      kind: 'not-asked',
    });
  });

  it('tells apart what is absent, broken and not looked up', async () => {
    expect(await resolver.did('did:web:far.example:absent')).toMatchObject({ ok: false, kind: 'absent' });
    expect(await resolver.did('did:web:broken.example')).toMatchObject({ ok: false, kind: 'unreachable' });
    expect(await resolver.did('did:ion:abc')).toMatchObject({ ok: false, kind: 'refused' });
    expect(await resolver.did('did:key:znonsense')).toMatchObject({ ok: false, kind: 'refused' });
  });

  it('expands did:key and did:jwk from themselves', async () => {
    asked.length = 0;
    const key = 'z6MkkPhvL6C54awAyRHa6voyBpZ486rij8jwiK8Rv6XtQFyE';
    expect(await resolver.did(`did:key:${key}`)).toMatchObject({
      ok: true,
      document: { id: `did:key:${key}` },
    });
    const jwk = Buffer.from(
      JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }),
    ).toString('base64url');
    expect(await resolver.did(`did:jwk:${jwk}`)).toMatchObject({ ok: true });
    expect(asked).toEqual([]);
  });
});
