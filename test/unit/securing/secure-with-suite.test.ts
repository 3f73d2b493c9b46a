import { createPrivateKey, sign, verify as verifySignature, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { compactVerify, importJWK } from 'jose';
import {
  didKeySigner,
  newDidKey,
  parseMultikey,
  proofKeyTypes,
  secureAsVcJwt,
  secureWithSuite,
  verifyDataIntegrityProof,
  type JsonObject,
  type KeyAlgorithm,
  type ProofKeyType,
  type ProofSuite,
  type Signer,
} from '../../../src/securing/index.js';
import { decodeBase58 } from '../../../src/securing/base58.js';
import { custody, now, resolving } from './support.js';

interface Vector {
  readonly signed: JsonObject & { readonly proof: JsonObject };
  readonly combinedHash?: string;
}
const vectors = JSON.parse(
  readFileSync(new URL('vectors/w3c-data-integrity.json', import.meta.url), 'utf8'),
) as {
  readonly keyPair: { readonly publicKeyMultibase: string; readonly privateKeyMultibase: string };
  readonly [name: string]: unknown;
};

const aVector = (name: string): Vector => vectors[name] as Vector;

/** A signer for the method of a vector that signs by `how` and keeps what it was given. */
function recording(
  proof: JsonObject,
  algorithm: KeyAlgorithm,
  how: (bytes: Uint8Array) => Uint8Array,
): { readonly signer: Signer; readonly given: string[] } {
  const method = String(proof['verificationMethod']);
  const given: string[] = [];
  return {
    given,
    signer: {
      verificationMethod: method,
      controller: method.split('#')[0]!,
      algorithm,
      publicJwk: parseMultikey(method.split('#')[1])!,
      sign: async (bytes) => {
        given.push(Buffer.from(bytes).toString('hex'));
        return how(bytes);
      },
    },
  };
}

/** With the Ed25519 key pair of the W3C vectors, which anyone may use. */
function withVectorKey(bytes: Uint8Array): Uint8Array {
  const publicJwk = parseMultikey(vectors.keyPair.publicKeyMultibase) as {
    kty: 'OKP';
    crv: string;
    x: string;
  };
  const d = Buffer.from(decodeBase58(vectors.keyPair.privateKeyMultibase.slice(1))!.slice(2));
  const key = createPrivateKey({ key: { ...publicJwk, d: d.toString('base64url') }, format: 'jwk' });
  return new Uint8Array(sign(null, bytes, key));
}

const aDidKey = async (keyType: ProofKeyType) =>
  didKeySigner(custody, await newDidKey(custody, keyType, 'test'));

function unsigned(signed: JsonObject): JsonObject {
  const { proof: _proof, ...credential } = signed;
  return credential;
}

const credential11: JsonObject = {
  '@context': ['https://www.w3.org/2018/credentials/v1'],
  id: 'urn:uuid:0f0f3c1a-55ce-4c0e-8b43-2f6a2d3b9a01',
  type: ['VerifiableCredential'],
  issuanceDate: '2026-11-01T00:00:00Z',
  credentialSubject: { id: 'did:example:abcdefgh' },
};
const credential20: JsonObject = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: 'urn:uuid:0f0f3c1a-55ce-4c0e-8b43-2f6a2d3b9a02',
  type: ['VerifiableCredential'],
  credentialSubject: { id: 'did:example:abcdefgh', name: 'Alice' },
};

const everyPair = (Object.keys(proofKeyTypes) as ProofKeyType[]).flatMap((keyType) =>
  proofKeyTypes[keyType].suites.flatMap((suite): (readonly [ProofKeyType, ProofSuite, string])[] => [
    [keyType, suite, '1.1'],
    ...(suite === 'Ed25519Signature2020' ? [] : [[keyType, suite, '2.0'] as const]),
  ]),
);

