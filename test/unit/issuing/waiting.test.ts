import { beforeEach, describe, expect, it } from '@jest/globals';
import { stopIssuing } from '../../../src/achievements/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  correctAward,
  getAward,
  issuingEffects,
  listAwards,
  ownDocuments,
  ownIssuers,
  reissueAward,
  resumeAward,
  resumeIssuing,
  revokeAward,
  settleDecision,
  settleMilestones,
  suspendAward,
  type Award,
} from '../../../src/issuing/index.js';
import { createSweeper } from '../../../src/jobs/index.js';
import { settableClock } from '../../../src/kernel/index.js';
import { composeResolver, verifyCredential } from '../../../src/verification/index.js';
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

const anAward = async (slug: string): Promise<Award> => {
  const version = await anAchievement(house, cast, slug, reviewedContent({ name: slug }));
  return (await settleDecision(house.ports, await aDecision(house, cast, version)))!;
};
const versionOf = async ({ district, achievementVersion }: Award) =>
  (await house.ports.achievements.store.version(district, achievementVersion))!;
const keptAward = ({ id }: Award) => getAward(house.ports, cast.admin, id);
const input = ({ id }: Award) => ({ award: id, reason: 'A mistake.' });

const stop = async (award: Award) =>
  stopIssuing(
    { store: house.ports.achievements.store, clock },
    { version: await versionOf(award), award: award.id, findings: [] },
  );
const resume = async (award: Award) => {
  const { achievement, number } = await versionOf(award);
  return resumeIssuing(house.ports, cast.admin, { achievement, version: number });
};

/** A correction that waits: the version of the award is stopped. */
async function waitingCorrection(award: Award): Promise<void> {
  await stop(award);
  await expect(correctAward(house.ports, cast.admin, input(award))).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('is stopped'),
  });
  expect((await keptAward(award)).making).toMatchObject({ n: 2 });
}

async function verdictOf(award: Award, n = 1) {
  const edition = (await house.ports.store.edition(award.district, award.id, n))!;
  const report = await verifyCredential(
    {
      resolver: composeResolver(ownDocuments(house.ports), {
        get: async (url) => ({ ok: false, kind: 'refused', reason: url }),
      }),
      knownIssuers: ownIssuers(house.ports),
    },
    { kind: 'bytes', bytes: Buffer.from(edition.json) },
    { now: clock.now() },
  );
  return report.verdict;
}

const holdingOf = async (award: Award) =>
  (await house.ports.pathways.store.holdingOfAward(award.district, award.id))!;

async function aMilestone(components: readonly Award[]): Promise<Award> {
  const achievements = await Promise.all(
    components.map(async (award) => (await versionOf(award)).achievement),
  );
  const version = await anAchievement(
    house,
    cast,
    'both',
    reviewedContent({ name: 'both', assessment: { by: 'components', components: achievements } }),
  );
  await settleMilestones(house.ports, await holdingOf(components[0]!));
  const { items } = await listAwards(house.ports, cast.admin, { limit: 50 });
  return items.find(({ achievementVersion }) => achievementVersion === version.id)!;
}

async function settleAll(): Promise<readonly { effect: string; id: string | null }[]> {
  const failures: { effect: string; id: string | null }[] = [];
  const sweeper = createSweeper({
    clock,
    effects: issuingEffects(house.ports),
    log: (failure) => failures.push(failure),
    intervalMillis: 3_600_000,
  });
  await sweeper.settleAll();
  await sweeper.stop();
  return failures;
}

