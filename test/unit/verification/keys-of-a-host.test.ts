import { beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/securing/index.js';
import { verifyCredential } from '../../../src/verification/index.js';
import {
  aBadge,
  asToken,
  makeSigner,
  portsOf,
  rigNow,
  worldOf,
  type RigIssuer,
  type World,
} from '../../support/credential-rig.js';

const host = 'https://host.example.org';
const key = makeSigner(host, 'k', 'ES256');
const jwk: JsonObject = { ...key.publicJwk, alg: 'ES256', use: 'sig' };
const otherJwk: JsonObject = { ...makeSigner(host, 'k', 'ES256').publicJwk, alg: 'ES256', use: 'sig' };

let world: World;
beforeEach(() => {
  world = worldOf();
});

async function verdictOf(issuer: string, kid: string): Promise<string> {
  const badge = aBadge({ did: issuer } as RigIssuer, (copy) => {
    delete copy['relatedResource'];
    delete copy['credentialStatus'];
  });
  const value = await asToken(badge, { ...key, verificationMethod: kid, controller: issuer });
  return (await verifyCredential(portsOf(world), { kind: 'document', value }, { now: rigNow })).verdict;
}

function publish(...keys: readonly JsonObject[]): void {
  world.resources.set(`${host}/.well-known/jwks.json`, { keys } as unknown as JsonObject);
}

const tenant = `${host}/tenants/evil`;

describe('a key in the JWK Set of a host', () => {
  it.each([
    [tenant, `${tenant}/keys/k1`],
    [tenant, `${tenant}/k1`],
    [host, `${host}/keys/k1`],
    [host, `${host}/k1`],
  ])('without iss is that of %s at %s', async (issuer, kid) => {
    publish({ ...jwk, kid });
    expect(await verdictOf(issuer, kid)).toBe('valid');
  });

  it.each([
    ['the bare host', host],
    ['the folder of tenants', `${host}/tenants`],
    ['another tenant', `${host}/tenants/other`],
    ['a tenant whose name begins so', `${host}/tenants/ev`],
  ])('of a tenant signs nothing as %s', async (_name, issuer) => {
    for (const kid of [`${tenant}/keys/k1`, `${tenant}/k1`, `${tenant}#k1`]) {
      publish({ ...jwk, kid });
      expect(await verdictOf(issuer, kid)).not.toBe('valid');
      publish({ ...jwk, kid, iss: tenant });
      expect(await verdictOf(issuer, kid)).not.toBe('valid');
      publish({ ...jwk, kid }, { ...otherJwk, kid: `${issuer}/keys/k1`, iss: issuer });
      expect(await verdictOf(issuer, kid)).not.toBe('valid');
    }
  });

  it('of a tenant right under the host signs nothing as the host', async () => {
    const kid = `${host}/evil/k1`;
    publish({ ...jwk, kid });
    expect(await verdictOf(host, kid)).not.toBe('valid');
    expect(await verdictOf(`${host}/evil`, kid)).toBe('valid');
  });

  it('without iss counts no more where the set has keys of others, but with iss, or as a part of the issuer’s id', async () => {
    const kid = `${host}/keys/k1`;
    for (const others of [
      { ...otherJwk, kid: `${tenant}/keys/k2` },
      { ...otherJwk, kid: 'k2', iss: tenant },
      { ...otherJwk, kid: `${tenant}#k2` },
    ]) {
      publish(others, { ...jwk, kid });
      expect(await verdictOf(host, kid)).not.toBe('valid');
      publish(others, { ...jwk, kid, iss: `${host}/` });
      expect(await verdictOf(host, kid)).not.toBe('valid');
      publish(others, { ...jwk, kid, iss: host });
      expect(await verdictOf(host, kid)).toBe('valid');
    }
    const neighbour = { ...otherJwk, kid: `${host}/tenants/other/keys/k1` };
    publish(neighbour, { ...jwk, kid: `${tenant}/keys/k1` });
    expect(await verdictOf(tenant, `${tenant}/keys/k1`)).toBe('valid');
  });

  it('on a page of a tenant’s own is not its host’s, whatever the page says', async () => {
    const kid = `${tenant}/keys/k1`;
    publish();
    world.resources.set(kid, { ...jwk, kid, iss: host });
    expect(await verdictOf(host, kid)).not.toBe('valid');
    world.resources.set(kid, { ...jwk, kid });
    expect(await verdictOf(host, kid)).not.toBe('valid');
    expect(await verdictOf(`${host}/tenants`, kid)).not.toBe('valid');
    expect(await verdictOf(tenant, kid)).toBe('valid');
  });
});
