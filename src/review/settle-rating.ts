import { AppError, found, update, type Actor, type DistrictId } from '../kernel/index.js';
import { lookBackOnCarried } from './carried-look-back.js';
import { countRating } from './count-rating.js';
import { ended } from './end-assignment.js';
import type { Assignment, CommittedRating } from './rating.js';
import type { ReviewCase } from './review-case.js';
import { settleCase } from './settle-case.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out what follows from a committed rating: 1 its assignment is committed; 2 the draft goes; 3 the case goes on,
 * to a second rating, an adjudication or the decision, and to a look-back where what stands in it came into doubt; 4 it is counted among its reviewer's figures; 5 done. Runs again
 * from any point.
 */
export async function settleRating(
  ports: ReviewPorts,
  { district, id }: { readonly district: string; readonly id: string },
): Promise<void> {
  const rating = found(await ports.store.rating(district, id), 'rating');
  if (rating.effectDue === null) return;
  // 1, 2
  await closeAssignment(ports, rating);
  // 3
  await lookBackOnCarried(ports, await settleCase(ports, await caseOf(ports, rating)));
  // 4
  await countRating(ports, rating);
  // 5
  await update(
    ports.store.ratings,
    district,
    id,
    (kept) => (kept.effectDue === null ? undefined : { ...kept, effectDue: null }),
    'rating',
  );
}

/** Marks the assignment of a kept rating committed, with its draw told in the record, and removes its draft. */
export async function closeAssignment(ports: ReviewPorts, rating: CommittedRating): Promise<Assignment> {
  const { district, reviewer } = rating;
  const actor: Actor = { kind: 'member', district, member: reviewer };
  const assignment = await update(
    ports.store.assignments,
    district,
    rating.assignment,
    (kept) =>
      kept.state === 'committed'
        ? undefined
        : { ...ended(kept, { state: 'committed' }, actor, rating.committedAt), effectDue: null },
    'assignment',
  );
  await removeDraft(ports, district, rating.assignment);
  return assignment;
}

/** Removes what was written for an assignment. */
export async function removeDraft(ports: ReviewPorts, district: string, assignment: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const draft = await ports.store.draft(district, assignment);
    if (draft === undefined) return;
    try {
      await ports.store.drafts.remove(district, draft.id, draft.version);
      return;
    } catch (error) {
      // Saved once more in the same moment, by another window: look again.
      if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    }
  }
}

/** The case of an assignment or rating. */
export async function caseOf(
  ports: ReviewPorts,
  { district, case: id }: { readonly district: DistrictId; readonly case: string },
): Promise<ReviewCase> {
  return found(await ports.store.cases.get(district, id), 'review case');
}
