import { describe, expect, it } from '@jest/globals';
import { qualityByQuarter, qualityReport } from '../../../src/issuing/index.js';
import { newId, type Instant } from '../../../src/kernel/index.js';
import { aReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

describe('the quality report of a version', () => {
  it('tells whole quarters since publication, the newest first, and nothing of few reviewers or ratings', async () => {
    const house = await aReviewHouse({ seed: 'quarters' });
    const version = (await house.review.achievements.store.version(house.district, house.version))!;
    const published = version.publishedAt!;
    const rate = (n: number, at: Instant, reviewers: number) => {
      const criteria = Object.fromEntries(
        Object.entries(levels(3, 3, n % 4 === 0 ? 2 : 3, 3)).map(([criterion, level]) => [
          criterion,
          { level, pointers: [], feedback: '' },
        ]),
      );
      const rating = (side: number) => ({
        id: newId(house.review.randomness, 'rat'),
        ...{ district: house.district, assignment: newId(house.review.randomness, 'asg') },
        ...{
          case: `case-${at}-${n}`,
          submission: newId(house.review.randomness, 'sub'),
          kind: 'rating' as const,
        },
        ...{
          achievementVersion: house.version,
          attempt: 1,
          round: 0,
          certification: newId(house.review.randomness, 'cer'),
        },
        reviewer: `mbr_${(2 * n + side) % reviewers}` as never,
        ...{ criteria: side === 0 ? criteria : { ...criteria }, committedAt: at, effectDue: null },
        ...{ pendingEntries: [], auditDue: null },
      });
      return Promise.all(
        [rating(0), rating(1)].map((one) => house.review.store.ratings.insert(one as never)),
      );
    };
    const year = Number(published.slice(0, 4)) + 1;
    for (let n = 0; n < 20; n += 1) await rate(n, `${year}-02-10T10:00:${String(n).padStart(2, '0')}Z`, 12);
    for (let n = 0; n < 20; n += 1) await rate(n, `${year}-05-10T10:00:${String(n).padStart(2, '0')}Z`, 4);
    // In the running quarter: not told yet.
    for (let n = 0; n < 20; n += 1) await rate(n, `${year}-07-03T10:00:${String(n).padStart(2, '0')}Z`, 12);
    const quarters = await qualityByQuarter(
      { ...house, clock: { ...house.clock, now: () => `${year}-07-20T00:00:00Z` } },
      version,
    );
    const report = qualityReport(version, quarters) as {
      quarters: { quarter: string; pool: Record<string, unknown> }[];
    };
    expect(report.quarters.slice(0, 2).map(({ quarter }) => quarter)).toEqual([`${year}-Q2`, `${year}-Q1`]);
    // 40 ratings, but of four people only.
    expect(report.quarters[0]!.pool).toEqual({
      window: [`${year}-04-01T00:00:00Z`, `${year}-07-01T00:00:00Z`],
      figures: 'not yet enough reviews',
    });
    expect(report.quarters[1]!.pool).toMatchObject({
      ...{ reviewers: '12', ratings: '40', doubleRatedShare: { value: '1.00', n: '20' } },
      exact: { value: '1.00', n: '80', interval: ['1.00', '1.00'], confidence: '0.95' },
      pairs: 'each entered both ways',
      seedDecisionAccuracy: { value: 'undefined', reason: 'no seeds were rated' },
    });
    expect(report.quarters.at(-1)!.pool['window']).not.toContain(`${year}-07-20T00:00:00Z`);
    expect((report.quarters.at(-1)!.pool['window'] as string[])[1]! > published).toBe(true);
    await house.store.close();
  });
});
