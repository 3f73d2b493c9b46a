import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {
  compactWithOurContexts,
  findVerificationMethod,
  parseMultikey,
  secureCredential,
  verifyDataIntegrityProof,
  type JsonObject,
  type Signer,
} from '../../../src/securing/index.js';
import { decodeBase58 } from '../../../src/securing/base58.js';
import { documentLoader } from '../../../src/securing/document-loader.js';
import { aCredential, documentOf, now, someSigner } from './support.js';

const stock = vc as unknown as {
  verifyCredential(options: object): Promise<{ verified: boolean; error?: { errors?: Error[] } }>;
};

/** Signs with the key pair of the W3C test vectors, which anyone may use. */
function vectorSigner(keyPair: { publicKeyMultibase: string; privateKeyMultibase: string }, did: string) {
  const publicJwk = parseMultikey(keyPair.publicKeyMultibase) as { kty: 'OKP'; crv: 'Ed25519'; x: string };
  const d = Buffer.from(decodeBase58(keyPair.privateKeyMultibase.slice(1))!.slice(2)).toString('base64url');
  const key = createPrivateKey({ key: { ...publicJwk, d }, format: 'jwk' });
  return {
    verificationMethod: `${did}#${did.slice('did:key:'.length)}`,
    controller: did,
    algorithm: 'Ed25519' as const,
    publicJwk,
    sign: async (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, key)),
  };
}

