import type { Rubric } from '../achievements/index.js';
import { followDrift, observe, type Observed } from '../calibration/index.js';
import { carriedLevels, type CarriedLevels } from './carried.js';
import { levelsOf, type Rating } from './rating.js';
import type { ReviewPorts } from './store.js';

/**
 * Keeps what the ratings of a decided case say of their raters: each of two ratings against the other, and both against
 * the adjudication where there was one. A single rating has nothing to be held against. The charts of
 * drift follow. What stands from an earlier attempt was observed there, and is not again. Runs again from any point.
 */
export async function observeRatings(
  ports: Pick<ReviewPorts, 'calibration'>,
  rubric: Rubric,
  ratings: readonly Rating[],
  carried?: CarriedLevels,
): Promise<void> {
  const { store } = ports.calibration;
  for (const observed of comparisons(ratings)) {
    await followDrift(
      ports.calibration,
      await observe(store, rubric, { ...observed, beside: carriedLevels(carried) }),
    );
  }
}

function comparisons(ratings: readonly Rating[]): readonly Observed[] {
  const signed = ratings.filter(({ kind }) => kind === 'rating');
  return signed.flatMap((rating) =>
    ratings
      .filter(({ id }) => id !== rating.id)
      .map((reference): Observed => ({
        id: `${rating.id}:${reference.id}`,
        district: rating.district,
        reviewer: rating.reviewer,
        achievementVersion: rating.achievementVersion,
        kind: reference.kind === 'rating' ? 'double' : 'adjudicated',
        at: rating.committedAt,
        given: levelsOf(rating.criteria),
        reference: levelsOf(reference.criteria),
        rating: rating.id,
        other: reference.reviewer,
        exemplar: null,
      })),
  );
}
