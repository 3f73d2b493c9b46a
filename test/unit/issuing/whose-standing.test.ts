import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AchievementVersion } from '../../../src/achievements/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  issuerOf,
  ownDocuments,
  ownIssuers,
  settleDecision,
  suspendAward,
  type Award,
} from '../../../src/issuing/index.js';
import { settableClock } from '../../../src/kernel/index.js';
import type { JsonObject } from '../../../src/securing/index.js';
import { readPublishedList } from '../../../src/status/index.js';
import { createDistrict } from '../../../src/tenancy/index.js';
import {
  composeResolver,
  verifyCredential,
  type VerificationReport,
} from '../../../src/verification/index.js';
import {
  aCast,
  aDecision,
  anAchievement,
  anIssuingHouse,
  type Cast,
  type IssuingHouse,
} from '../../support/issuing-house.js';
import { aProofKey, sealedBy } from '../../support/seal-otherwise.js';

const clock = settableClock('2026-11-21T12:00:00Z');
let house: IssuingHouse;
let cast: Cast;
let version: AchievementVersion;
let award: Award;
beforeEach(async () => {
  house = anIssuingHouse(await openSqlite({ file: ':memory:' }), clock);
  cast = await aCast(house);
  version = await anAchievement(house, cast, 'feedback');
  award = (await settleDecision(house.ports, await aDecision(house, cast, version)))!;
});

const resolver = () =>
  composeResolver(ownDocuments(house.ports), {
    get: async (url) => ({ ok: false, kind: 'unreachable', reason: `${url} is not ours.` }),
  });
const verify = (document: JsonObject | string): Promise<VerificationReport> =>
  verifyCredential(
    { resolver: resolver(), knownIssuers: ownIssuers(house.ports) },
    typeof document === 'string'
      ? { kind: 'bytes', bytes: Buffer.from(document) }
      : { kind: 'document', value: document },
    { now: clock.now() },
  );
const statusOf = ({ checks }: VerificationReport) => checks.find(({ check }) => check === 'status')!;

/** A stranger's credential, genuinely the stranger's own, with an id of ours. */
async function aStrangers(id: string): Promise<JsonObject> {
  const key = aProofKey('Ed25519');
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id,
    type: ['VerifiableCredential'],
    issuer: key.did,
    validFrom: '2026-11-20T09:00:00Z',
    credentialSubject: { id: 'urn:uuid:0f2f6b1c-9a7e-4d53-8c1b-2a6f0e9d7c55' },
  };
  return sealedBy(credential, 'eddsa-rdfc-2022', key);
}

describe('what we have on record of a credential', () => {
  it('says nothing of a stranger’s with its id, neither good nor bad', async () => {
    const strangers = await aStrangers(award.credentialId);
    const ofActive = await verify(strangers);
    expect(ofActive).toMatchObject({ verdict: 'valid', recognition: 'unknown' });
    expect(statusOf(ofActive)).toMatchObject({ outcome: 'not-applicable' });
    await suspendAward(house.ports, cast.admin, { award: award.id, reason: 'Under review.' });
    const ofSuspended = await verify(strangers);
    expect(ofSuspended.verdict).toBe('valid');
    expect(JSON.stringify(ofSuspended)).not.toContain('Under review.');
    expect((await verify(await aStrangers(award.credentialId.replace(/.$/, '-')))).verdict).toBe('valid');
  });

  it('is the word of the district that issued it, and of no other on the same host', async () => {
    const valley = await createDistrict(house.ports.tenancy, {
      name: 'Valley Consortium',
      slug: 'valley',
      language: 'en-US',
    });
    const [own, other] = await Promise.all(
      [cast.district.id, valley.id].map(async (district) => (await issuerOf(house.ports, district)).ref.did),
    );
    expect(await resolver().standing(award.credentialId, own!)).toMatchObject({
      ok: true,
      standing: { state: 'active' },
    });
    expect(await resolver().standing(award.credentialId, other!)).toMatchObject({ kind: 'absent' });
    expect(await resolver().standing(award.credentialId, `${own!}:more`)).toMatchObject({ kind: 'absent' });
    expect(await resolver().standing(award.credentialId, 'did:web:far.example')).toEqual({
      ok: false,
      kind: 'not-asked',
    });
  });

  it('is not looked for where a status list is handed in by itself', async () => {
    const { statusList } = (await house.ports.store.edition(award.district, award.id, 1))!;
    const { text } = await readPublishedList(house.ports.status, {
      district: cast.district.id,
      slug: cast.district.slug,
      list: statusList,
    });
    expect(await verify(text)).toMatchObject({ verdict: 'valid', recognition: 'recognised' });
  });
});
