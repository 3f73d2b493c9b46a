import { mkdtempSync, rmSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openKeyCustody } from '../../../src/adapters/key-custody/index.js';
import { packageFile, systemRandomness } from '../../../src/kernel/index.js';
import {
  createIssuerKeys,
  didDocument,
  importIssuerKey,
  issuerDid,
  jwks,
  listIssuerKeys,
  publicJwk,
  refuseExampleKeys,
  rotateIssuerKey,
  signerFor,
  withdrawIssuerKey,
  type IssuerKey,
  type PublicJwk,
  type SecuringPorts,
} from '../../../src/securing/index.js';
import { issuer, now, publicUrl, somePorts } from './support.js';

const exampleKey = (name: string): unknown => JSON.parse(packageFile(`keys.example/${name}.jwk.json`));
const ofOthers = async () => [];
const localhost = { ...issuer, did: 'did:web:localhost%3A8080:issuers:westfield' };

describe('the DID of an issuer', () => {
  it('is did:web of the host and the district, the port encoded', () => {
    expect(issuerDid('https://credentials.example.test', 'westfield')).toBe(
      'did:web:credentials.example.test:issuers:westfield',
    );
    expect(issuerDid('http://localhost:8080/', 'westfield')).toBe(
      'did:web:localhost%3A8080:issuers:westfield',
    );
  });
});

describe('issuer keys', () => {
  it('are made once, an Ed25519 key for proofs and an RSA key for JWTs', async () => {
    const ports = await somePorts();
    const first = await createIssuerKeys(ports, issuer);
    const second = await createIssuerKeys(ports, issuer);
    expect(second).toEqual(first);
    expect(first.proof).toMatchObject({ name: 'proof-2026-1', algorithm: 'Ed25519', state: 'active' });
    expect(first.jwt).toMatchObject({ name: 'jwt-2026-1', algorithm: 'RS256', publicKeyMultibase: null });
    expect(await listIssuerKeys(ports, issuer.district)).toHaveLength(2);
  });

  it('are one pair though eight processes make them at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'));
    const several = await Promise.all(Array.from({ length: 8 }, () => somePorts(join(folder, 'keys.db'))));
    const made = await Promise.all(several.map((ports) => createIssuerKeys(ports, issuer)));
    expect(new Set(made.map(({ proof }) => proof.id)).size).toBe(1);
    expect(new Set(made.map(({ jwt }) => jwt.id)).size).toBe(1);
    expect(await listIssuerKeys(several[0]!, issuer.district)).toHaveLength(2);
    await Promise.all(several.map((ports) => ports.close()));
    rmSync(folder, { recursive: true });
  });

  it('rotate: the new key signs, the old one stays published', async () => {
    const ports = await somePorts();
    const { proof: old } = await createIssuerKeys(ports, issuer);
    const fresh = await rotateIssuerKey(ports, issuer, 'proof');
    expect(fresh.name).toBe('proof-2026-2');
    expect((await signerFor(ports, issuer, 'proof')).verificationMethod).toBe(`${issuer.did}#proof-2026-2`);
    const keys = await listIssuerKeys(ports, issuer.district);
    expect(keys.find(({ id }) => id === old.id)).toMatchObject({
      state: 'retired',
      retiredAt: '2026-11-20T09:00:00Z',
    });
    expect(didDocument(issuer.did, keys)['assertionMethod']).toContain(`${issuer.did}#proof-2026-1`);
  });

  it('are made again by the next signature when a rotation stopped half-way', async () => {
    const ports = await somePorts();
    const { proof } = await createIssuerKeys(ports, issuer);
    await ports.issuerKeys.replace({ ...proof, state: 'retired', activeSlot: null });
    expect((await signerFor(ports, issuer, 'proof')).verificationMethod).toBe(`${issuer.did}#proof-2026-2`);
  });

  it("of one district are no other district's", async () => {
    const ports = await somePorts();
    await createIssuerKeys(ports, issuer);
    expect(await listIssuerKeys(ports, 'dst_bbbbbbbbbbbbbbbbbbbbbbbbbb')).toEqual([]);
  });

  it('are kept without their private half in the clear', async () => {
    const ports = await somePorts();
    const privateKey = generateKeyPairSync('ed25519').privateKey;
    const jwk = privateKey.export({ format: 'jwk' });
    const key = await importIssuerKey(ports, { issuer, use: 'proof', jwk, publicUrl, ofOthers });
    const kept = JSON.stringify(key);
    const seed = Buffer.from(jwk.d!, 'base64url');
    for (const form of [jwk.d!, seed.toString('hex'), seed.toString('base64')])
      expect(kept).not.toContain(form);
    expect(Buffer.from(custodyOpen(key.sealed)).includes(seed)).toBe(true);

    function custodyOpen(sealed: string): Uint8Array {
      return ports.custody.open(sealed);
    }
  });
});

