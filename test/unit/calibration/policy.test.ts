import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  defaultPolicy,
  policyAt,
  policyBounds,
  policyFaults,
  policyGroups,
  policyNumbered,
  setPolicy,
  type PolicyBound,
  type PolicyGroup,
  type PolicyNumbers,
} from '../../../src/calibration/index.js';
import { AppError } from '../../../src/kernel/index.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

let house: ReviewHouse;
let lead: Person;

beforeEach(async () => {
  house = await aReviewHouse({ seed: 'policy' });
  lead = await house.member(['lead']);
});
afterEach(() => house.store.close());

/** The defaults with some numbers of one group changed. */
const changed = (group: PolicyGroup, change: { readonly [field: string]: number }): PolicyNumbers => {
  const { qualification, review, seeds, drift } = defaultPolicy;
  const numbers = { qualification, review, seeds, drift };
  return { ...numbers, [group]: { ...numbers[group], ...change } };
};

const set = (replaces: number, numbers: PolicyNumbers) =>
  setPolicy(house.calibration, lead, { replaces, numbers });

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw error ?? new Error('it was not refused');
}

describe('the defaults', () => {
  it('are the numbers of the design', () => {
    const { qualification, review, seeds, drift } = defaultPolicy;
    // review-quality.md: "Pass", "What a reviewer goes through", "Rating", "Drift"; calibration.md, 2.3 and 4.
    expect(qualification).toMatchObject({
      ...{ form: 10, extension: 5, extensions: 2, smallRubricForm: 20 },
      ...{ attempts: 2, attemptsWithinDays: 90, coolDownDays: 7 },
      ...{ exactRate: 0.65, designEffect: 1.3, passProbability: 0.9, failProbability: 0.1 },
      ...{ passTwoOff: 0.05, failTwoOff: 0.15, decisionRate: 0.85, meanDifference: 0.25 },
      ...{ criterionExactRate: 0.5, kappa: 0.7, validMonths: 12, idleDays: 90, recalibrationSeeds: 4 },
      ...{ foundingPool: 15, wholePool: 30 },
    });
    expect(review).toMatchObject({ firstOfReviewer: 20, firstOfVersion: 30, randomShare: 20 });
    expect(seeds).toMatchObject({ share: 10, firstShare: 20, firstDays: 30, perTerm: 4 });
    expect(seeds).toMatchObject({ idleDays: 30, afterIdle: 2 });
    expect(drift).toMatchObject({ inControlRate: 0.7, detectedDrop: 0.15, runLength: 200 });
  });

  it('hold in a district that set nothing, and are within their own bounds', async () => {
    expect(await policyAt(house.calibration, house.district)).toBe(defaultPolicy);
    expect(await policyNumbered(house.calibration, house.district, 0)).toBe(defaultPolicy);
    expect(policyFaults(defaultPolicy)).toEqual([]);
  });
});

describe('bounds', () => {
  it('are held at both ends of every number, and say what it may be', () => {
    for (const group of policyGroups) {
      const bounds: [string, PolicyBound][] = Object.entries(policyBounds[group]);
      expect(bounds.map(([field]) => field).sort()).toEqual(Object.keys(defaultPolicy[group]).sort());
      for (const [field, { least, most }] of bounds) {
        for (const value of [least - 0.001, most + 0.001, Number.NaN, Number.POSITIVE_INFINITY]) {
          const faults = policyFaults(changed(group, { [field]: value }));
          expect(faults).toEqual([
            { pointer: `/${group}/${field}`, detail: expect.stringContaining(`from ${least} to ${most}: `) },
          ]);
        }
      }
    }
  });

  it('take no part of a whole thing', () => {
    expect(policyFaults(changed('qualification', { form: 10.5 }))[0]!.detail).toMatch(/a whole number/);
    expect(policyFaults(changed('qualification', { exactRate: 0.66 }))).toEqual([]);
  });

  it.each<[PolicyGroup, { [field: string]: number }, string]>([
    ['qualification', { failTwoOff: 0.05 }, '/qualification/failTwoOff'],
    ['qualification', { foundingPool: 14 }, '/qualification/foundingPool'],
    ['qualification', { form: 25 }, '/qualification/foundingPool'],
    ['qualification', { extension: 12, foundingPool: 25 }, '/qualification/wholePool'],
    ['qualification', { foundingPool: 40 }, '/qualification/wholePool'],
    ['qualification', { coolDownDays: 60, attemptsWithinDays: 30 }, '/qualification/coolDownDays'],
    ['qualification', { validMonths: 2 }, '/qualification/renewDays'],
    ['review', { reminderDays: 14 }, '/review/reminderDays'],
    ['seeds', { firstShare: 9 }, '/seeds/firstShare'],
    ['seeds', { termDays: 30 }, '/seeds/perTerm'],
    ['drift', { inControlRate: 0.4, detectedDrop: 0.35 }, '/drift/detectedDrop'],
  ])('refuse contradictions: %s %j', (group, change, pointer) => {
    expect(policyFaults(changed(group, change)).map((fault) => fault.pointer)).toContain(pointer);
  });
});

