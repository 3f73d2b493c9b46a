import { describe, expect, it } from '@jest/globals';
import { killDrains } from './kill-drains.js';

/** In a process of its own, over a database file; `npm run soak -- audit-kills` does it 200 times at any moment. */
describe('a service that is killed with -9 while it drains the audit record', () => {
  it('has, started again, one whole chain with every entry once', async () => {
    const { entries, halfDone, ...rest } = await killDrains({
      ...{ kills: 4, seed: 20261125, how: 'at-a-step', writes: 6 },
    });
    console.log(
      `${rest.kills} kills, ${entries} entries, ${halfDone} appended and not yet cleared when killed`,
    );
    expect(rest).toEqual({ kills: 4, twice: 0, lost: 0, faults: [] });
    // Without any, nothing could have been appended twice.
    expect(halfDone).toBeGreaterThan(0);
  });
});