describe('an imported key', () => {
  it('becomes the active one and retires the one before', async () => {
    const ports = await somePorts();
    await createIssuerKeys(ports, issuer);
    const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
    const key = await importIssuerKey(ports, { issuer, use: 'jwt', jwk, publicUrl, ofOthers });
    expect(key).toMatchObject({ name: 'jwt-2026-2', algorithm: 'ES256', state: 'active' });
    expect((await signerFor(ports, issuer, 'jwt')).publicJwk).toMatchObject({ x: jwk.x });
  });

  it.each([
    [
      'proof',
      'an RSA key',
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
    ],
    [
      'jwt',
      'an RSA key of 1024 bits',
      generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'jwk' }),
    ],
    [
      'jwt',
      'a P-384 key',
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ format: 'jwk' }),
    ],
    ['proof', 'a public key', generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })],
    ['proof', 'no key', { kty: 'OKP' }],
  ] as const)('for %s is refused when it is %s, and the active one stays', async (use, _what, jwk) => {
    const ports = await somePorts();
    await createIssuerKeys(ports, issuer);
    const before = await listIssuerKeys(ports, issuer.district);
    await expect(importIssuerKey(ports, { issuer, use, jwk, publicUrl, ofOthers })).rejects.toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer: '/jwk' }],
    });
    expect(await listIssuerKeys(ports, issuer.district)).toEqual(before);
  });
});

describe('a key that this service has had', () => {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const imported = (ports: SecuringPorts, others: readonly PublicJwk[] = []) =>
    importIssuerKey(ports, { issuer, use: 'proof', jwk, publicUrl, ofOthers: async () => others });
  const refusal = (detail: string) => ({
    code: 'rule-violated',
    errors: [{ pointer: '/jwk', detail: expect.stringContaining(detail) }],
  });

  it.each<[string, (ports: SecuringPorts, key: IssuerKey) => Promise<unknown>]>([
    ['active', async () => undefined],
    ['retired', (ports) => rotateIssuerKey(ports, issuer, 'proof')],
    ['withdrawn', (ports, { id }) => withdrawIssuerKey(ports, issuer.district, id, now)],
  ])('is not imported again while it is %s, and nothing changes', async (state, change) => {
    const ports = await somePorts();
    await change(ports, await imported(ports));
    const before = await listIssuerKeys(ports, issuer.district);
    await expect(imported(ports)).rejects.toMatchObject(refusal(state));
    expect(await listIssuerKeys(ports, issuer.district)).toEqual(before);
  });

  it('is not imported when it is another issuer’s', async () => {
    const ports = await somePorts();
    const { publicJwk } = await imported(ports);
    await expect(imported(await somePorts(), [publicJwk])).rejects.toMatchObject(refusal('another issuer'));
  });
});

describe('the example keys', () => {
  it.each(['proof-ed25519', 'jwt-rs256', 'jwt-es256'])('%s may not be used off localhost', (name) => {
    expect(() => refuseExampleKeys(exampleKey(name), publicUrl)).toThrow(/example keys/);
    expect(() => refuseExampleKeys(exampleKey(name), 'https://localhost.example.test')).toThrow(
      /example keys/,
    );
    for (const url of ['http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:9']) {
      expect(() => refuseExampleKeys(exampleKey(name), url)).not.toThrow();
    }
  });

  it('do not stop any other key', () => {
    expect(() =>
      refuseExampleKeys(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }), publicUrl),
    ).not.toThrow();
  });

  it('that was taken on localhost signs no more when the service has moved off it', async () => {
    const ports = await somePorts();
    const jwk = exampleKey('proof-ed25519');
    await importIssuerKey(ports, {
      issuer: localhost,
      use: 'proof',
      jwk,
      publicUrl: 'http://localhost:8080',
      ofOthers,
    });
    await expect(signerFor(ports, localhost, 'proof')).resolves.toMatchObject({ algorithm: 'Ed25519' });
    await expect(signerFor(ports, issuer, 'proof')).rejects.toMatchObject({ code: 'rule-violated' });
  });
});

