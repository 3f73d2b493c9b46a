import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, importJWK, SignJWT, type JWK } from 'jose';
import {
  jwks,
  parseStrictJson,
  readCompactJwt,
  secureAsJwt,
  signCompactJws,
  verifyCompactJwt,
  type JsonObject,
  type Signer,
} from '../../../src/securing/index.js';
import { signBytes } from '../../../src/securing/sign-bytes.js';
import { aCredential, issuer, now, someSigner } from './support.js';

function signerOf(algorithm: 'RS256' | 'ES256' | 'Ed25519'): Signer {
  const { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject } =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : algorithm === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('ed25519');
  return {
    verificationMethod: `${issuer.did}#jwt-2026-1`,
    controller: issuer.did,
    algorithm,
    publicJwk: publicKey.export({ format: 'jwk' }) as unknown as Signer['publicJwk'],
    sign: async (bytes) => signBytes(algorithm, privateKey, bytes),
  };
}

const keysOf = (...signers: readonly Signer[]) => ({
  resolveKeys: async () =>
    ({ ok: true, keys: signers.map(({ publicJwk }) => publicJwk as unknown as JsonObject) }) as const,
});

const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

describe('a VC-JWT', () => {
  it('has the header and the claims that Open Badges asks for, and the credential without its proof', async () => {
    const signer = await someSigner('jwt');
    const token = await secureAsJwt({
      credential: aCredential({ proof: [{ type: 'DataIntegrityProof' }] }),
      signer,
    });
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: `${issuer.did}#jwt-2026-1` });
    const payload = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
    expect(payload).toEqual({
      ...aCredential(),
      iss: issuer.did,
      jti: 'https://credentials.example.test/c/ab12Xk29dLq0PzRt5VnWy7',
      sub: 'urn:uuid:0f0f3c1a-55ce-4c0e-8b43-2f6a2d3b9a01',
      nbf: Date.parse(now) / 1000,
      exp: Date.parse('2031-11-20T09:00:00Z') / 1000,
    });
  });

  it('has no exp when the credential does not end', async () => {
    const { validUntil: _validUntil, ...credential } = aCredential();
    const token = await secureAsJwt({ credential, signer: signerOf('ES256') });
    expect(JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())).not.toHaveProperty('exp');
  });

  it.each(['RS256', 'ES256', 'Ed25519'] as const)(
    'signed with %s is verified by jose and by us',
    async (algorithm) => {
      const signer = signerOf(algorithm);
      const token = await secureAsJwt({ credential: aCredential(), signer });
      const alg = algorithm === 'Ed25519' ? 'EdDSA' : algorithm;
      const key = await importJWK({ ...signer.publicJwk }, alg);
      await expect(compactVerify(token, key)).resolves.toMatchObject({ protectedHeader: { alg } });
      expect(await verifyCompactJwt({ token, ...keysOf(signer) })).toMatchObject({
        ok: true,
        alg,
        kid: signer.verificationMethod,
        payload: { jti: aCredential()['id'] },
        key: signer.publicJwk,
      });
      const altered = token
        .split('.')
        .with(1, part({ ...aCredential(), name: 'Other' }))
        .join('.');
      expect(await verifyCompactJwt({ token: altered, ...keysOf(signer) })).toMatchObject({
        ok: false,
        kind: 'invalid',
      });
      expect(await verifyCompactJwt({ token, ...keysOf(signerOf(algorithm)) })).toMatchObject({
        ok: false,
        kind: 'invalid',
      });
    },
  );

  it('is verified with the published JWK Set alone', async () => {
    const signer = await someSigner('jwt');
    const token = await secureAsJwt({ credential: aCredential(), signer });
    const key = {
      name: 'jwt-2026-1',
      use: 'jwt',
      algorithm: 'RS256',
      publicJwk: signer.publicJwk,
      publicKeyMultibase: null,
      state: 'active',
    } as const;
    const set = createLocalJWKSet(JSON.parse(JSON.stringify(jwks(issuer.did, [key]))) as { keys: JWK[] });
    await expect(compactVerify(token, set)).resolves.toMatchObject({ protectedHeader: { alg: 'RS256' } });
  });

  it.each<[string, JsonObject]>([
    ['another issuer', { issuer: { id: 'did:web:other.example', type: ['Profile'] } }],
    ['no id', { id: undefined }],
    ['no subject id', { credentialSubject: { type: ['AchievementSubject'] } }],
    ['a fraction of a second', { validFrom: '2026-11-20T09:00:00.5Z' }],
    ['an end that is no time', { validUntil: 'later' }],
  ])('is not made from a credential with %s', async (_what, changes) => {
    await expect(
      secureAsJwt({ credential: aCredential(changes), signer: signerOf('ES256') }),
    ).rejects.toMatchObject({
      code: 'rule-violated',
    });
  });
});

