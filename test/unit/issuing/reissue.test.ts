import { beforeEach, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  correctAward,
  getAward,
  listAwards,
  publicCredential,
  reissueAward,
  revokeAward,
  settleDecision,
  settleMilestones,
  suspendAward,
  type Award,
} from '../../../src/issuing/index.js';
import { plusDays, settableClock } from '../../../src/kernel/index.js';
import { rotateIssuerKey } from '../../../src/securing/index.js';
import { isBitSet } from '../../../src/status/index.js';
import {
  aCast,
  aDecision,
  anAchievement,
  anIssuingHouse,
  reviewedContent,
  type Cast,
  type IssuingHouse,
} from '../../support/issuing-house.js';

let clock: ReturnType<typeof settableClock>;
let house: IssuingHouse;
let cast: Cast;

beforeEach(async () => {
  clock = settableClock('2026-11-20T09:00:00Z');
  house = anIssuingHouse(await openSqlite({ file: ':memory:' }), clock);
  cast = await aCast(house);
});

async function anAward(slug = 'formative-feedback'): Promise<Award> {
  const version = await anAchievement(house, cast, slug);
  return (await settleDecision(house.ports, await aDecision(house, cast, version)))!;
}

const reissue = (award: Award) =>
  reissueAward(house.ports, cast.service, { award: award.id, reason: 'The key was compromised.' });

async function keyOf(award: Award, n?: string): Promise<string> {
  const { credential } = await publicCredential(house.ports, award.publicId, n);
  return (credential['proof'] as { verificationMethod: string }[])[0]!.verificationMethod;
}

async function isRevoked(award: Award, n: number): Promise<boolean> {
  const edition = (await house.ports.store.edition(award.district, award.id, n))!;
  const list = (await house.ports.status.store.list(award.district, edition.statusList))!;
  if (list.published === null) return false;
  const credential = JSON.parse(list.published.text) as { credentialSubject: { encodedList: string } };
  return isBitSet(credential.credentialSubject.encodedList, edition.statusIndex);
}

describe('signing an award anew', () => {
  it('makes an edition of the same id under the active key and revokes the one before', async () => {
    const award = await anAward();
    const { ref } = { ref: { district: cast.district.id, did: (await keyOf(award)).split('#')[0]! } };
    await rotateIssuerKey(house.ports.securing, ref, 'proof');
    const again = await reissue(award);
    expect(again).toMatchObject({ state: 'active', edition: 2, credentialId: award.credentialId });
    expect(await keyOf(award, '1')).not.toBe(await keyOf(award));
    expect([await isRevoked(award, 1), await isRevoked(award, 2)]).toEqual([true, false]);
    expect(again.pendingEntries.map(({ verb }) => verb)).toContain('reissued');
  });

  it('leaves a suspended award suspended, and a revoked one revoked in every edition', async () => {
    const suspended = await anAward();
    await suspendAward(house.ports, cast.admin, { award: suspended.id, reason: 'x' });
    expect(await reissue(suspended)).toMatchObject({ state: 'suspended', edition: 2, reason: 'x' });
    const revoked = await anAward('another');
    await revokeAward(house.ports, cast.admin, { award: revoked.id, reason: 'y' });
    expect(await reissue(revoked)).toMatchObject({ state: 'revoked', edition: 2, reason: 'y' });
    expect([await isRevoked(revoked, 1), await isRevoked(revoked, 2)]).toEqual([true, true]);
  });

  it('signs nothing twice when a job asks again', async () => {
    const award = await anAward();
    const input = {
      award: award.id,
      reason: 'x',
      unless: (newest: { readonly n: number }) => newest.n >= 2,
    };
    await reissueAward(house.ports, cast.service, input);
    expect((await reissueAward(house.ports, cast.service, input)).edition).toBe(2);
  });

  it('takes the milestones along that pin the edition, also one that has ended', async () => {
    const parts = [await anAward('one'), await anAward('two')];
    const versions = await Promise.all(
      parts.map(
        async (part) =>
          (await house.ports.achievements.store.version(part.district, part.achievementVersion))!,
      ),
    );
    const milestone = await anAchievement(
      house,
      cast,
      'both',
      reviewedContent({
        name: 'Both',
        validForMonths: 1,
        assessment: { by: 'components', components: versions.map(({ achievement }) => achievement) },
      }),
    );
    // Made when a component is looked at again.
    const holding = (await house.ports.pathways.store.holdingOfAward(parts[0]!.district, parts[0]!.id))!;
    await settleMilestones(house.ports, holding);
    const made = (await listAwards(house.ports, cast.admin, { limit: 10 })).items.find(
      (award) => award.achievementVersion === milestone.id,
    )!;
    expect(made.edition).toBe(1);
    await reissue(parts[0]!);
    expect((await getAward(house.ports, cast.admin, made.id)).edition).toBe(2);
    while (clock.now() < plusDays('2026-11-20T09:00:00Z', 60)) clock.advance(86_400);
    await correctAward(house.ports, cast.admin, { award: parts[1]!.id, reason: 'x' });
    const ended = await getAward(house.ports, cast.admin, made.id);
    expect(ended.edition).toBe(3);
    const { credential } = await publicCredential(house.ports, ended.publicId);
    expect(String(credential['validFrom']) < String(credential['validUntil'])).toBe(true);
  });
});
