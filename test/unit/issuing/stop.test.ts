import { beforeEach, describe, expect, it } from '@jest/globals';
import { isStopped, type AchievementVersion } from '../../../src/achievements/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  issuingEffects,
  publicCredential,
  resumeIssuing,
  settleDecision,
  tryOut,
  type Award,
  type StopEvent,
} from '../../../src/issuing/index.js';
import { createSweeper } from '../../../src/jobs/index.js';
import { settableClock, systemRandomness, type Randomness } from '../../../src/kernel/index.js';
import type { Decision } from '../../../src/review/index.js';
import {
  aCast,
  aDecision,
  anAchievement,
  anIssuingHouse,
  type Cast,
  type IssuingHouse,
} from '../../support/issuing-house.js';

let clock: ReturnType<typeof settableClock>;
let house: IssuingHouse;
let cast: Cast;
let version: AchievementVersion;
let isSpoiled: boolean;

/** Draws this award, or not: the two bytes that decide are given, all others are the machine's. */
const drawing = (drawn: boolean): Randomness => ({
  bytes: (count) => (count === 2 ? new Uint8Array(2).fill(drawn ? 0 : 255) : systemRandomness.bytes(count)),
});

const withDraw = (drawn: boolean): IssuingHouse => ({
  ...house,
  ports: { ...house.ports, randomness: drawing(drawn) },
});

beforeEach(async () => {
  clock = settableClock('2026-11-20T09:00:00Z');
  isSpoiled = false;
  house = spoilable(anIssuingHouse(await openSqlite({ file: ':memory:' }), clock));
  cast = await aCast(house);
  version = await anAchievement(house, cast, 'formative-feedback');
});

/**
 * The statement that a credential pins is not the one that is served: the checks of every award let it through, the full
 * pass does not.
 */
const spoilStatements = (spoiled = true): void => {
  isSpoiled = spoiled;
};

/** A house whose statements are served otherwise than they were kept, while it is spoiled. */
function spoilable(whole: IssuingHouse): IssuingHouse {
  const { store } = whole.ports;
  const statementByDigest: typeof store.statementByDigest = async (district, sha256) => {
    const kept = await store.statementByDigest(district, sha256);
    return kept === undefined || !isSpoiled ? kept : { ...kept, text: `${kept.text} ` };
  };
  return { ...whole, ports: { ...whole.ports, store: { ...store, statementByDigest } } };
}

const keptVersion = async () => (await house.ports.achievements.store.version(version.district, version.id))!;
const awardOf = (decision: Decision): Promise<Award | undefined> =>
  house.ports.store.awardUniqueBy(decision.district, `decision:${decision.submission}`);

async function settleAll(draws: boolean): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  const sweeper = createSweeper({
    clock,
    effects: issuingEffects(withDraw(draws).ports),
    log: (failure) => failures.push(failure),
    intervalMillis: 3_600_000,
  });
  await sweeper.settleAll();
  await sweeper.stop();
  return failures;
}

