import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  credentialsV1,
  credentialsV2,
  didKeyDocument,
  type JsonObject,
} from '../../../src/securing/index.js';
import { verifyCredential, type VerificationReport } from '../../../src/verification/index.js';
import { portsOf, rigNow, worldOf, type World } from '../../support/credential-rig.js';
import { aHolder, type Holder } from '../../support/presentation-rig.js';

let signer: Holder;
let world: World;
beforeAll(async () => {
  signer = await aHolder();
  world = worldOf();
  world.dids.set(signer.did, didKeyDocument(signer.did));
});

const subject = { id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e40' };

function newer(more: JsonObject = {}): JsonObject {
  return {
    '@context': [credentialsV2],
    type: ['VerifiableCredential'],
    issuer: signer.did,
    credentialSubject: subject,
    ...more,
  };
}

function older(more: JsonObject = {}): JsonObject {
  return { ...newer(more), '@context': [credentialsV1], issuanceDate: '2019-01-01T00:00:00Z', ...more };
}

async function verify(payload: JsonObject): Promise<VerificationReport> {
  const value = await signer.token(payload);
  return verifyCredential(portsOf(world), { kind: 'document', value }, { now: rigNow });
}

describe('a credential of the data model 1.1 that states its period twice', () => {
  it('is valid while both hold', async () => {
    const vc = older({ expirationDate: '2030-01-01T00:00:00Z', validUntil: '2036-01-01T00:00:00Z' });
    expect((await verify({ iss: signer.did, vc })).verdict).toBe('valid');
  });

  it.each([
    ['expirationDate', 'validUntil'],
    ['validUntil', 'expirationDate'],
  ])('has expired when %s has passed, whatever %s says', async (passed, later) => {
    const vc = older({ [passed]: '2020-01-01T00:00:00Z', [later]: '2036-01-01T00:00:00Z' });
    const report = await verify({ iss: signer.did, vc });
    expect(report.verdict).toBe('expired');
    expect(report.reasons).toContain('Expired on 2020-01-01T00:00:00Z.');
  });

  it.each([
    ['issuanceDate', 'validFrom'],
    ['validFrom', 'issuanceDate'],
  ])('is not in force before %s, whatever %s says', async (later, before) => {
    const vc = older({ [later]: '2035-01-01T00:00:00Z', [before]: '2019-01-01T00:00:00Z' });
    expect((await verify({ iss: signer.did, vc })).verdict).toBe('not-yet-valid');
  });

  it('has expired by the earlier end, also when its claim repeats the later', async () => {
    const vc = older({ expirationDate: '2019-06-01T00:00:00Z', validUntil: '2036-01-01T00:00:00Z' });
    const exp = Date.parse('2036-01-01T00:00:00Z') / 1000;
    expect((await verify({ iss: signer.did, exp, vc })).verdict).toBe('expired');
  });

  it.each(['validFrom', 'validUntil', 'expirationDate'])(
    'could not be checked when its %s is no date and time with an offset',
    async (name) => {
      for (const wrong of ['31.12.2020', '2036-01-01', 2_082_758_400]) {
        const report = await verify({ iss: signer.did, vc: older({ [name]: wrong }) });
        expect(report.verdict).toBe('could-not-check');
      }
    },
  );
});

const wrongTimes: readonly (readonly [string, unknown])[] = [
  ['a text', '1577836800'],
  ['a word', 'tomorrow'],
  ['null', null],
  ['a list', [1_577_836_800]],
  ['true', true],
  ['beyond the year 9999', 253_402_300_800],
  ['in thousandths', 9e12],
  ['past all reckoning', 1e300],
];

describe.each(['nbf', 'exp'])('a token whose claim %s', (claim) => {
  it.each(wrongTimes)('is %s could not be checked, in either form', async (_name, wrong) => {
    for (const payload of [newer(), { iss: signer.did, vc: newer() }, { iss: signer.did, vc: older() }]) {
      const report = await verify({ ...payload, [claim]: wrong } as JsonObject);
      expect(report.verdict).toBe('could-not-check');
      expect(report.checks.find(({ check }) => check === 'data-model')?.outcome).toBe('failed');
    }
  });

  it('is a time in the last second of the year 9999 or a part of a second can be read', async () => {
    const time = claim === 'exp' ? 253_402_300_799 : 1_577_836_800.5;
    expect((await verify({ ...newer(), [claim]: time })).verdict).toBe('valid');
  });
});

describe('a token whose claim iat', () => {
  it.each(wrongTimes)('is %s is as valid as without it: nothing is limited by it', async (_name, wrong) => {
    expect((await verify({ ...newer(), iat: wrong } as JsonObject)).verdict).toBe('valid');
  });
});

describe('a token that states a period in its claims alone', () => {
  it('has expired, or is not in force yet, by them', async () => {
    expect((await verify({ ...newer(), exp: 1_577_836_800 })).verdict).toBe('expired');
    expect((await verify({ ...newer(), nbf: 4_102_444_800 })).verdict).toBe('not-yet-valid');
  });

  it('in thousandths of a second in a presentation could not be checked', async () => {
    const payload = { '@context': [credentialsV2], type: ['VerifiablePresentation'], holder: signer.did };
    expect((await verify(payload)).verdict).toBe('valid');
    expect((await verify({ ...payload, exp: 9e12 })).verdict).toBe('could-not-check');
  });
});