describe('the key custody', () => {
  const secret = 'one secret of sixteen';
  const plain = new TextEncoder().encode('the private key');

  it('opens what it sealed, after a restart too, and seals the same thing differently each time', () => {
    const sealed = openKeyCustody({ secret, randomness: systemRandomness }).seal(plain);
    const again = openKeyCustody({ secret, randomness: systemRandomness });
    expect(again.open(sealed)).toEqual(plain);
    expect(again.seal(plain)).not.toBe(sealed);
    expect(sealed).not.toContain(Buffer.from(plain).toString('base64url'));
  });

  it('says so when the secret is another one, or the sealed text was changed in any character', () => {
    const one = openKeyCustody({ secret, randomness: systemRandomness });
    const sealed = one.seal(plain);
    const other = openKeyCustody({ secret: `${secret}!`, randomness: systemRandomness });
    expect(() => other.open(sealed)).toThrow(/TOUCHSTONE_KEY_SECRET/);
    const parts = sealed.split('~');
    for (let i = 1; i < parts.length; i += 1) {
      const bytes = Buffer.from(parts[i]!, 'base64url');
      bytes[0] = bytes[0]! ^ 1;
      const changed = parts.with(i, bytes.toString('base64url')).join('~');
      expect(() => one.open(changed)).toThrow(/TOUCHSTONE_KEY_SECRET/);
    }
    for (const cut of [
      '',
      'tkc1',
      parts.slice(0, 4).join('~'),
      parts.with(3, parts[3]!.slice(0, 6)).join('~'),
    ]) {
      expect(() => one.open(cut)).toThrow(/TOUCHSTONE_KEY_SECRET/);
    }
  });

  it('refuses a short secret', () => {
    expect(() => openKeyCustody({ secret: 'short', randomness: systemRandomness })).toThrow(/16 characters/);
  });
});

describe('the DID document', () => {
  it('has the golden form', async () => {
    const ports = await somePorts();
    const { proof, jwt } = await createIssuerKeys(ports, issuer);
    const did = issuer.did;
    const ids = [`${did}#proof-2026-1`, `${did}#jwt-2026-1`];
    const jwk = { ...jwt.publicJwk, alg: 'RS256', use: 'sig', kid: ids[1] };
    expect(didDocument(did, [proof, jwt])).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: did,
      verificationMethod: [
        { id: ids[0], type: 'Multikey', controller: did, publicKeyMultibase: proof.publicKeyMultibase },
        { id: ids[1], type: 'JsonWebKey', controller: did, publicKeyJwk: jwk },
      ],
      assertionMethod: ids,
      authentication: [ids[0]],
    });
    expect(publicJwk(did, jwt)).toEqual(jwk);
    expect(jwks(did, [proof, jwt])).toEqual({ keys: [{ ...jwk, iss: did }] });
  });

  it('keeps retired keys and drops compromised ones', async () => {
    const ports = await somePorts();
    const { proof, jwt } = await createIssuerKeys(ports, issuer);
    const retired = didDocument(issuer.did, [{ ...proof, state: 'retired' }, jwt]);
    expect(retired['assertionMethod']).toHaveLength(2);
    const compromised = didDocument(issuer.did, [
      { ...proof, state: 'compromised' },
      { ...jwt, state: 'compromised' },
    ]);
    expect(compromised).toMatchObject({ verificationMethod: [], assertionMethod: [], authentication: [] });
    expect(jwks(issuer.did, [{ ...jwt, state: 'compromised' }])).toEqual({ keys: [] });
  });
});
