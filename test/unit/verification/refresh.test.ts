import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/securing/index.js';
import { verifyCredential } from '../../../src/verification/index.js';
import {
  aBadge,
  aStatusList,
  makeIssuer,
  portsOf,
  rigHost,
  rigIndex,
  rigListUrl,
  rigNow,
  sealed,
  worldOf,
  type RigIssuer,
  type World,
} from '../../support/credential-rig.js';

const url = `https://${rigHost}/refresh/1`;
const service = { id: url, type: '1EdTechCredentialRefresh' };
let issuer: RigIssuer;
let badge: JsonObject;
let world: World;

type Mutable = { [member: string]: unknown };
const edition = (change: (badge: Mutable) => void, by = issuer) =>
  sealed(
    aBadge(by, (made) => {
      made['refreshService'] = service;
      change(made);
    }),
    by.proof,
  );
const newer = (made: Mutable) => (made['validFrom'] = '2026-11-21T09:00:00Z');

beforeAll(async () => {
  issuer = makeIssuer(`did:web:${rigHost}:issuers:westfield`);
  badge = await edition(() => undefined);
});
beforeEach(async () => {
  world = worldOf(issuer);
  world.resources.set(rigListUrl, await aStatusList(issuer, []));
});
const verify = (document: unknown) =>
  verifyCredential(portsOf(world), { kind: 'document', value: document }, { now: rigNow });
const told = async (document: unknown = badge) => {
  const report = await verify(document);
  const { outcome, detail } = report.checks.find(({ check }) => check === 'refresh')!;
  return { verdict: report.verdict, outcome, detail };
};

describe('a newer version that the issuer offers', () => {
  it('is fetched once, judged by itself and told with its date', async () => {
    world.resources.set(url, await edition(newer));
    expect(await told()).toEqual({
      verdict: 'valid',
      outcome: 'passed',
      detail: 'A newer edition exists, issued 2026-11-21T09:00:00Z: judged by itself it is valid.',
    });
    // The newer one offers the same; that is not followed.
    expect(world.asked.filter((asked) => asked === url)).toHaveLength(1);
  });

  it('is judged with its own status, and leaves the verdict on the older one alone', async () => {
    world.resources.set(
      url,
      await edition((made) => {
        newer(made);
        made['credentialStatus'] = {
          ...(made['credentialStatus'] as object),
          id: `${rigListUrl}#9`,
          statusListIndex: '9',
        };
      }),
    );
    world.resources.set(rigListUrl, await aStatusList(issuer, [9]));
    expect(await told()).toMatchObject({
      verdict: 'valid',
      detail: expect.stringContaining('it is revoked'),
    });
    world.resources.set(rigListUrl, await aStatusList(issuer, [rigIndex]));
    expect(await told()).toMatchObject({
      verdict: 'revoked',
      detail: expect.stringContaining('it is valid'),
    });
  });

  it('is none when the service gives the same edition or an older one', async () => {
    for (const change of [() => undefined, (made: Mutable) => (made['validFrom'] = '2026-11-19T09:00:00Z')]) {
      world.resources.set(url, await edition(change));
      expect(await told()).toMatchObject({
        verdict: 'valid',
        outcome: 'passed',
        detail: expect.stringContaining('no newer edition'),
      });
    }
  });

  it.each<[string, () => Promise<JsonObject | string | undefined>, RegExp]>([
    ['cannot be had', async () => undefined, /could not be had/],
    ['is no credential', async () => 'nothing', /not be accepted.*not-genuine/],
    [
      'was altered',
      async () => ({ ...(await edition(newer)), name: 'Better' }),
      /not be accepted.*not-genuine/,
    ],
    [
      'is another credential of the issuer',
      () =>
        edition((made) => {
          newer(made);
          made['id'] = `https://${rigHost}/c/another`;
        }),
      /another credential/,
    ],
    [
      'is by somebody else',
      async () => {
        const other = makeIssuer(`did:web:${rigHost}:issuers:eastfield`);
        world.dids.set(other.did, other.document);
        return edition((made) => {
          newer(made);
          delete made['credentialStatus'];
        }, other);
      },
      /another credential.*eastfield/,
    ],
  ])('that %s is not called one, and decides nothing', async (_name, make, detail) => {
    const given = await make();
    if (given !== undefined) world.resources.set(url, given);
    expect(await told()).toEqual({
      verdict: 'valid',
      outcome: 'could-not-check',
      detail: expect.stringMatching(detail),
    });
  });

  it('is not asked for while the proof does not hold', async () => {
    world.resources.set(url, await edition(newer));
    expect(await told({ ...badge, name: 'Another name' })).toMatchObject({
      verdict: 'not-genuine',
      outcome: 'could-not-check',
    });
    expect(world.asked).not.toContain(url);
  });
});

describe('the facts of a report', () => {
  it('name the key and the age of the status apart from the sentences', async () => {
    expect(await verify(badge)).toMatchObject({
      key: issuer.proof.verificationMethod,
      statusListedAt: '2026-11-21T11:55:00Z',
      statusCheckedAt: rigNow,
    });
    world.resources.set(rigListUrl, await aStatusList(issuer, [rigIndex]));
    expect(await verify(badge)).toMatchObject({
      verdict: 'revoked',
      statusListedAt: '2026-11-21T11:55:00Z',
      statusCheckedAt: rigNow,
    });
  });

  it('leave out the key of a proof that does not hold, and the age of a list that was not read', async () => {
    world.resources.delete(rigListUrl);
    const report = await verify({ ...badge, name: 'Another name' });
    for (const name of ['key', 'statusListedAt', 'statusCheckedAt']) expect(report).not.toHaveProperty(name);
  });
});