describe('the full pass on an award that was drawn', () => {
  it('finds nothing in a good one, which is signed as ever', async () => {
    const award = (await settleDecision(withDraw(true).ports, await aDecision(house, cast, version)))!;
    expect(award).toMatchObject({ state: 'active', edition: 1 });
    expect(isStopped(await keptVersion())).toBe(false);
  });

  it('stops the template with one finding: nothing is signed, and the record says why', async () => {
    spoilStatements();
    const decision = await aDecision(house, cast, version);
    await expect(settleDecision(withDraw(true).ports, decision)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('is stopped'),
    });
    const award = (await awardOf(decision))!;
    expect(award).toMatchObject({ state: 'preparing', edition: 0 });
    expect(await house.ports.store.editionsOf(award.district, award.id)).toEqual([]);
    await expect(publicCredential(house.ports, award.publicId)).rejects.toMatchObject({ code: 'not-found' });
    const stopped = await keptVersion();
    expect(stopped.stopped).toMatchObject({ since: '2026-11-20T09:00:00Z', award: award.id });
    expect(stopped.stopped!.findings).toContainEqual(
      expect.objectContaining({ rule: expect.any(String), detail: expect.any(String) }),
    );
    expect(stopped.pendingEntries.at(-1)).toMatchObject({
      verb: 'issuing-stopped',
      facts: { award: award.id, rules: expect.arrayContaining([expect.any(String)]) },
    });
  });

  it('tells of it each time that award is tried, by one id, and never for another award that waits', async () => {
    const told: StopEvent[] = [];
    const tellOfStop = async (event: StopEvent) => void told.push(event);
    const telling = (drawn: boolean) => ({ ...withDraw(drawn).ports, tellOfStop });
    spoilStatements();
    const decision = await aDecision(house, cast, version);
    await expect(settleDecision(telling(true), decision)).rejects.toMatchObject({ code: 'conflict' });
    const event = {
      id: `${version.id}:stopped:2026-11-20T09:00:00Z`,
      district: version.district,
      achievementVersion: version.id,
    };
    expect(told).toEqual([event]);
    await expect(settleDecision(telling(false), await aDecision(house, cast, version))).rejects.toMatchObject(
      { code: 'conflict' },
    );
    expect(told).toEqual([event]);
    await expect(settleDecision(telling(false), decision)).rejects.toMatchObject({ code: 'conflict' });
    expect(told).toEqual([event, event]);
    expect(await house.ports.achievements.store.stoppedVersions(version.district)).toMatchObject([
      { id: version.id },
    ]);
  });

  it('holds back every other award of the version, drawn or not, and none of another version', async () => {
    const other = await anAchievement(house, cast, 'another');
    spoilStatements();
    await expect(
      settleDecision(withDraw(true).ports, await aDecision(house, cast, version)),
    ).rejects.toMatchObject({ code: 'conflict' });
    spoilStatements(false);
    await expect(
      settleDecision(withDraw(false).ports, await aDecision(house, cast, version)),
    ).rejects.toMatchObject({ code: 'conflict' });
    const award = await settleDecision(withDraw(false).ports, await aDecision(house, cast, other));
    expect(award).toMatchObject({ state: 'active' });
  });

  it('is not made where the draw says no', async () => {
    spoilStatements();
    const award = await settleDecision(withDraw(false).ports, await aDecision(house, cast, version));
    expect(award).toMatchObject({ state: 'active' });
    expect(isStopped(await keptVersion())).toBe(false);
  });
});

describe('ending a stop', () => {
  const input = () => ({ achievement: version.achievement, version: version.number });
  let decisions: Decision[];

  beforeEach(async () => {
    spoilStatements();
    decisions = [await aDecision(house, cast, version), await aDecision(house, cast, version)];
    for (const decision of decisions)
      await expect(settleDecision(withDraw(true).ports, decision)).rejects.toThrow();
  });

  it('is refused while anything is found, with all that is', async () => {
    await expect(resumeIssuing(house.ports, cast.admin, input())).rejects.toMatchObject({
      code: 'rule-violated',
      errors: expect.arrayContaining([expect.objectContaining({ detail: expect.any(String) })]),
    });
    expect(isStopped(await keptVersion())).toBe(true);
  });

  it('lets what waited go on, once the finding is settled: nothing is lost and nothing made twice', async () => {
    spoilStatements(false);
    const resumed = await resumeIssuing(house.ports, cast.admin, input());
    expect(isStopped(resumed)).toBe(false);
    expect(resumed.pendingEntries.at(-1)).toMatchObject({ verb: 'issuing-resumed' });
    expect(await settleAll(true)).toEqual([]);
    for (const decision of decisions) {
      const award = (await awardOf(decision))!;
      expect(award).toMatchObject({ state: 'active', edition: 1, effectDue: null });
      expect(await house.ports.store.editionsOf(award.district, award.id)).toHaveLength(1);
    }
  });

  it('is refused where nothing is stopped', async () => {
    spoilStatements(false);
    await resumeIssuing(house.ports, cast.admin, input());
    await expect(resumeIssuing(house.ports, cast.admin, input())).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('trying a credential out', () => {
  it('says which of our verifier’s checks did not pass', async () => {
    const award = (await settleDecision(withDraw(false).ports, await aDecision(house, cast, version)))!;
    const { credential } = await publicCredential(house.ports, award.publicId);
    const { proof: _proof, ...unsigned } = credential;
    const nowhere = { ok: false, kind: 'absent', reason: 'It is not there.' } as const;
    const findings = await tryOut({
      credential: unsigned,
      now: clock.now(),
      resolver: {
        did: async () => nowhere,
        schema: async () => nowhere,
        statusList: async () => nowhere,
        resource: async () => nowhere,
        keys: async () => nowhere,
        controller: async () => nowhere,
        standing: async () => ({ ok: false, kind: 'not-asked' }),
      },
    });
    const rules = findings.map(({ rule }) => rule);
    expect(rules).toEqual(
      expect.arrayContaining(['verify schema', 'verify status', 'verify pinned', 'schema-own-answers']),
    );
    expect(rules).not.toContain('proof-signature');
  });
});
