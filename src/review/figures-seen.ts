import { minusWork, reviewedVersion, type CountedWork, type ReviewerFigures } from '../calibration/index.js';
import type { Actor, Instant, MemberId } from '../kernel/index.js';
import { workOf } from './count-rating.js';
import type { Rating } from './rating.js';
import type { ReviewPorts } from './store.js';

/** A rating that the caller may not know of yet. */
interface Hidden {
  readonly rating: Rating;
  readonly work: CountedWork;
}

/**
 * Figures as the caller may see them: ratings of others on cases that the caller is to rate too are in none, so that nobody
 * learns from a count that there is another rating (invariant 2). What ratings were held against is known only once all
 * of a case have committed, and needs nothing hidden.
 */
export async function figuresSeenBy(
  ports: ReviewPorts,
  { district, member }: Actor & { readonly member: MemberId },
  all: readonly ReviewerFigures[],
): Promise<readonly ReviewerFigures[]> {
  const hidden: Hidden[] = [];
  for (const { case: own } of await ports.store.openAssignmentsOf(district, member)) {
    if (own === null) continue;
    for (const rating of await ports.store.ratingsOfCase(district, own)) {
      if (rating.reviewer === member) continue;
      const { rubric } = await reviewedVersion(ports, district, rating.achievementVersion);
      hidden.push({ rating, work: await workOf(ports, rubric, rating) });
    }
  }
  if (hidden.length === 0) return all;
  return Promise.all(
    all.map(async (figures) => {
      const these = hidden.filter(({ rating }) => isCountedIn(figures, rating));
      if (these.length === 0) return figures;
      const work = these.reduce((sums, one) => minusWork(sums, one.work), figures.work);
      const ids = new Set(these.map(({ rating }) => rating.id));
      return { ...figures, work: { ...work, lastAt: await lastCommit(ports, figures, ids) } };
    }),
  );
}

function isCountedIn(figures: ReviewerFigures, rating: Rating): boolean {
  const { reviewer, achievementVersion, id, effectDue } = rating;
  return (
    figures.reviewer === reviewer &&
    figures.achievementVersion === achievementVersion &&
    (effectDue === null || figures.counting.includes(id))
  );
}

/** A reviewer's latest commit on a version, of ratings that are not hidden. */
async function lastCommit(
  { store }: ReviewPorts,
  { district, reviewer, achievementVersion: version }: ReviewerFigures,
  hidden: ReadonlySet<string>,
): Promise<Instant | null> {
  const newest = { limit: hidden.size + 1, descending: true };
  const found = await Promise.all([
    store.ratings.page(district, 'reviewer', [reviewer, version, 'rating'], newest),
    store.ratings.page(district, 'reviewer', [reviewer, version, 'adjudication'], newest),
    store.seedRatings.page(district, 'reviewer', [reviewer, version], newest),
  ]);
  const moments = found
    .flatMap(({ items }) => items.map(({ id, committedAt }) => ({ id, committedAt })))
    .filter(({ id }) => !hidden.has(id))
    .map(({ committedAt }) => committedAt);
  return moments.sort().at(-1) ?? null;
}
