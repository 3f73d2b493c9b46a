import { afterEach, describe, expect, it } from '@jest/globals';
import { noFigures, totalsOf } from '../../../src/calibration/index.js';
import { checkFigures } from '../../../src/review/index.js';
import { aReviewHouse, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

let house: ReviewHouse;

afterEach(async () => {
  expect(house.failures).toEqual([]);
  await house.store.close();
});

const figuresOf = async (reviewer: string) =>
  (await house.calibration.store.figuresOf(house.district, reviewer, house.version))!;

/** Two reviewers who disagree on a work, an adjudicator, and the decision. */
async function decided() {
  house = await aReviewHouse({ seed: 'figures' });
  await house.reviewer();
  await house.reviewer();
  const adjudicator = await house.reviewer(['adjudicator']);
  const submission = await house.submitted(await house.member(['teacher']));
  await house.settle();
  const [one, two] = await house.assignments(submission);
  house.clock.advance(3600);
  await house.commit(one!, levels(3, 3, 3, 3));
  await house.commit(two!, levels(1, 3, 3, 4));
  await house.settle();
  const third = (await house.assignments(submission)).find(({ kind }) => kind === 'adjudication')!;
  await house.commit(third, levels(3, 3, 3, 3));
  await house.settle();
  return { one: one!.reviewer, two: two!.reviewer, adjudicator: adjudicator.member };
}

describe('figures of reviewers', () => {
  it('follow what is committed and decided, and are what the record says', async () => {
    const { one, two, adjudicator } = await decided();
    const first = await figuresOf(one);
    expect(first.work).toMatchObject({ ratings: 1, seeds: 0, adjudications: 0, minutes: 60 });
    expect(Object.values(first.work.levels)[0]).toEqual([0, 0, 1, 0]);
    expect(totalsOf(first.observed.double)).toMatchObject({ levels: 4, exact: 2, twoOff: 1, difference: 1 });
    expect(first.observed.adjudicated).toMatchObject({ observations: 1, decisionsRight: 1 });
    expect(totalsOf((await figuresOf(two)).observed.adjudicated)).toMatchObject({ exact: 2, difference: -1 });
    // What was disputed is no ordinary day: it is counted, and its levels are not.
    expect((await figuresOf(adjudicator)).work).toMatchObject({ adjudications: 1, minutes: 0, levels: {} });
    expect(await checkFigures(house.review, house.district, { rebuild: false })).toEqual({
      checked: 3,
      findings: [],
    });
  });

  it('that were lost or changed are found, and made anew from the record', async () => {
    const { one, two } = await decided();
    const { reviewerFigures } = house.calibration.store;
    const kept = await figuresOf(one);
    await reviewerFigures.replace({ ...kept, work: { ...kept.work, ratings: 7 } });
    const other = await figuresOf(two);
    await reviewerFigures.replace({ ...noFigures(other), version: other.version });
    const look = (rebuild: boolean) => checkFigures(house.review, house.district, { rebuild });
    const standings = (await look(false)).findings.map(({ reviewer, standing }) => [reviewer, standing]);
    expect(standings.sort()).toEqual(
      [
        [one, 'different'],
        [two, 'different'],
      ].sort(),
    );
    await look(true);
    expect((await look(false)).findings).toEqual([]);
    expect((await figuresOf(one)).work).toEqual(kept.work);
    expect((await figuresOf(two)).observed).toEqual(other.observed);
  });
});
