import { levelNumber, type Rubric } from '../achievements/index.js';
import { countWork, reviewedVersion, type CountedWork } from '../calibration/index.js';
import { found, type RatingId } from '../kernel/index.js';
import { levelsOf, type CommittedRating } from './rating.js';
import type { ReviewPorts } from './store.js';

/**
 * Adds a committed rating, or one of a seed, to its reviewer's figures, once: before its `effectDue` is cleared, which is
 * the mark that it is settled and is never set again.
 */
export async function countRating(ports: ReviewPorts, rating: CommittedRating): Promise<void> {
  const { district } = rating;
  const { rubric } = await reviewedVersion(ports, district, rating.achievementVersion);
  const work = await workOf(ports, rubric, rating);
  await countWork(ports.calibration.store, work, (id) => isSettled(ports, district, id));
}

async function isSettled(ports: ReviewPorts, district: string, id: RatingId): Promise<boolean> {
  const kept = (await ports.store.rating(district, id)) ?? (await ports.store.seedRatings.get(district, id));
  return found(kept, 'rating').effectDue === null;
}

/** A committed rating as figures count it. */
export async function workOf(
  ports: Pick<ReviewPorts, 'store'>,
  rubric: Rubric,
  rating: CommittedRating,
): Promise<CountedWork> {
  const { district, reviewer, achievementVersion, id, committedAt } = rating;
  const { assignedAt } = found(await ports.store.assignment(district, rating.assignment), 'assignment');
  return {
    ...{ district, reviewer, achievementVersion, rating: id, at: committedAt },
    kind: 'exemplar' in rating ? 'seed' : rating.kind,
    minutes: Math.max(0, Math.floor((Date.parse(committedAt) - Date.parse(assignedAt)) / 60_000)),
    levels: givenLevels(rubric, rating),
  };
}

function givenLevels(rubric: Rubric, { id, criteria }: CommittedRating): CountedWork['levels'] {
  const levels = levelsOf(criteria);
  // Of some criteria only, where others stand from an earlier attempt.
  const rated = rubric.criteria.filter((criterion) => levels[criterion.id] !== undefined);
  return rated.map((criterion) => {
    const given = levelNumber(criterion, levels[criterion.id] ?? '');
    if (given === undefined) throw new Error(`rating ${id} has no level of criterion "${criterion.id}"`);
    return { criterion: criterion.id, given, q: criterion.levels.length };
  });
}