describe('an award whose correction waits, because the issuing of its version is stopped,', () => {
  it('is revoked at once, for verifiers and its holder; the correction is revoked too when it is signed', async () => {
    const award = await anAward('one');
    await waitingCorrection(award);
    const revoked = await revokeAward(house.ports, cast.admin, input(award));
    expect(revoked).toMatchObject({ state: 'revoked', edition: 1, making: { n: 2 } });
    expect(await verdictOf(award)).toBe('revoked');
    expect(await holdingOf(award)).toMatchObject({ state: 'revoked' });
    await resume(award);
    expect(await keptAward(award)).toMatchObject({
      state: 'revoked',
      edition: 2,
      making: null,
      effectDue: null,
    });
    expect([await verdictOf(award, 1), await verdictOf(award, 2)]).toEqual(['revoked', 'revoked']);
  });

  it('is suspended, and active again, at once', async () => {
    const award = await anAward('one');
    await waitingCorrection(award);
    expect(await suspendAward(house.ports, cast.admin, input(award))).toMatchObject({ state: 'suspended' });
    expect(await verdictOf(award)).toBe('suspended');
    expect(await resumeAward(house.ports, cast.admin, input(award))).toMatchObject({ state: 'active' });
    expect(await verdictOf(award)).toBe('valid');
    expect(await holdingOf(award)).toMatchObject({ state: 'active' });
  });

  it('is given no other correction meanwhile', async () => {
    const award = await anAward('one');
    await waitingCorrection(award);
    await expect(correctAward(house.ports, cast.admin, input(award))).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(reissueAward(house.ports, cast.service, input(award))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('is revoked by a later decision', async () => {
    const version = await anAchievement(house, cast, 'one');
    const decision = await aDecision(house, cast, version);
    const award = (await settleDecision(house.ports, decision))!;
    await waitingCorrection(award);
    const kept = (await house.ports.review.store.decisions.get(decision.district, decision.id))!;
    const later = await house.ports.review.store.decisions.replace({ ...kept, outcome: 'not_yet', round: 1 });
    expect(await settleDecision(house.ports, later)).toMatchObject({ state: 'revoked' });
    expect(await verdictOf(award)).toBe('revoked');
  });

  it('is revoked even where making its edition breaks in a way that nobody foresaw', async () => {
    const award = await anAward('one');
    await waitingCorrection(award);
    const { achievements } = house.ports;
    const broken = {
      ...house.ports,
      achievements: {
        ...achievements,
        store: { ...achievements.store, version: () => Promise.reject(new TypeError('broken')) },
      },
    };
    await expect(revokeAward(broken, cast.admin, input(award))).rejects.toThrow('broken');
    expect(await keptAward(award)).toMatchObject({ state: 'revoked' });
    expect(await verdictOf(award)).toBe('revoked');
  });
});

describe('a milestone whose correction waits', () => {
  it('is suspended with its component and revoked after thirty days', async () => {
    const components = [await anAward('one'), await anAward('two')];
    const milestone = await aMilestone(components);
    await waitingCorrection(milestone);
    expect(await revokeAward(house.ports, cast.admin, input(components[0]!))).toMatchObject({
      state: 'revoked',
      effectDue: null,
    });
    expect(await keptAward(milestone)).toMatchObject({ state: 'suspended', suspendedFor: components[0]!.id });
    expect(await verdictOf(milestone)).toBe('suspended');
    clock.advance(40 * 86_400);
    await settleAll();
    expect(await keptAward(milestone)).toMatchObject({ state: 'revoked' });
    expect(await verdictOf(milestone)).toBe('revoked');
  });

  it('keeps no component from being corrected, and is corrected when its version issues again', async () => {
    const components = [await anAward('one'), await anAward('two')];
    const milestone = await aMilestone(components);
    await stop(milestone);
    const corrected = await correctAward(house.ports, cast.admin, input(components[0]!));
    expect(corrected).toMatchObject({ edition: 2, making: null, effectDue: null });
    expect(await keptAward(milestone)).toMatchObject({ edition: 1, making: { n: 2 } });
    await correctAward(house.ports, cast.admin, input(components[1]!));
    await resume(milestone);
    await settleAll();
    expect(await keptAward(milestone)).toMatchObject({ state: 'active', edition: 2, making: null });
    expect(await verdictOf(milestone, 2)).toBe('valid');
  });

  it('that is not signed yet waits, and is suspended once it is', async () => {
    const components = [await anAward('one'), await anAward('two')];
    const achievements = await Promise.all(
      components.map(async (each) => (await versionOf(each)).achievement),
    );
    const version = await anAchievement(
      house,
      cast,
      'both',
      reviewedContent({ name: 'both', assessment: { by: 'components', components: achievements } }),
    );
    await stopIssuing(
      { store: house.ports.achievements.store, clock },
      { version, award: components[0]!.id, findings: [] },
    );
    await expect(settleMilestones(house.ports, await holdingOf(components[0]!))).rejects.toThrow(
      'is stopped',
    );
    await revokeAward(house.ports, cast.admin, input(components[0]!));
    await resumeIssuing(house.ports, cast.admin, { achievement: version.achievement, version: 1 });
    await settleAll();
    const { items } = await listAwards(house.ports, cast.admin, { limit: 50 });
    const milestone = items.find(({ achievementVersion }) => achievementVersion === version.id)!;
    expect(milestone).toMatchObject({ state: 'suspended', edition: 1, suspendedFor: components[0]!.id });
  });
});

describe('a decision that is taken back before its award is signed', () => {
  it('waits with it, and revokes it as soon as it is signed', async () => {
    const version = await anAchievement(house, cast, 'one');
    const decision = await aDecision(house, cast, version);
    await stopIssuing(
      { store: house.ports.achievements.store, clock },
      { version, award: (await anAward('other')).id, findings: [] },
    );
    await expect(settleDecision(house.ports, decision)).rejects.toThrow('is stopped');
    const taken = await house.ports.review.store.decisions.get(decision.district, decision.id);
    await house.ports.review.store.decisions.replace({ ...taken!, outcome: 'not_yet', round: 1 });
    await settleAll();
    const award = () => house.ports.store.awardUniqueBy(decision.district, `decision:${decision.submission}`);
    expect(await award()).toMatchObject({ state: 'preparing', edition: 0 });
    await resumeIssuing(house.ports, cast.admin, { achievement: version.achievement, version: 1 });
    await settleAll();
    expect(await award()).toMatchObject({ state: 'revoked', edition: 1 });
  });
});
