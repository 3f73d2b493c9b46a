import { describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { awardSteps, issuingEffects, settleDecision } from '../../../src/issuing/index.js';
import { createSweeper } from '../../../src/jobs/index.js';
import { settableClock, type Store } from '../../../src/kernel/index.js';
import { aCast, aDecision, anAchievement, anIssuingHouse, type Cast } from '../../support/issuing-house.js';

const start = '2026-11-20T09:00:00Z';

async function settleAll(store: Store): Promise<number> {
  const clock = settableClock('2026-11-20T10:00:00Z');
  const { ports } = anIssuingHouse(store, clock);
  const sweeper = createSweeper({
    clock,
    effects: issuingEffects(ports),
    log: () => {},
    intervalMillis: 3_600_000,
  });
  const { failed } = await sweeper.settleAll();
  await sweeper.stop();
  return failed;
}

async function whatThereIs(store: Store, cast: Cast) {
  const { ports } = anIssuingHouse(store, settableClock(start));
  const { items: awards } = await ports.store.pageOfAwards(cast.district.id, { limit: 10 });
  const editions = (
    await Promise.all(awards.map((award) => ports.store.editionsOf(cast.district.id, award.id)))
  ).flat();
  const { items: holdings } = await ports.pathways.store.pageOfHoldings(cast.district.id, cast.teacher.id, {
    limit: 10,
  });
  return { awards, editions, holdings };
}

describe('an award that was stopped', () => {
  it.each(awardSteps)(
    'after step %s is finished from there: one credential, one index, one edition',
    async (stop) => {
      const store = await openSqlite({ file: ':memory:' });
      const house = anIssuingHouse(store, settableClock(start), {
        atStep: (step) => {
          if (step === stop) throw new Error('stopped');
        },
      });
      const cast = await aCast(house);
      const version = await anAchievement(house, cast, 'formative-feedback');
      const decision = await aDecision(house, cast, version);
      await expect(settleDecision(house.ports, decision)).rejects.toThrow('stopped');
      const before = await whatThereIs(store, cast);

      expect(await settleAll(store)).toBe(0);

      const after = await whatThereIs(store, cast);
      expect(after.awards).toHaveLength(1);
      expect(after.editions).toHaveLength(1);
      expect(after.holdings).toHaveLength(1);
      const [award] = after.awards;
      const [edition] = after.editions;
      expect(award).toMatchObject({ state: 'active', edition: 1, making: null, effectDue: null });
      // Whatever was drawn before the stop is what stands after it.
      const begun = before.awards[0]!;
      expect(award).toMatchObject({
        id: begun.id,
        credentialId: begun.credentialId,
        subjectId: begun.subjectId,
        identitySalt: begun.identitySalt,
        evidence: begun.evidence,
      });
      const reserved = begun.making?.status ?? null;
      if (reserved !== null)
        expect([edition!.statusList, edition!.statusIndex]).toEqual([reserved.list, reserved.index]);
      if (begun.statement !== null) expect(award!.statement).toBe(begun.statement);
      if (before.editions.length > 0) expect(edition!.json).toBe(before.editions[0]!.json);
      const kept = await house.ports.review.store.decision(cast.district.id, decision.id);
      expect(kept!.effectDue).toBeNull();
    },
  );

  it('at every step in turn, one more each time, still comes to one of each', async () => {
    const store = await openSqlite({ file: ':memory:' });
    const house = anIssuingHouse(store, settableClock(start));
    const cast = await aCast(house);
    const version = await anAchievement(house, cast, 'formative-feedback');
    const decision = await aDecision(house, cast, version);
    for (const stop of awardSteps) {
      const atStep = (step: string) => {
        if (step === stop) throw new Error('stopped');
      };
      const { ports } = anIssuingHouse(store, settableClock(start), { atStep });
      await expect(settleDecision(ports, decision)).rejects.toThrow('stopped');
    }
    expect(await settleAll(store)).toBe(0);
    const { awards, editions, holdings } = await whatThereIs(store, cast);
    expect([awards.length, editions.length, holdings.length]).toEqual([1, 1, 1]);
    expect(awards[0]).toMatchObject({ state: 'active', edition: 1, effectDue: null });
  });
});
