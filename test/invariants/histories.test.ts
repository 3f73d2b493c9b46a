import { beforeAll, describe, expect, it } from '@jest/globals';
import { invariants } from './checkers.js';
import { runHistories, type Told } from './histories.js';

/**
 * A slice; `npm run soak -- invariants` runs thousands. What fails is printed with the seed and the path by which the same
 * history is run again (`runHistories({ histories: 1, seed, path, shrink: true })`).
 */
const histories = 12;
const seed = 20261125;

describe('in every state of generated histories', () => {
  let told: Told;

  beforeAll(async () => {
    told = await runHistories({ histories, seed });
  }, 240_000);

  it('nothing breaks', () => {
    expect(told.broken).toBeNull();
    expect(told.histories).toBe(histories);
  });

  for (const { number, says } of invariants) {
    it(`invariant ${number} holds: ${says}`, () => {
      const { states, facts } = told.asked[String(number)]!;
      // Asked of every state, and of something.
      expect(states).toBeGreaterThanOrEqual(told.steps);
      expect(facts).toBeGreaterThan(histories);
    });
  }

  it('the histories reach what the invariants are about', () => {
    const done = (what: string) => told.acts[`${what}: done`] ?? 0;
    for (const what of ['submit', 'commit', 'at once', 'suspend', 'rate again'])
      expect([what, done(what) > 0]).toEqual([what, true]);
    for (const name of ['ratings', 'seed_ratings', 'decisions', 'awards', 'auditChain'])
      expect([name, (told.made[name] ?? 0) > 0]).toEqual([name, true]);
    // Bulk rows of what is reviewed here are refused, every one.
    expect(told.acts['bulk row: refused']).toBeGreaterThan(0);
  });
});
