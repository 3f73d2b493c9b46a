import { afterEach, describe, expect, it } from '@jest/globals';
import { carryOut, aLedger, type Act } from './acts.js';
import { checkAttempts } from './check-people.js';
import { canonical, sha256 } from './own-rules.js';
import type { Raw } from './raw-store.js';
import { aWorld, type Charter, type World } from './world.js';

const charter: Charter = {
  ...{ seed: 'draws', rule: { kind: 'conjunctive' }, reviewers: 6, works: 0, adjudicators: 1 },
  ...{ leadingReviewer: false, seeds: 0, qualifying: 0, nervous: false, doubled: true },
};
const worlds: World[] = [];

async function begun(change: Partial<Charter> = {}): Promise<World> {
  const world = await aWorld({ ...charter, ...change });
  worlds.push(world);
  return world;
}

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const act = (world: World, one: Act) => carryOut(one, world, aLedger());

/** Everything of the draws and what was made of them; the one version of the support that this world does not use aside. */
function dump({ raw }: World): string {
  const of = (name: string) =>
    raw
      .all(name)
      .map(({ pendingEntries: _entries, auditDue: _due, version: _version, ...rest }: Raw) => rest);
  return sha256(canonical(['assignments', 'ratings', 'decisions', 'review_cases', 'seed_plans'].map(of)));
}

describe('invariant 12: draws', () => {
  it('are the same for the same seed, and others for another', async () => {
    const told: string[] = [];
    for (const seed of ['one', 'one', 'two']) {
      const world = await begun({ seed, seeds: 3 });
      for (let n = 0; n < 4; n += 1) {
        await act(world, { act: 'submit', who: 1, school: 5 });
        for (let times = 0; times < 2; times += 1)
          await act(world, { act: 'commit', of: n, places: [3, 3, 3], flaw: 'none', settled: true });
        await act(world, { act: 'wait', seconds: 3 * 86_400 });
      }
      await world.settle();
      expect(world.raw.all('assignments').length).toBeGreaterThan(8);
      told.push(dump(world));
    }
    expect(told[1]).toBe(told[0]);
    expect(told[2]).not.toBe(told[0]);
  }, 60_000);

  it('leave loads of who is always eligible at most one apart, after each of thirty draws', async () => {
    const world = await begun();
    const { raw, reviewers } = world;
    const rating = reviewers.filter(({ member }) =>
      raw.all('certifications').some(({ reviewer }) => reviewer === member),
    );
    const able = rating.filter(({ member }) =>
      (raw.get('members', member)!['roles'] as string[]).includes('reviewer'),
    );
    expect(able.length).toBeGreaterThan(4);
    let given = 0;
    for (let n = 0; n < 15; n += 1) {
      // A school where none of them is, and a day for each, so that no cap is reached.
      await world.addTeacher(100 + n);
      await act(world, { act: 'submit', who: 1, school: 5 });
      await world.settle();
      await act(world, { act: 'wait', seconds: 86_400 / 2 });
      const loads = able.map(
        ({ member }) =>
          raw.all('assignments').filter((one) => one['reviewer'] === member && one['state'] === 'open')
            .length,
      );
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      given = raw.all('assignments').length;
    }
    expect(given).toBe(30);
  }, 60_000);
});

describe('invariant 13: attempts', () => {
  it('are two in 90 days, however often somebody tries, and stay', async () => {
    const world = await begun({ qualifying: 14 });
    const { raw } = world;
    const ledger = aLedger();
    const memory = new Map<string, unknown>();
    for (let n = 0; n < 4; n += 1) {
      await carryOut({ act: 'qualify', who: 1 }, world, ledger);
      await carryOut({ act: 'sit form', of: 0, right: false }, world, ledger);
      expect(checkAttempts({ world, ledger, raw, fresh: [], memory })).toBeGreaterThan(0);
    }
    const attempts = raw.all('qualification_attempts');
    expect(attempts.map(({ number, state }) => [number, state])).toEqual([
      [1, 'not-certified'],
      [2, 'not-certified'],
    ]);
    expect(ledger.tally.get('qualify: refused')).toBe(2);
    await carryOut({ act: 'wait', seconds: 90 * 86_400 }, world, ledger);
    await carryOut({ act: 'qualify', who: 1 }, world, ledger);
    expect(raw.all('qualification_attempts')).toHaveLength(3);
  }, 60_000);
});