describe('a credential that is signed with a suite of choice', () => {
  it.each([
    ['eddsaRdfc2022', 'eddsa-rdfc-2022'],
    ['eddsaJcs2022', 'eddsa-jcs-2022'],
    ['ed25519Signature2020', 'Ed25519Signature2020'],
  ] as const)('is the W3C test vector %s, value for value', async (name, suite) => {
    const { signed } = aVector(name);
    const { signer } = recording(signed.proof, 'Ed25519', withVectorKey);
    const made = await secureWithSuite({
      credential: unsigned(signed),
      suite,
      signer,
      created: String(signed.proof['created']),
    });
    expect(made).toEqual(signed);
  });

  it.each([
    ['ecdsaRdfc2019P256', 'ES256', 'sha256'],
    ['ecdsaRdfc2019P384', 'ES384', 'sha384'],
  ] as const)(
    'is the W3C test vector %s: the same bytes are signed, and the vector’s signature, which has a nonce, is written the same',
    async (name, algorithm, hash) => {
      const { signed, combinedHash } = aVector(name);
      const signature = decodeBase58(String(signed.proof['proofValue']).slice(1))!;
      const { signer, given } = recording(signed.proof, algorithm, () => signature);
      const made = await secureWithSuite({
        credential: unsigned(signed),
        suite: 'ecdsa-rdfc-2019',
        signer,
        created: String(signed.proof['created']),
      });
      expect(given).toEqual([combinedHash]);
      expect(made).toEqual(signed);
      const key = createPublicKey({ key: { ...signer.publicJwk }, format: 'jwk' });
      expect(
        verifySignature(
          hash,
          Buffer.from(combinedHash!, 'hex'),
          { key, dsaEncoding: 'ieee-p1363' },
          signature,
        ),
      ).toBe(true);
    },
  );

  it.each(everyPair)('verifies: a key of %s with %s, data model %s', async (keyType, suite, version) => {
    const signer = await aDidKey(keyType);
    const credential = { ...(version === '1.1' ? credential11 : credential20), issuer: signer.controller };
    const made = await secureWithSuite({ credential, suite, signer, created: now });
    const check = (document: JsonObject) =>
      verifyDataIntegrityProof({ document, now, resolveVerificationMethod: resolving() });
    expect(await check(made)).toMatchObject({ ok: true, suite, controller: signer.controller });
    const altered = { ...made, credentialSubject: { id: 'did:example:somebody-else' } };
    expect(await check(altered)).toMatchObject({ ok: false, kind: 'invalid' });
  });

  it('keeps what it was given, and adds the context that defines the proof where data model 1.1 has none', async () => {
    const signer = await aDidKey('Ed25519');
    const credential = { ...credential11, issuer: signer.controller };
    const before = structuredClone(credential);
    const made = await secureWithSuite({ credential, suite: 'Ed25519Signature2020', signer, created: now });
    expect(credential).toEqual(before);
    expect(made['@context']).toEqual([
      'https://www.w3.org/2018/credentials/v1',
      'https://w3id.org/security/suites/ed25519-2020/v1',
    ]);
  });

  it.each(everyPair.filter(([, , version]) => version === '2.0'))(
    'is not made, with a key of %s and %s, from a document with a term that nothing defines',
    async (keyType, suite) => {
      const signer = await aDidKey(keyType);
      const credential = { ...credential20, issuer: signer.controller, evidense: 'x' };
      await expect(secureWithSuite({ credential, suite, signer, created: now })).rejects.toMatchObject({
        code: 'rule-violated',
        message: expect.stringContaining('"evidense"'),
      });
    },
  );

  it('is not made with a key of another kind, nor over a proof', async () => {
    const signer = await aDidKey('P-256');
    const credential = { ...credential20, issuer: signer.controller };
    await expect(
      secureWithSuite({ credential, suite: 'eddsa-rdfc-2022', signer, created: now }),
    ).rejects.toMatchObject({ code: 'rule-violated', message: expect.stringContaining('P-256') });
    await expect(
      secureWithSuite({
        credential: { ...credential, proof: [] },
        suite: 'ecdsa-rdfc-2019',
        signer,
        created: now,
      }),
    ).rejects.toMatchObject({ code: 'rule-violated', message: expect.stringContaining('proof') });
  });
});

describe('a credential signed as vc+jwt', () => {
  it.each([
    ['Ed25519', 'EdDSA'],
    ['P-256', 'ES256'],
    ['P-384', 'ES384'],
  ] as const)(
    'is the credential itself under a header that says so, with a key of %s',
    async (keyType, alg) => {
      const signer = await aDidKey(keyType);
      const credential = { ...credential20, issuer: signer.controller };
      const token = await secureAsVcJwt({ credential, signer });
      const { payload, protectedHeader } = await compactVerify(
        token,
        await importJWK({ ...signer.publicJwk }, alg),
      );
      expect(protectedHeader).toEqual({ alg, kid: signer.verificationMethod, typ: 'vc+jwt', cty: 'vc' });
      expect(JSON.parse(Buffer.from(payload).toString('utf8'))).toEqual({
        ...credential,
        iss: signer.controller,
        jti: credential20['id'],
        sub: 'did:example:abcdefgh',
      });
    },
  );

  it('is held to JSON-LD safe mode too, though it signs JSON', async () => {
    const signer = await aDidKey('Ed25519');
    const credential = { ...credential20, issuer: signer.controller, evidense: 'x' };
    await expect(secureAsVcJwt({ credential, signer })).rejects.toMatchObject({ code: 'rule-violated' });
  });
});
