import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataIntegrityProof, type Cryptosuite } from '@digitalbazaar/data-integrity';
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { createVerifyCryptosuite as createEddsaJcs2022 } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { checkStatus, decodeList } from '@digitalbazaar/vc-bitstring-status-list';
import { compactVerify, importJWK } from 'jose';
import { createEveryInteropIssuer } from '../../src/interop/index.js';
import { systemClock } from '../../src/kernel/index.js';
import { keyOfMethod, type JsonObject } from '../../src/securing/index.js';
import { documentLoader } from '../../src/securing/document-loader.js';
import { aService, type TestService } from '../support/service.js';

/* What the VC-API issues, judged by the libraries of @digitalbazaar alone; of ours only the pinned contexts are lent. */

const stock = vc as unknown as {
  verifyCredential(options: object): Promise<{ readonly verified: boolean; readonly error?: Error }>;
};

let service: TestService;
let issuers: Awaited<ReturnType<typeof createEveryInteropIssuer>>;

beforeAll(async () => {
  // The library goes by the machine's clock, and a status list is good for a day.
  service = await aService({ overrides: { clock: systemClock } });
  issuers = await createEveryInteropIssuer(service.rooms.interop);
});
afterAll(() => service?.close());

/** did:key by its text, our lists over HTTP, everything else a pinned context. */
async function loader(url: string): Promise<object> {
  const did = /^did:key:(z\w+)/.exec(url);
  if (did !== null) {
    const [id, key] = did as unknown as [string, string];
    const method = {
      '@context': 'https://w3id.org/security/multikey/v1',
      id: `${id}#${key}`,
      type: 'Multikey',
      controller: id,
      publicKeyMultibase: key,
    };
    if (url.includes('#')) return { documentUrl: url, document: method };
    const document = {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id,
      verificationMethod: [method],
      assertionMethod: [method.id],
    };
    return { documentUrl: url, document };
  }
  if (url.startsWith('http://localhost:8080/')) {
    const { text } = await service.http.get(new URL(url).pathname);
    return { documentUrl: url, document: JSON.parse(text) as object };
  }
  return documentLoader(url);
}

async function issued(
  keyType: keyof typeof issuers,
  options: object,
  change: object = {},
): Promise<JsonObject> {
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/examples/v2'],
    type: ['VerifiableCredential', 'AlumniCredential'],
    issuer: issuers[keyType],
    validFrom: '2026-01-20T00:00:00Z',
    credentialSubject: { id: 'did:example:subject', alumniOf: 'The School of Examples' },
    ...change,
  };
  const { status, body } = await service.http.post('/credentials/issue').send({ credential, options });
  expect([status, body.detail]).toEqual([201, undefined]);
  return body.verifiableCredential;
}

const verifyWith = (cryptosuite: Cryptosuite) => (credential: object) =>
  stock.verifyCredential({
    credential,
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader: loader,
    checkStatus: async () => ({ verified: true }),
  });

describe('what the VC-API issues', () => {
  it.each([
    ['Ed25519', 'eddsa-rdfc-2022', () => eddsaRdfc2022],
    ['Ed25519', 'eddsa-jcs-2022', createEddsaJcs2022],
    ['P-256', 'ecdsa-rdfc-2019', () => ecdsaRdfc2019],
    ['P-384', 'ecdsa-rdfc-2019', () => ecdsaRdfc2019],
  ] as const)('verifies with stock @digitalbazaar/vc: %s, %s', async (keyType, cryptosuite, suite) => {
    const verify = verifyWith(suite());
    const signed = await issued(keyType, { cryptosuite });
    const found = await verify(signed);
    expect([found.verified, found.error?.message]).toEqual([true, undefined]);
    const altered = {
      ...signed,
      credentialSubject: { id: 'did:example:subject', alumniOf: 'Another school' },
    };
    expect((await verify(altered)).verified).toBe(false);
    const older = await issued(
      keyType,
      { cryptosuite },
      {
        '@context': ['https://www.w3.org/2018/credentials/v1'],
        type: ['VerifiableCredential'],
        validFrom: undefined,
        issuanceDate: '2026-01-20T00:00:00Z',
        credentialSubject: { id: 'did:example:subject' },
      },
    );
    const foundOlder = await verify(older);
    expect([foundOlder.verified, foundOlder.error?.message]).toEqual([true, undefined]);
  });

  it('verifies as a token with jose', async () => {
    for (const [keyType, alg] of [
      ['Ed25519', 'EdDSA'],
      ['P-256', 'ES256'],
      ['P-384', 'ES384'],
    ] as const) {
      const enveloped = await issued(keyType, { format: 'vc+jwt' });
      const publicKeyMultibase = issuers[keyType].slice('did:key:'.length);
      const key = await importJWK({ ...keyOfMethod({ type: 'Multikey', publicKeyMultibase }) }, alg);
      const { payload } = await compactVerify(String(enveloped['id']).split(',')[1]!, key);
      expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({ issuer: issuers[keyType] });
    }
  });

  it('has a status that stock @digitalbazaar/vc-bitstring-status-list reads, before and after it is set', async () => {
    const credential = await issued('Ed25519', { statusPurpose: 'revocation' });
    const bitOf = async (): Promise<boolean> => {
      const { statusListCredential, statusListIndex } = credential['credentialStatus'] as {
        readonly statusListCredential: string;
        readonly statusListIndex: string;
      };
      const { document } = (await loader(statusListCredential)) as { readonly document: JsonObject };
      const { encodedList } = document['credentialSubject'] as { readonly encodedList: string };
      return (await decodeList({ encodedList })).getStatus(Number(statusListIndex));
    };
    const ask = {
      credential,
      documentLoader: loader,
      suite: new DataIntegrityProof({ cryptosuite: eddsaRdfc2022 }),
      verifyBitstringStatusListCredential: true,
      verifyMatchingIssuers: true,
    };
    const found = await checkStatus(ask);
    expect([found.verified, found.error?.message]).toEqual([true, undefined]);
    expect(await bitOf()).toBe(false);
    await service.http.post('/credentials/status').send({
      credentialId: credential['id'],
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
    });
    expect(await bitOf()).toBe(true);
  });
});
