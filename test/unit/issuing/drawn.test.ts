import { beforeEach, describe, expect, it } from '@jest/globals';
import { isStopped, stopIssuing } from '../../../src/achievements/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  correctAward,
  getAward,
  issuingEffects,
  listAwards,
  ownDocuments,
  ownIssuers,
  reissueAward,
  reportKeyCompromise,
  resumeIssuing,
  revokeAward,
  settleDecision,
  settleMilestones,
  supersedeAward,
  suspendAward,
  type Award,
} from '../../../src/issuing/index.js';
import { createSweeper } from '../../../src/jobs/index.js';
import { settableClock, systemRandomness, type Randomness } from '../../../src/kernel/index.js';
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

/** Every award is drawn to be tried out whole: the two bytes that decide are given, all others are the machine's. */
const alwaysDrawn: Randomness = {
  bytes: (count) => (count === 2 ? new Uint8Array(2) : systemRandomness.bytes(count)),
};
const drawn = () => ({ ...house.ports, randomness: alwaysDrawn });

beforeEach(async () => {
  clock = settableClock('2026-11-20T09:00:00Z');
  house = anIssuingHouse(await openSqlite({ file: ':memory:' }), clock);
  cast = await aCast(house);
});

const anAward = async (slug: string, content = {}): Promise<Award> => {
  const version = await anAchievement(house, cast, slug, reviewedContent({ name: slug, ...content }));
  return (await settleDecision(drawn(), await aDecision(house, cast, version)))!;
};
const versionOf = async ({ district, achievementVersion }: Award) =>
  (await house.ports.achievements.store.version(district, achievementVersion))!;
const keptAward = ({ id }: Award) => getAward(house.ports, cast.admin, id);
const signAnew = (award: Award) =>
  reissueAward(drawn(), cast.service, { award: award.id, reason: 'A key was withdrawn.' });