describe('setting a policy', () => {
  it('makes the next version, which holds from then on; earlier ones stay as they were', async () => {
    const before = house.clock.now();
    house.clock.advance(60);
    const first = await set(0, changed('qualification', { exactRate: 0.7 }));
    expect(first).toMatchObject({ number: 1, by: lead.member, from: house.clock.now() });
    house.clock.advance(60);
    const second = await set(1, changed('qualification', { exactRate: 0.75 }));
    const at = async (moment?: string) => {
      const policy = await policyAt(house.calibration, house.district, moment ?? house.clock.now());
      return [policy.number, policy.qualification.exactRate];
    };
    expect(await at(before)).toEqual([0, 0.65]);
    expect(await at(first.from!)).toEqual([1, 0.7]);
    expect(await at(second.from!)).toEqual([2, 0.75]);
    expect(await policyNumbered(house.calibration, house.district, 1)).toEqual(first);
    expect((await refusal(policyNumbered(house.calibration, house.district, 3))).code).toBe('not-found');
  });

  it('writes what changed into the record, in the same write', async () => {
    await set(0, changed('review', { dailyCap: 12 }));
    const [policy] = await house.calibration.store.policies(house.district);
    expect(policy!.pendingEntries).toMatchObject([
      {
        actor: lead.member,
        verb: 'set',
        facts: { number: 1, changed: [{ name: 'review.dailyCap', before: 20, after: 12 }] },
      },
    ]);
  });

  it('refuses who read another version, and lets one of two at once through', async () => {
    await set(0, changed('review', { dailyCap: 12 }));
    const stale = await refusal(set(0, changed('review', { dailyCap: 13 })));
    expect(stale.code).toBe('precondition-failed');
    const both = await Promise.allSettled([
      set(1, changed('review', { dailyCap: 14 })),
      set(1, changed('review', { dailyCap: 15 })),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await house.calibration.store.policies(house.district)).toHaveLength(2);
  });

  it('names every number at fault and keeps nothing of it; the same numbers make no version', async () => {
    const wrong = await refusal(set(0, changed('review', { dailyCap: 0, randomShare: 9 })));
    expect(wrong.errors.map(({ pointer }) => pointer)).toEqual(['/review/dailyCap', '/review/randomShare']);
    expect(await set(0, changed('review', {}))).toBe(defaultPolicy);
    expect(await house.calibration.store.policies(house.district)).toEqual([]);
  });

  it('reaches drawn work, and leaves what was given under the earlier number', async () => {
    for (let n = 0; n < 2; n += 1) await house.reviewer();
    const early = await house.submitted(await house.member(['teacher']));
    await house.settle();
    await set(0, changed('review', { assignmentDays: 5 }));
    const late = await house.submitted(await house.member(['teacher']));
    await house.settle();
    const days = async (work: typeof early) =>
      (await house.assignments(work)).map(({ policy, assignedAt, dueAt }) => [
        policy,
        (Date.parse(dueAt) - Date.parse(assignedAt)) / 86_400_000,
      ]);
    expect(await days(early)).toEqual([
      [0, 14],
      [0, 14],
    ]);
    expect(await days(late)).toEqual([
      [1, 5],
      [1, 5],
    ]);
    const [assignment] = await house.assignments(late);
    await house.commit(assignment!, levels(3, 3, 3, 3));
    expect(house.failures).toEqual([]);
  });
});
