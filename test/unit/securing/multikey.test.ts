import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { decodeBase58, encodeBase58 } from '../../../src/securing/base58.js';
import { digestMultibaseSha384, hashedIdentity, sha256Hex } from '../../../src/securing/digest.js';
import {
  didJwkDocument,
  didKeyDocument,
  findVerificationMethod,
  isListedFor,
  keyOfMethod,
  parseMultikey,
  readPublicJwk,
  toMultikey,
  type JsonObject,
  type PublicJwk,
} from '../../../src/securing/index.js';

describe('base58', () => {
  // The vectors of draft-msporny-base58-03, section 5.
  it.each([
    ['48656c6c6f20576f726c6421', '2NEpo7TZRRrLZSi2U'],
    [
      '54686520717569636b2062726f776e20666f78206a756d7073206f76657220746865206c617a7920646f672e',
      'USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z',
    ],
    ['0000287fb4cd', '11233QC4'],
  ])('writes and reads %s', (hex, text) => {
    expect(encodeBase58(Buffer.from(hex, 'hex'))).toBe(text);
    expect(Buffer.from(decodeBase58(text)!).toString('hex')).toBe(hex);
  });

  it('reads nothing that holds a letter outside its alphabet, or is longer than any key', () => {
    expect(decodeBase58('abc0')).toBeUndefined();
    expect(decodeBase58('abc ')).toBeUndefined();
    expect(decodeBase58('2'.repeat(1025))).toBeUndefined();
  });
});

describe('a Multikey', () => {
  it.each(['Ed25519', 'P-256', 'P-384'])('of %s comes back as the same key', (curve) => {
    for (let i = 0; i < 8; i += 1) {
      const { publicKey } =
        curve === 'Ed25519'
          ? generateKeyPairSync('ed25519')
          : generateKeyPairSync('ec', { namedCurve: curve });
      const jwk = readPublicJwk(publicKey.export({ format: 'jwk' }))!;
      const text = toMultikey(jwk)!;
      expect(text.slice(0, 4)).toMatch(curve === 'Ed25519' ? /^z6Mk/ : curve === 'P-256' ? /^zDna/ : /^z82L/);
      expect(parseMultikey(text)).toEqual(jwk);
    }
  });

  it('is not read from another encoding, a cut key, or a point off the curve', () => {
    const good = 'zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv';
    expect(parseMultikey(good)).toMatchObject({ crv: 'P-256' });
    expect(parseMultikey(good.slice(0, -1))).toBeUndefined();
    expect(parseMultikey(`u${good.slice(1)}`)).toBeUndefined();
    const off = Buffer.concat([Buffer.from([0x80, 0x24, 2]), Buffer.alloc(32, 0xff)]);
    expect(parseMultikey(`z${encodeBase58(off)}`)).toBeUndefined();
    expect(parseMultikey(7)).toBeUndefined();
  });

  it('is not written of a coordinate that is too short or too long, nor of RSA', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const jwk = publicKey.export({ format: 'jwk' }) as PublicJwk;
    for (const length of [31, 33])
      expect(
        toMultikey({ ...jwk, x: Buffer.alloc(length, 7).toString('base64url') } as PublicJwk),
      ).toBeUndefined();
    expect(toMultikey({ kty: 'RSA', n: 'AQAB', e: 'AQAB' })).toBeUndefined();
  });
});

describe('a JWK', () => {
  it.each<[string, object]>([
    ['of a shared secret', { kty: 'oct', k: 'AQAB', n: 'AQAB', e: 'AQAB' }],
    ['of another curve', { kty: 'EC', crv: 'secp256k1', x: 'AQAB', y: 'AQAB' }],
    ['of P-256 without y', { kty: 'EC', crv: 'P-256', x: 'AQAB' }],
    ['of Ed25519 without x', { kty: 'OKP', crv: 'Ed25519' }],
    ['of X25519', { kty: 'OKP', crv: 'X25519', x: 'AQAB' }],
    ['of RSA without n', { kty: 'RSA', e: 'AQAB' }],
    ['of RSA with an e that is no base64url', { kty: 'RSA', n: 'AQAB', e: 'AQ+B' }],
    ['that is a list', [{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }]],
  ])('%s is none that is used', (_name, jwk) => {
    expect(readPublicJwk(jwk)).toBeUndefined();
  });
});

