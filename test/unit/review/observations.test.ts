import { afterEach, describe, expect, it } from '@jest/globals';
import type { Observation } from '../../../src/calibration/index.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

let house: ReviewHouse;

afterEach(async () => {
  expect(house.failures).toEqual([]);
  await house.store.close();
});

/** Two reviewers' ratings of one work, and what is then observed of them. */
async function rated(first: readonly number[], second: readonly number[]) {
  house = await aReviewHouse({ seed: 'observed' });
  const reviewers = [await house.reviewer(), await house.reviewer()];
  const adjudicator = await house.reviewer(['adjudicator']);
  const submission = await house.submitted(await house.member(['teacher']));
  await house.settle();
  const [one, two] = await house.assignments(submission);
  await house.commit(one!, levels(...first));
  await house.commit(two!, levels(...second));
  await house.settle();
  const of = (reviewer: Pick<Person, 'member'>) =>
    house.calibration.store.observationsOf(house.district, reviewer.member, house.version);
  return { reviewers, adjudicator, submission, one: one!, two: two!, of };
}

const differences = ({ levels: observed }: Observation) =>
  observed.map(({ given, reference }) => given - reference);

describe('observations', () => {
  it('hold each of two ratings against the other, as signed differences, once the case is decided', async () => {
    const { one, two, of } = await rated([3, 3, 4, 3], [3, 4, 3, 3]);
    const [first] = await of({ member: one.reviewer });
    const [second] = await of({ member: two.reviewer });
    expect(first).toMatchObject({ kind: 'double', other: two.reviewer, exemplar: null, decisionRight: true });
    expect(first!.levels.map(({ q }) => q)).toEqual([4, 4, 4, 4]);
    expect(differences(first!)).toEqual([0, -1, 1, 0]);
    expect(differences(second!)).toEqual([0, 1, -1, 0]);
    const { store } = house.calibration;
    expect(await store.timesPaired(house.district, house.version, one.reviewer, two.reviewer)).toBe(1);
    // Settled again, it is one comparison still.
    await house.settle();
    expect(await of({ member: one.reviewer })).toHaveLength(1);
  });

  it('keep the pair that disagreed and what the adjudicator made of it, and nothing before the decision', async () => {
    const { one, two, of, submission, adjudicator } = await rated([3, 3, 3, 3], [1, 3, 3, 3]);
    expect(await of({ member: one.reviewer })).toEqual([]);
    const third = (await house.assignments(submission)).find(({ kind }) => kind === 'adjudication')!;
    expect(third.reviewer).toBe(adjudicator.member);
    await house.commit(third, levels(3, 3, 3, 3));
    await house.settle();
    const kinds = async (member: Person['member']) =>
      (await of({ member })).map(({ kind, decisionRight }) => [kind, decisionRight]).sort();
    expect(await kinds(one.reviewer)).toEqual([
      ['adjudicated', true],
      ['double', false],
    ]);
    expect(await kinds(two.reviewer)).toEqual([
      ['adjudicated', false],
      ['double', false],
    ]);
    expect(await kinds(adjudicator.member)).toEqual([]);
  });
});
