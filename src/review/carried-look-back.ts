import { AppError, found, type DistrictId, type RatingId, type SubmissionId } from '../kernel/index.js';
import type { CarriedLevels } from './carried.js';
import { stillSound } from './carry-over.js';
import { openRound } from './open-round.js';
import type { Decision } from './rating.js';
import type { ReviewCase } from './review-case.js';
import type { ReviewPorts } from './store.js';

/**
 * Has decided work rated again where what stands in it from an earlier attempt came into doubt while it was in review: a
 * suspension that was listing what it questions in that moment did not find it. Runs again from any point.
 */
export async function lookBackOnCarried(ports: ReviewPorts, reviewCase: ReviewCase): Promise<void> {
  const { district, submission, carried, round, state } = reviewCase;
  if (state !== 'decided' || carried === undefined) return;
  const standing = await ports.store.decisionOn(district, submission);
  if (standing === undefined || standing.round > round) return;
  const sound = await stillSound(ports, district, carried);
  const doubtful = Object.entries(carried).find(([criterion]) => sound[criterion] === undefined);
  const [rating] = doubtful?.[1].ratings ?? [];
  if (rating === undefined) return;
  const { certification } = found(await ports.store.rating(district, rating), 'rating');
  try {
    const why = { kind: 'suspension', certification } as const;
    await openRound(ports, { district, id: submission }, 'look-back', why);
  } catch (error) {
    // The evidence is gone, or the teacher has gone on: its decision stands.
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
  }
}

/** The later attempts of the same teacher in which a criterion stands from this sign-off, or is to once they are decided. */
export async function carriersOf(
  ports: Pick<ReviewPorts, 'store' | 'submissions'>,
  district: DistrictId,
  rating: { readonly id: RatingId; readonly submission: SubmissionId },
): Promise<readonly SubmissionId[]> {
  const { submissions } = ports.submissions.store;
  const signed = await submissions.get(district, rating.submission);
  if (signed === undefined) return [];
  const { teacher, achievement } = signed;
  const others = await ports.submissions.store.submissionsFor(district, teacher, achievement);
  const carriers: SubmissionId[] = [];
  for (const { id } of others.filter((one) => one.previous !== null && one.id !== signed.id)) {
    const newest = (await ports.store.casesOn(district, id)).at(-1);
    if (rests(newest?.carried, rating.id)) carriers.push(id);
  }
  return carriers;
}

/** Whether a decision rests on a sign-off: one of its own, or by what stands in it from an earlier attempt. */
export function restsOn({ ratings, carried }: Decision, rating: RatingId): boolean {
  return ratings.includes(rating) || rests(carried, rating);
}

function rests(carried: CarriedLevels | undefined, rating: RatingId): boolean {
  return Object.values(carried ?? {}).some(({ ratings }) => ratings.includes(rating));
}
