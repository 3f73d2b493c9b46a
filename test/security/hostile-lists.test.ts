import { describe, expect, it } from '@jest/globals';
import { countInflated } from './count-inflated.js';

const inflated = countInflated();
const { judgeHostileLists } = await import('./hostile-lists.js');

describe('hostile status lists', () => {
  it('never make a badge valid, nor its status good, and inflate no more than 2 MiB', async () => {
    const { lists, outcomes, mostInflated, faults } = await judgeHostileLists(inflated);
    console.log(
      `hostile-lists: ${lists}: ${JSON.stringify(outcomes)}, at most ${mostInflated} bytes inflated`,
    );
    expect(faults).toEqual([]);
    expect(lists).toBeGreaterThanOrEqual(30);
    expect(mostInflated).toBe(2 * 1024 * 1024);
  });
});
