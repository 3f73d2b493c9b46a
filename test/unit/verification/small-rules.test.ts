import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/securing/index.js';
import { sizeFault } from '../../../src/verification/index.js';
import { english, say } from '../../../src/verification/messages.js';
import { canonicalObSchemas, obSchema, obSchemaFor } from '../../../src/verification/ob-schema.js';
import type { ReadCredential } from '../../../src/verification/reading.js';
import { rememberedList, rememberList } from '../../../src/verification/remembered-lists.js';
import { pinnedIn } from '../../../src/verification/resources.js';
import { standingUrl } from '../../../src/verification/standing.js';

/** Rules of single functions that no verdict shows alone. */
describe('the lists whose signature held', () => {
  const keys = { controllers: new Map(), keys: new Map() };
  const megabyte = 1024 * 1024;
  const list = (secured: object = { kind: 'jwt' }) => ({ secured }) as unknown as ReadCredential;

  it('are at most 8 MiB together, of which the least lately used leave first', () => {
    const [a, b, c] = [list(), list(), list()];
    rememberList('small:a', a, 4 * megabyte, keys);
    rememberList('small:b', b, 4 * megabyte, keys);
    expect([rememberedList('small:b'), rememberedList('small:a')]).toEqual([b, a]);
    rememberList('small:c', c, megabyte, keys);
    expect([rememberedList('small:a'), rememberedList('small:b'), rememberedList('small:c')]).toEqual([a, undefined, c]);
    // Of two that were judged at the same time the second takes no room.
    rememberList('small:a', list(), 4 * megabyte, keys);
    rememberList('small:d', list(), 3 * megabyte, keys);
    expect(rememberedList('small:a')).toBe(a);
    expect(rememberedList('small:c')).toBe(c);
  }); // prettier-ignore

  it('are none whose proof ends, that nobody signed, or whose issuer has a key that is revoked', () => {
    const revoked = new Map([['did:web:a.org', { ok: true, document: { verificationMethod: [{ revoked: 'x' }] } } as const]]);
    rememberList('small:e', list({ kind: 'proofs', proofs: [{}, { expires: 'x' }] }), 1, keys);
    rememberList('small:f', list({ kind: 'none' }), 1, keys);
    rememberList('small:g', list(), 1, { ...keys, controllers: revoked });
    for (const name of ['e', 'f', 'g']) expect(rememberedList(`small:${name}`)).toBeUndefined();
  }); // prettier-ignore
});

describe('what is too large before it is signed', () => {
  it.each<[string, object, RegExp | undefined]>([
    ['nothing', {}, undefined],
    ['a text', { a: 'x'.repeat(64 * 1024) }, /^is \d+ bytes; more than 64512 before signing/],
    ['values', { a: Array.from({ length: 4000 }, () => 1) }, /^has more than 3976 values/],
    ['levels', JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) as object, /^is more than 32 levels deep/],
  ])('is told of %s', (_name, unsecured, expected) => {
    if (expected === undefined) expect(sizeFault(unsecured)).toBeUndefined();
    else expect(sizeFault(unsecured)).toMatch(expected);
  });
});

describe('where a foreign issuer says how a credential stands', () => {
  const origin = 'https://example.org';
  const id = `${origin}/c/abc`;
  const found = (serviceEndpoint: unknown, of = id, type: unknown = 'TouchstoneStanding') =>
    standingUrl(of, { ok: true, document: { service: [{ type, serviceEndpoint }] } });
  it('is at the endpoint of its document, on the credential’s own origin', () => {
    expect(found(`${origin}/c/`)).toBe(`${origin}/c/abc/standing`);
    expect(found(`${origin}/c/`, id, ['Other', 'TouchstoneStanding'])).toBe(`${origin}/c/abc/standing`);
  });
  it.each<[string, () => string | undefined]>([
    ['at an endpoint that is no text', () => found({ uri: `${origin}/c/` })],
    ['at one that is no address', () => found('/c/')],
    ['at another origin', () => found('https://example.net/c/')],
    ['of a credential whose id has no name at its end', () => found(`${origin}/c/`, `${origin}/c/`)],
    ['of a credential whose id is no address', () => found(`${origin}/c/`, 'abc')],
    ['by a service of another type', () => found(`${origin}/c/`, id, 'Other')],
    ['without a document', () => standingUrl(id, undefined)],
    ['in a document that is none', () => standingUrl(id, { ok: true, document: [] })],
  ])('is nowhere %s', (_name, place) => {
    expect(place()).toBeUndefined();
  });
});

describe('what a credential pins', () => {
  it('is what has an address, and of its evidence what is a credential at one', () => {
    const document = {
      relatedResource: [{ digestSRI: 'sha384-x' }, { id: 'https://example.org/a', digestSRI: 'sha384-x' }, 'https://example.org/b'],
      evidence: [
        { id: 'https://example.org/c', mediaType: 'application/vc', digestMultibase: 'uIDA' },
        { id: 'urn:uuid:1', mediaType: 'application/vc' },
        { id: 'https://example.org/d', mediaType: 'text/html' },
      ],
    } as unknown as JsonObject;
    expect(pinnedIn(document)).toEqual([
      { url: 'https://example.org/a', isComponent: false, digestSRI: 'sha384-x' },
      { url: 'https://example.org/c', isComponent: true, mediaType: 'application/vc', digestMultibase: 'uIDA' },
    ]);
  }); // prettier-ignore
});

describe('a message', () => {
  it('has what was said already as it was said, and facts on one line, cut', () => {
    const reason = `It “is” so:\n${'x'.repeat(500)}`;
    expect(say(english, 'sentence.not-genuine', {}, { reason })).toBe(`Not genuine: ${reason}`);
    const cut = say(english, 'sentence.not-genuine', { reason });
    expect(cut).not.toContain('\n');
    expect(cut.length).toBeLessThan(430);
    expect(say(english, 'sentence.name', { issuerName: 'A” B' })).toMatch(/“[^“”]*A' B[^“”]*”\.$/);
  });
});

describe('the schemas of 1EdTech', () => {
  it('are answered here, the same each time, and on the data model 1.1 with its words', () => {
    const [address] = canonicalObSchemas;
    expect(obSchemaFor(address)).toBe(obSchema());
    expect(obSchemaFor('https://example.org/schema')).toBeUndefined();
    const newer = obSchema('achievement', '2.0') as { required: string[]; properties: Record<string, unknown> };
    const older = obSchema('achievement', '1.1') as typeof newer;
    expect(newer.required).toContain('validFrom');
    expect(older.required).toEqual(newer.required.map((name) => (name === 'validFrom' ? 'issuanceDate' : name)));
    expect(Object.keys(older.properties)).toEqual(expect.arrayContaining(['issuanceDate', 'expirationDate', 'issuer']));
    expect(JSON.stringify(newer)).toContain('https://www.w3.org/ns/credentials/v2');
    expect(JSON.stringify(older)).not.toContain('https://www.w3.org/ns/credentials/v2');
    expect(JSON.stringify(older)).toContain('https://www.w3.org/2018/credentials/v1');
  }); // prettier-ignore
});