describe('a verification method', () => {
  const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
  const method = { id: '#k', type: 'JsonWebKey', publicKeyJwk: key };
  const document = {
    id: 'did:web:example.org',
    verificationMethod: [7, {}, method],
    assertionMethod: [7, {}, '#k'],
  };
  const id = 'did:web:example.org#k';

  it('is found and listed by its absolute id, whatever else stands beside it', () => {
    expect(findVerificationMethod(document, id)).toMatchObject({
      ok: true,
      method: { id, controller: document.id },
    });
    expect(isListedFor(document, 'assertionMethod', id)).toBe(true);
    expect(isListedFor(document, 'authentication', id)).toBe(false);
    expect(isListedFor({ ...document, assertionMethod: { id } }, 'assertionMethod', id)).toBe(true);
  });

  it('is none of a document without an id, nor one that is not in it', () => {
    for (const [of, reason] of [
      [{ ...document, id: undefined }, 'has no id'],
      [{ id: document.id }, 'is not in'],
    ] as const)
      expect(findVerificationMethod(of as JsonObject, id)).toMatchObject({
        ok: false,
        kind: 'invalid',
        reason: expect.stringContaining(reason),
      });
  });

  it('has the key that goes with its type, and none of an unknown type', () => {
    expect(keyOfMethod(method)).toEqual(key);
    const multikey = toMultikey(key as PublicJwk)!;
    for (const type of ['Multikey', 'Ed25519VerificationKey2020'])
      expect(keyOfMethod({ type, publicKeyMultibase: multikey })).toEqual(key);
    const p256 = 'zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv';
    expect(keyOfMethod({ type: 'Ed25519VerificationKey2020', publicKeyMultibase: p256 })).toBeUndefined();
    expect(keyOfMethod({ ...method, type: 'EcdsaSecp256k1VerificationKey2019' })).toBeUndefined();
  });
});

describe('did:key and did:jwk', () => {
  // Identifiers of the did:key method specification's test vectors.
  it.each([
    ['did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp', 'OKP'],
    ['did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv', 'EC'],
    ['did:key:z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9', 'EC'],
  ])('expands %s to one Multikey', (did, kty) => {
    const id = `${did}#${did.slice('did:key:'.length)}`;
    expect(didKeyDocument(did)).toMatchObject({
      id: did,
      verificationMethod: [{ id, type: 'Multikey', controller: did }],
      assertionMethod: [id],
    });
    expect(parseMultikey(did.slice('did:key:'.length))).toMatchObject({ kty });
  });

  it('expands no did:key of another curve and no other method', () => {
    expect(didKeyDocument('did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme')).toBeUndefined();
    expect(didKeyDocument('did:web:example.org')).toBeUndefined();
    expect(didKeyDocument('did:key:')).toBeUndefined();
  });

  it('expands did:jwk to its JWK as #0, and none that carries a private key or is no key', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const did = (value: unknown): string =>
      `did:jwk:${Buffer.from(JSON.stringify(value)).toString('base64url')}`;
    const jwk = publicKey.export({ format: 'jwk' });
    expect(didJwkDocument(did(jwk))).toMatchObject({
      verificationMethod: [
        { id: `${did(jwk)}#0`, publicKeyJwk: { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y } },
      ],
    });
    expect(didJwkDocument(did(privateKey.export({ format: 'jwk' })))).toBeUndefined();
    expect(didJwkDocument(did([1]))).toBeUndefined();
    expect(didJwkDocument('did:jwk:e')).toBeUndefined();
  });
});

describe('digests', () => {
  it('are the known ones of known texts', () => {
    // FIPS 180-2, appendix B.1 and D.1: "abc".
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(Buffer.from(digestMultibaseSha384('abc').slice(1), 'base64url').toString('hex')).toBe(
      '2030cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
    );
    expect(digestMultibaseSha384('abc')).toMatch(/^uIDD[A-Za-z0-9_-]+$/);
  });

  it('hash an identity with the salt behind it', () => {
    expect(hashedIdentity('a@example.org', 'salt')).toBe(`sha256$${sha256Hex('a@example.orgsalt')}`);
  });
});