async function verdictOf(award: Award) {
  const edition = (await house.ports.store.edition(award.district, award.id, award.edition))!;
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

async function aMilestone(components: readonly Award[], slug = 'both'): Promise<Award> {
  const achievements = await Promise.all(
    components.map(async (award) => (await versionOf(award)).achievement),
  );
  const version = await anAchievement(
    house,
    cast,
    slug,
    reviewedContent({ name: slug, assessment: { by: 'components', components: achievements } }),
  );
  const [first] = components;
  await settleMilestones(
    drawn(),
    (await house.ports.pathways.store.holdingOfAward(first!.district, first!.id))!,
  );
  const { items } = await listAwards(house.ports, cast.admin, { limit: 50 });
  return items.find(({ achievementVersion }) => achievementVersion === version.id)!;
}

/** The stop that the review met: kept before trials were fair, with a correction that waits. */
async function stoppedAt(award: Award): Promise<void> {
  await stopIssuing(
    { store: house.ports.achievements.store, clock },
    { version: await versionOf(award), award: award.id, findings: [] },
  );
  await expect(signAnew(award)).rejects.toMatchObject({ code: 'conflict' });
}

describe('a drawn award that rightly is not valid is signed anew, and stops nothing', () => {
  it('one that has ended: anew, and by resuming', async () => {
    const award = await anAward('ending', { validForMonths: 1 });
    clock.advance(60 * 86_400);
    expect(await signAnew(award)).toMatchObject({ state: 'active', edition: 2, making: null });
    expect(await verdictOf(await keptAward(award))).toBe('expired');
    expect(isStopped(await versionOf(award))).toBe(false);

    await stoppedAt(award);
    const { achievement, number } = await versionOf(award);
    await resumeIssuing(drawn(), cast.admin, { achievement, version: number });
    expect(await keptAward(award)).toMatchObject({ edition: 3, making: null });
  });

  it('one corrected within the minutes of its end that clocks may differ by', async () => {
    const award = await anAward('ending', { validForMonths: 1 });
    const until = Date.parse(award.validUntil!);
    clock.advance((until - Date.parse(clock.now())) / 1000 + 60);
    expect(await signAnew(award)).toMatchObject({ edition: 2 });
  });

  it('one that is suspended, revoked or superseded', async () => {
    const [suspended, revoked, superseded] = [
      await anAward('one'),
      await anAward('two'),
      await anAward('three'),
    ];
    await suspendAward(drawn(), cast.admin, { award: suspended.id, reason: 'A question.' });
    await revokeAward(drawn(), cast.admin, { award: revoked.id, reason: 'A mistake.' });
    await supersedeAward(drawn(), cast.admin, { award: superseded.id, reason: 'A better one.' });
    for (const award of [suspended, revoked, superseded]) {
      await signAnew(award);
      expect(isStopped(await versionOf(award))).toBe(false);
    }
    expect(await verdictOf(await keptAward(suspended))).toBe('suspended');
    expect(await verdictOf(await keptAward(revoked))).toBe('revoked');
    expect(await verdictOf(await keptAward(superseded))).toBe('revoked');
  });

  it('a good one that a person corrects', async () => {
    const award = await anAward('good');
    const corrected = await correctAward(drawn(), cast.admin, { award: award.id, reason: 'A typing error.' });
    expect(corrected).toMatchObject({ edition: 2 });
    expect(await verdictOf(corrected)).toBe('valid');
  });

  it.each(['revoked', 'suspended'] as const)('a milestone whose component is %s', async (state) => {
    const components = [await anAward('one'), await anAward('two')];
    const milestone = await aMilestone(components);
    const change = { award: components[0]!.id, reason: 'A mistake.' };
    await (state === 'revoked' ? revokeAward : suspendAward)(drawn(), cast.admin, change);
    expect(await signAnew(milestone)).toMatchObject({ state: 'suspended', edition: 2, making: null });
    expect(isStopped(await versionOf(milestone))).toBe(false);
    expect(await verdictOf(await keptAward(milestone))).toBe('suspended');

    await stoppedAt(milestone);
    const { achievement, number } = await versionOf(milestone);
    await resumeIssuing(drawn(), cast.admin, { achievement, version: number });
    expect(await keptAward(milestone)).toMatchObject({ state: 'suspended', edition: 3, making: null });
  });

  it('a milestone that rests on a component that has ended, and one that rests on a suspended milestone', async () => {
    const ending = await anAward('ending', { validForMonths: 1 });
    const other = await anAward('other');
    const milestone = await aMilestone([ending, other]);
    const above = await aMilestone([milestone, other], 'above');
    await suspendAward(drawn(), cast.admin, { award: other.id, reason: 'A question.' });
    clock.advance(60 * 86_400);
    for (const award of [ending, milestone, above]) {
      await signAnew(award);
      expect(isStopped(await versionOf(award))).toBe(false);
    }
  });
});

describe('a drawn milestone, while a withdrawn key is made good', () => {
  it('is signed anew with its first component though the key that signed the second is withdrawn', async () => {
    const [first, second] = [await anAward('first'), await anAward('second')];
    const milestone = await aMilestone([first, second]);
    clock.advance(60);
    const { key } = (await house.ports.store.edition(first.district, first.id, 1))!.signedBy![0]!.match(
      /#(?<key>.+)$/,
    )!.groups as { readonly key: string };
    await reportKeyCompromise(drawn(), cast.admin, {
      key,
      compromisedAt: clock.now(),
      reason: 'A laptop was lost.',
    });
    const effects = issuingEffects(drawn());
    await createSweeper({ clock, effects, log: () => undefined, intervalMillis: 1000 }).settleAll();
    for (const award of [first, second, milestone]) {
      expect(isStopped(await versionOf(award))).toBe(false);
      expect(await verdictOf(await keptAward(award))).toBe('valid');
    }
  });
});

describe('a drawn award that is not as it ought to be', () => {
  it('still stops its version when it has ended too', async () => {
    const award = await anAward('ending', { validForMonths: 1 });
    clock.advance(60 * 86_400);
    // The statement that it pins is served otherwise than it was kept.
    const { store } = house.ports;
    const statementByDigest: typeof store.statementByDigest = async (district, sha256) => {
      const kept = await store.statementByDigest(district, sha256);
      return kept === undefined ? kept : { ...kept, text: `${kept.text} ` };
    };
    house = { ...house, ports: { ...house.ports, store: { ...store, statementByDigest } } };
    await expect(signAnew(award)).rejects.toMatchObject({ code: 'conflict' });
    expect(isStopped(await versionOf(award))).toBe(true);
  });

  it('still stops a milestone whose suspended component is not the one that cannot be read', async () => {
    const components = [await anAward('one'), await anAward('two')];
    const milestone = await aMilestone(components);
    await suspendAward(drawn(), cast.admin, { award: components[0]!.id, reason: 'A question.' });
    const { district, id } = components[1]!;
    const edition = (await house.ports.store.edition(district, id, 1))!;
    const spoilt = { ...edition, json: edition.json.replace('"two"', '"owt"') };
    const reading = {
      ...house.ports.store,
      edition: async (d: string, a: Award['id'], n: number) =>
        a === id ? spoilt : house.ports.store.edition(d, a, n),
      editionsOf: async (d: string, a: Award['id']) =>
        a === id ? [spoilt] : house.ports.store.editionsOf(d, a),
    };
    await expect(
      reissueAward({ ...drawn(), store: reading }, cast.service, { award: milestone.id, reason: 'A key.' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    const { stopped } = await versionOf(milestone);
    expect(stopped?.findings.map(({ rule }) => rule)).toContain('verify nested');
  });
});
