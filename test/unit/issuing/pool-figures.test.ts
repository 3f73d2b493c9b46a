import { describe, expect, it } from '@jest/globals';
import { observe } from '../../../src/calibration/index.js';
import { poolFigures } from '../../../src/issuing/pool-figures.js';
import { newId, plusDays } from '../../../src/kernel/index.js';
import { aReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

describe('the accuracy of decisions on seeds', () => {
  it('is the share of rated seeds whose decision was the key’s, of at least thirty in the window', async () => {
    const house = await aReviewHouse({ seed: 'figures' });
    const reviewer = await house.member(['reviewer']);
    const version = (await house.review.achievements.store.version(house.district, house.version))!;
    const now = house.clock.now();
    const one = (n: number, at: string, kind: 'seed' | 'double', given: number) =>
      observe(house.calibration.store, house.rubric, {
        id: `${kind}:${n}:${at}`,
        ...{ district: house.district, reviewer: reviewer.member, achievementVersion: house.version },
        ...{ kind, at, given: levels(3, 3, 3, given), reference: levels(3, 3, 3, 3) },
        ...{ rating: newId(house.review.randomness, 'rat'), other: null, exemplar: null },
      });
    const figure = async () =>
      (await poolFigures(house, version, plusDays(now, -10), plusDays(now, 1))).seedDecisionAccuracy;
    expect(await figure()).toEqual({ value: null, reason: 'no seeds were rated' });
    for (let n = 0; n < 29; n += 1) await one(n, now, 'seed', n % 10 === 0 ? 2 : 4);
    await one(30, plusDays(now, -11), 'seed', 1);
    await one(31, now, 'double', 1);
    expect(await figure()).toEqual({ value: null, reason: 'not yet enough seeds were rated' });
    await one(29, now, 'seed', 3);
    const known = await figure();
    expect(known).toMatchObject({ value: 27 / 30, n: 30 });
    // Wilson's interval of 27 of 30, by hand.
    if (known.value !== null) {
      expect(known.interval![0]).toBeCloseTo(0.7438, 4);
      expect(known.interval![1]).toBeCloseTo(0.9654, 4);
    }
    await house.store.close();
  });
});