describe('verifying a JWT', () => {
  const signer = signerOf('ES256');
  const signed = (header: JsonObject) =>
    signCompactJws({ header: header as { [member: string]: string }, payload: { iss: issuer.did }, signer });

  it.each<[string, JsonObject]>([
    ['nothing more', {}],
    ['typ JWT', { typ: 'JWT' }],
    ['typ vc+jwt', { typ: 'vc+jwt' }],
    ['cty vc', { cty: 'vc' }],
    ["the issuer's own jwk", { jwk: { ...signer.publicJwk } }],
  ])('accepts a header with %s', async (_what, header) => {
    expect(await verifyCompactJwt({ token: await signed(header), ...keysOf(signer) })).toMatchObject({
      ok: true,
    });
  });

  it.each<[string, JsonObject, 'invalid' | 'unsupported']>([
    ['typ vp+jwt', { typ: 'vp+jwt' }, 'invalid'],
    ['typ at+jwt', { typ: 'at+jwt' }, 'invalid'],
    ['a typ that is no text', { typ: 1 }, 'invalid'],
    ['cty json', { cty: 'json' }, 'invalid'],
    ['crit', { crit: ['b64'], b64: false }, 'invalid'],
    ['an empty crit', { crit: [] }, 'invalid'],
    ['a kid that is no text', { kid: 7 }, 'invalid'],
    ['alg none', { alg: 'none' }, 'invalid'],
    ['alg HS256', { alg: 'HS256' }, 'unsupported'],
    ['alg PS256', { alg: 'PS256' }, 'unsupported'],
    ['alg RS256 over an elliptic key', { alg: 'RS256' }, 'invalid'],
    ['an alg named like a property of every object', { alg: 'toString' }, 'unsupported'],
    ['no alg', { alg: undefined }, 'invalid'],
    ["a jwk that is not the issuer's", { jwk: { ...signerOf('ES256').publicJwk } }, 'invalid'],
    ['a jwk that is no key', { jwk: 'x' }, 'invalid'],
  ])('refuses a header with %s, though the signature fits', async (_what, header, kind) => {
    expect(await verifyCompactJwt({ token: await signed(header), ...keysOf(signer) })).toMatchObject({
      ok: false,
      kind,
    });
  });

  it('refuses a token signed by the key that it brings itself', async () => {
    const attacker = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = attacker.publicKey.export({ format: 'jwk' }) as JWK;
    const token = await new SignJWT({ iss: issuer.did })
      .setProtectedHeader({ alg: 'ES256', jwk })
      .sign(attacker.privateKey);
    expect(await verifyCompactJwt({ token, ...keysOf(signer) })).toMatchObject({
      ok: false,
      kind: 'invalid',
    });
  });

  it('says whether no key is meant, none goes with the algorithm, or the one that does made another signature', async () => {
    const said = async (header: JsonObject, ...signers: readonly Signer[]) =>
      verifyCompactJwt({ token: await signed(header), ...keysOf(...signers) });
    const other = signerOf('ES256');
    expect(await said({ jwk: { ...other.publicJwk } }, signer)).toMatchObject({
      reason: expect.stringContaining("in the token's header is none of"),
    });
    for (const none of [[], [signerOf('RS256')]])
      expect(await said({}, ...none)).toMatchObject({
        reason: expect.stringContaining('has no key for ES256'),
      });
    expect(await said({}, other)).toMatchObject({
      reason: expect.stringContaining('signature does not match'),
    });
  });

  it("refuses HMAC with the issuer's public key as the secret", async () => {
    const secret = Buffer.from(JSON.stringify(signer.publicJwk));
    const token = await new SignJWT({ iss: issuer.did }).setProtectedHeader({ alg: 'HS256' }).sign(secret);
    expect(await verifyCompactJwt({ token, ...keysOf(signer) })).toMatchObject({
      ok: false,
      kind: 'unsupported',
    });
  });

  it.each([
    ['two parts', 'a.b'],
    ['an empty signature', `${part({ alg: 'ES256' })}.${part({})}.`],
    ['padding', `${part({ alg: 'ES256' })}=.${part({})}.AA`],
    ['a header that is no JSON', `${part('{')}.${part({})}.AA`],
    ['a header that is a list', `${part([])}.${part({})}.AA`],
    ['a payload that is text', `${part({ alg: 'ES256' })}.${part('"x"')}.AA`],
    [
      'bytes that are no UTF-8',
      `${part({ alg: 'ES256' })}.${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}.AA`,
    ],
    ['a header member twice', `${part('{"alg":"none","alg":"ES256"}')}.${part({})}.AA`],
    ['a payload member twice', `${part({ alg: 'ES256' })}.${part('{"iss":"a","i\\u0073s":"b"}')}.AA`],
  ])('refuses %s', (_what, token) => {
    expect(readCompactJwt(token)).toMatchObject({ ok: false, kind: 'invalid' });
  });

  it('takes only one spelling of the bytes of a part: base64url whose unused bits are zero', async () => {
    const signer = signerOf('ES256');
    const [header, payload, signature] = (await secureAsJwt({ credential: aCredential(), signer })).split(
      '.',
    );
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const other = `${signature!.slice(0, -1)}${letters[letters.indexOf(signature!.at(-1)!) ^ 1]}`;
    expect(Buffer.from(other, 'base64url').equals(Buffer.from(signature!, 'base64url'))).toBe(true);
    expect(readCompactJwt([header, payload, signature].join('.'))).toMatchObject({ ok: true });
    expect(readCompactJwt([header, payload, other].join('.'))).toMatchObject({ ok: false, kind: 'invalid' });
  });

  it('passes on that the keys could not be found', async () => {
    const answer = { ok: false, kind: 'could-not-resolve', reason: 'no answer' } as const;
    expect(await verifyCompactJwt({ token: await signed({}), resolveKeys: async () => answer })).toEqual(
      answer,
    );
  });
});

describe('strict JSON', () => {
  it.each([
    '{"a":{"b":1},"b":{"a":2},"c":[{"a":1},{"a":2}]}',
    '{"a":"\\"a\\":","b":"{"}',
    '["a","a"]',
    '"x"',
    '{"":1," ":2}',
  ])('reads %s as JSON.parse does', (text) => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"x":[{"a":1,"b":{},"a" : 2}]}',
    '{"a":{},"b":[],"a":0}',
    '{"__proto__":1,"__proto__":2}',
  ])('refuses %s', (text) => {
    expect(() => parseStrictJson(text)).toThrow(/stands twice/);
  });

  it('says that it is no JSON', () => {
    expect(() => parseStrictJson('{a:1}')).toThrow(/no JSON/);
  });
});
