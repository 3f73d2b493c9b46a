import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { compose, type Service } from '../../src/compose.js';
import { ConfigError, readConfig } from '../../src/config.js';
import { serviceScope, type DistrictId, type Stored } from '../../src/kernel/index.js';
import { createIssuerKeys, signerFor } from '../../src/securing/index.js';
import { createDistrict } from '../../src/tenancy/index.js';
import { softToken } from '../support/soft-token.js';

const dataDir = mkdtempSync(join(tmpdir(), 'touchstone-secret-'));
afterAll(() => rmSync(dataDir, { recursive: true }));
const environment = (change: { readonly [name: string]: string } = {}) => ({
  PUBLIC_URL: 'https://credentials.example.test',
  TOUCHSTONE_SMTP_URL: 'smtp://localhost',
  TOUCHSTONE_KEY_SECRET: 'the first secret of this service, 32+ characters',
  TOUCHSTONE_DATA_DIR: dataDir,
  TOUCHSTONE_LOG_LEVEL: 'silent',
  ...change,
});
async function start(change: { readonly [name: string]: string } = {}): Promise<Service> {
  const { config, secrets } = readConfig(environment(change));
  return compose(config, secrets, { background: () => false, log: () => undefined });
}
const issuer = (service: Service, district: DistrictId) => ({
  district,
  did: `did:web:${new URL(service.rooms.service.publicUrl).host}:issuers:westfield`,
});

describe('a service that is started with another key secret', () => {
  const other = { TOUCHSTONE_KEY_SECRET: 'another secret of this service, 32+ characters' };

  it('does not start, says which setting is wrong and what is lost, and starts again with the right one', async () => {
    await (await start()).close();
    await expect(start(other)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^TOUCHSTONE_KEY_SECRET is not the secret .* Start with that secret/s),
    });
    await (await start()).close();
  });

  it('does not start over a store of an earlier release either, whose keys were sealed with the first', async () => {
    const service = await start();
    const { id } = await createDistrict(service.rooms.tenancy, {
      name: 'Westfield',
      slug: 'westfield',
      language: 'en',
    });
    const { proof } = await createIssuerKeys(service.rooms.securing, issuer(service, id));
    await service.close();
    // What this release adds is taken away.
    const store = await openSqlite({ file: join(dataDir, 'touchstone.db') });
    const checks = store.collection<Stored>({
      name: 'key_secret_check',
      scope: 'service',
      unique: [],
      indexes: [],
      removable: true,
    });
    const { version } = (await checks.get(serviceScope, 'key-secret'))!;
    await checks.remove(serviceScope, 'key-secret', version);
    await store.close();
    await expect(start(other)).rejects.toMatchObject({ code: 'conflict' });
    const again = await start();
    const signer = await signerFor(again.rooms.securing, issuer(again, id), 'proof');
    expect(signer.publicJwk).toEqual(proof.publicJwk);
    expect(await signer.sign(new Uint8Array([1]))).toHaveLength(64);
    await again.close();
  });
});

describe('the settings of a token', () => {
  it.each([
    [{ TOUCHSTONE_PKCS11_MODULE: '/usr/lib/lib.so' }, /_TOKEN and TOUCHSTONE_PKCS11_PIN must be set too/],
    [
      { TOUCHSTONE_PKCS11_TOKEN: 'keys', TOUCHSTONE_PKCS11_PIN: '1234' },
      /TOUCHSTONE_PKCS11_MODULE must be set too/,
    ],
  ])('are taken together or not at all: %j', (change, said) => {
    expect(() => readConfig(environment(change))).toThrow(ConfigError);
    expect(() => readConfig(environment(change))).toThrow(said);
  });

  it('that name a module which is not there stop the start', async () => {
    const there = {
      TOUCHSTONE_PKCS11_MODULE: '/nowhere/lib.so',
      TOUCHSTONE_PKCS11_TOKEN: 'keys',
      TOUCHSTONE_PKCS11_PIN: '1234',
    };
    await expect(start(there)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('TOUCHSTONE_PKCS11_MODULE'),
    });
  });

  it('that are right put new keys into the token, and a wrong PIN stops the start', async () => {
    const token = await softToken();
    if (token === undefined) return;
    const { module, token: label, pin } = token.settings;
    const there = {
      TOUCHSTONE_PKCS11_MODULE: module,
      TOUCHSTONE_PKCS11_TOKEN: label,
      TOUCHSTONE_PKCS11_PIN: pin,
    };
    await expect(start({ ...there, TOUCHSTONE_PKCS11_PIN: '99999-pin' })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^TOUCHSTONE_PKCS11_PIN/),
    });
    const service = await start(there);
    const { id } = await createDistrict(service.rooms.tenancy, {
      name: 'Eastfield',
      slug: 'eastfield',
      language: 'en',
    });
    const { proof, jwt } = await createIssuerKeys(service.rooms.securing, issuer(service, id));
    expect([proof.sealed.slice(0, 13), jwt.sealed.slice(0, 13)]).toEqual(['pkcs11:token=', 'pkcs11:token=']);
    await service.close();
    token.remove();
  });
});
