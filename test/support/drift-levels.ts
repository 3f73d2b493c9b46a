import {
  followDrift,
  observe,
  type Certification,
  type DriftPolicy,
  type ObservationKind,
  defaultPolicy,
} from '../../src/calibration/index.js';
import { newId, type ExemplarId } from '../../src/kernel/index.js';
import type { ReviewHouse } from './review-house.js';
import { levels } from './rubric.js';

/** Feeds one observation of four levels (1 to 4), beside references of 3 where others are not given. */
export async function observed(
  house: ReviewHouse,
  { reviewer, achievementVersion }: Pick<Certification, 'reviewer' | 'achievementVersion'>,
  given: readonly number[],
  options: {
    readonly kind?: ObservationKind;
    readonly reference?: readonly number[];
    readonly exemplar?: string;
  } = {},
): Promise<string> {
  const { calibration, district } = house;
  const rating = newId(calibration.randomness, 'rat');
  const exemplar = (options.exemplar ?? newId(calibration.randomness, 'exm')) as ExemplarId;
  const kind = options.kind ?? 'seed';
  const id = `${rating}:${exemplar}`;
  await observe(calibration.store, house.rubric, {
    ...{ id, district, reviewer, achievementVersion, kind, at: calibration.clock.now(), rating },
    ...(kind === 'seed'
      ? { other: null, exemplar }
      : { other: newId(calibration.randomness, 'mbr'), exemplar: null }),
    given: levels(...given),
    reference: levels(...(options.reference ?? given.map(() => 3))),
  });
  await followDrift(calibration, (await calibration.store.observations.get(district, id))!);
  return id;
}

/** Sets numbers of drift as version 1 of the district's policy. */
export async function withDrift(house: ReviewHouse, drift: Partial<DriftPolicy>): Promise<void> {
  const { calibration, district } = house;
  const { qualification, review, seeds, drift: defaults } = defaultPolicy;
  await calibration.store.reviewPolicies.insert({
    id: newId(calibration.randomness, 'pol'),
    ...{ district, number: 1, from: calibration.clock.now(), by: newId(calibration.randomness, 'mbr') },
    ...{ qualification, review, seeds, drift: { ...defaults, ...drift } },
    ...{ pendingEntries: [], auditDue: null },
  });
}
