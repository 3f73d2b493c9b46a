import { followDrift, observe, policyAt, reviewedVersion } from '../calibration/index.js';
import { found, update } from '../kernel/index.js';
import { countRating } from './count-rating.js';
import { levelsOf, type SeedRating } from './rating.js';
import { closeAssignment } from './settle-rating.js';
import { changePlan } from './seed-plan.js';
import { nextTermCheck } from './owe-seeds.js';
import { noteSeedRating } from './tell-of-seeds.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out what follows from a committed rating of a seed: 1 its assignment is committed, the draft goes; 2 the rating
 * is observed beside the key, and its reviewer's charts of drift follow; 3 its reviewer will be told of it among others; 4 it is counted as work; 5 done. No
 * submission, case or decision is touched (invariant 7). Runs again from any point.
 */
export async function settleSeedRating(
  ports: ReviewPorts,
  { district, id }: { readonly district: string; readonly id: string },
): Promise<void> {
  const rating = found(await ports.store.seedRatings.get(district, id), 'rating');
  if (rating.effectDue === null) return;
  // 1
  await closeAssignment(ports, rating);
  // 2
  await observeSeed(ports, rating);
  // 3
  const { reviewer, achievementVersion } = rating;
  const { seeds: policy } = await policyAt(ports.calibration, rating.district);
  const plan = await changePlan(
    ports.store,
    {
      district: rating.district,
      reviewer,
      achievementVersion,
      termCheckAt: nextTermCheck(ports.clock.now(), policy),
    },
    () => undefined,
  );
  await noteSeedRating(ports, plan, rating.id);
  // 4
  await countRating(ports, rating);
  // 5
  await update(
    ports.store.seedRatings,
    district,
    id,
    (kept) => (kept.effectDue === null ? undefined : { ...kept, effectDue: null }),
    'rating',
  );
}

async function observeSeed(ports: ReviewPorts, rating: SeedRating): Promise<void> {
  const { id, district, reviewer, achievementVersion, exemplar, criteria, committedAt } = rating;
  const { key } = found(await ports.calibration.store.exemplar(district, exemplar), 'exemplar');
  if (key === null) throw new Error(`exemplar ${exemplar} was served as a seed and has no key`);
  const { rubric } = await reviewedVersion(ports, district, achievementVersion);
  const { store } = ports.calibration;
  const observed = await observe(store, rubric, {
    id: `${id}:${exemplar}`,
    ...{ district, reviewer, achievementVersion, exemplar, kind: 'seed', at: committedAt },
    ...{ given: levelsOf(criteria), reference: key.levels, rating: id, other: null },
    beside: Object.fromEntries(Object.entries(key.levels).filter(([one]) => criteria[one] === undefined)),
  });
  await followDrift(ports.calibration, observed);
}