describe('a secured credential', () => {
  it('is what went in, with one proof in an array', async () => {
    const credential = aCredential();
    const before = structuredClone(credential);
    const signer = await someSigner('proof');
    const { proof, ...rest } = await secureCredential({ credential, signer, created: now });
    expect(credential).toEqual(before);
    expect(rest).toEqual(before);
    expect(JSON.stringify(rest)).toBe(JSON.stringify(before));
    expect(proof).toEqual([
      {
        type: 'DataIntegrityProof',
        created: now,
        verificationMethod: signer.verificationMethod,
        cryptosuite: 'eddsa-rdfc-2022',
        proofPurpose: 'assertionMethod',
        proofValue: expect.stringMatching(/^z[1-9A-HJ-NP-Za-km-z]{80,90}$/),
      },
    ]);
  });

  it('has the same bytes each time it is signed with the same key at the same time', async () => {
    const signer = await someSigner('proof');
    const texts = await Promise.all(
      [1, 2, 3].map(async () =>
        JSON.stringify(await secureCredential({ credential: aCredential(), signer, created: now })),
      ),
    );
    expect(new Set(texts).size).toBe(1);
  });

  it('has the proof value that the W3C test vector of eddsa-rdfc-2022 has', async () => {
    const vectors = JSON.parse(
      readFileSync(new URL('vectors/w3c-data-integrity.json', import.meta.url), 'utf8'),
    );
    const expected = vectors.eddsaRdfc2022.signed.proof;
    const signer = vectorSigner(vectors.keyPair, expected.verificationMethod.split('#')[0]);
    const { proof } = await secureCredential({
      credential: vectors.unsigned,
      signer,
      created: expected.created,
    });
    expect(proof[0]).toEqual(expected);
  });

  it("has the proof value that 1EdTech's Open Badges test vector has, and that vector verifies", async () => {
    const vector = JSON.parse(
      readFileSync(new URL('vectors/1edtech-open-badges.json', import.meta.url), 'utf8'),
    );
    const publicJwk = parseMultikey(vector.keyPair.publicKeyMultibase) as {
      readonly kty: 'OKP';
      readonly crv: 'Ed25519';
      readonly x: string;
    };
    const d = Buffer.from(vector.keyPair.seedHex, 'hex').toString('base64url');
    const key = createPrivateKey({ key: { ...publicJwk, d }, format: 'jwk' });
    const signed: string[] = [];
    const signer: Signer = {
      verificationMethod: vector.proof.verificationMethod,
      controller: vector.credential.issuer.id,
      algorithm: 'Ed25519',
      publicJwk,
      sign: async (bytes) => {
        signed.push(Buffer.from(bytes).toString('hex'));
        return new Uint8Array(sign(null, bytes, key));
      },
    };
    const secured = await secureCredential({
      credential: vector.credential,
      signer,
      created: vector.proof.created,
    });
    expect(signed).toEqual([vector.hashData]);
    expect(secured.proof[0]).toEqual(vector.proof);
    const method = {
      id: signer.verificationMethod,
      type: 'Multikey',
      controller: signer.controller,
      publicKeyMultibase: vector.keyPair.publicKeyMultibase,
    };
    const controllerDocument = {
      id: signer.controller,
      verificationMethod: [method],
      assertionMethod: [method.id],
    };
    expect(
      await verifyDataIntegrityProof({
        document: { ...vector.credential, proof: vector.proof },
        now,
        resolveVerificationMethod: async (id) => findVerificationMethod(controllerDocument, id),
      }),
    ).toMatchObject({ ok: true, controller: 'https://example.edu/issuers/565049' });
  });

  it('is accepted by the stock library, and refused by it once any value is altered', async () => {
    const signer = await someSigner('proof');
    const signed = await secureCredential({ credential: aCredential(), signer, created: now });
    const did = documentOf(signer);
    const methods = did['verificationMethod'] as readonly JsonObject[];
    const loader = async (url: string): Promise<object> => {
      if (url === signer.controller) return { document: did };
      const method = methods.find(({ id }) => id === url);
      if (method !== undefined)
        return { document: { '@context': 'https://w3id.org/security/multikey/v1', ...method } };
      return documentLoader(url);
    };
    const verify = (credential: object) =>
      stock.verifyCredential({
        credential,
        suite: new DataIntegrityProof({ cryptosuite }),
        documentLoader: loader,
        now: '2026-12-01T00:00:00Z',
        checkStatus: async () => ({ verified: true }),
      });
    expect(await verify(signed)).toMatchObject({ verified: true });
    for (const altered of [
      { ...signed, name: 'Wait Time' },
      { ...signed, validUntil: '2041-11-20T09:00:00Z' },
      { ...signed, credentialSubject: { ...(signed['credentialSubject'] as object), creditsEarned: 2 } },
    ]) {
      expect(await verify(altered)).toMatchObject({ verified: false });
    }
  });

  it.each([
    ['a misspelt term', { evidense: 'x' }, /term "evidense"/],
    [
      'a term deep inside',
      { evidence: [{ id: 'urn:uuid:1', type: ['Evidence'], colour: 'x' }] },
      /term "colour"/,
    ],
    ['an unknown type', { termsOfUse: [{ type: 'HouseRules' }] }, /type "HouseRules"/],
    ['a relative id', { id: 'c/1' }, /must be a URI|relative/],
    ['a relative id deep inside', { evidence: [{ id: '#e1', type: ['Evidence'] }] }, /#e1/],
    ['no subject', { credentialSubject: undefined }, /credentialSubject/],
    ['a date that is none', { validFrom: 'tomorrow' }, /validFrom/],
    ['a proof already', { proof: { type: 'DataIntegrityProof' } }, /member proof/],
  ])('is not made from a document with %s, which the error names', async (_what, changes, message) => {
    const { ...credential } = aCredential(changes as JsonObject) as { [member: string]: unknown };
    if (credential['credentialSubject'] === undefined) delete credential['credentialSubject'];
    const signer = await someSigner('proof');
    await expect(secureCredential({ credential, signer, created: now })).rejects.toMatchObject({
      code: 'rule-violated',
      message: expect.stringMatching(message),
    });
  });

  it('is not made with a context that is not pinned', async () => {
    const signer = await someSigner('proof');
    const contexts = [...(aCredential()['@context'] as string[]), 'https://example.org/mine.json'];
    await expect(
      secureCredential({ credential: aCredential({ '@context': contexts }), signer, created: now }),
    ).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('https://example.org/mine.json'),
    });
  });

  it('is not made with a key for JWTs', async () => {
    const signer = await someSigner('jwt');
    await expect(secureCredential({ credential: aCredential(), signer, created: now })).rejects.toMatchObject(
      {
        code: 'rule-violated',
      },
    );
  });
});

describe('a document compacted with our contexts', () => {
  it('is deeply the same when it has the golden shape', async () => {
    const signer = await someSigner('proof');
    const signed = await secureCredential({ credential: aCredential(), signer, created: now });
    expect(await compactWithOurContexts(signed)).toEqual(signed);
  });

  it('has back in place what another spelling had hidden', async () => {
    const { credentialStatus, validUntil, id, name, ...rest } = aCredential();
    const hidden = {
      ...rest,
      '@id': id,
      name: { '@value': name },
      'https://www.w3.org/2018/credentials#credentialStatus': credentialStatus,
      'https://www.w3.org/2018/credentials#validUntil': {
        '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
        '@value': validUntil,
      },
    };
    expect(await compactWithOurContexts(hidden)).toEqual(aCredential());
  });

  it('is not made from a term that nothing defines, or a context that is not pinned', async () => {
    await expect(compactWithOurContexts(aCredential({ evidense: 'x' }))).rejects.toMatchObject({
      code: 'rule-violated',
      message: expect.stringContaining('evidense'),
    });
    await expect(compactWithOurContexts({ '@context': 'https://example.org/c' })).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });
});
