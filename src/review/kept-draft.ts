import { policyNumbered } from '../calibration/index.js';
import { found, plusDays, type Actor, type Instant, type MemberId } from '../kernel/index.js';
import { ownAssignment } from './get-assignment.js';
import type { Assignment, RatingDraft } from './rating.js';
import type { ReviewPorts } from './store.js';

/** What a reviewer had written for an own assignment, open or ended. */
export interface KeptDraft {
  readonly assignment: Assignment;
  readonly draft: RatingDraft;
  /** Until when it is kept; null while the assignment is open. */
  readonly keptUntil: Instant | null;
}

/**
 * What the caller had written for an own assignment: also once it expired or was given back, when the evidence is no
 * longer open. Nobody else reads it.
 * @throws not-found for another's; where nothing was written, it was committed, or its time is over.
 */
export async function getKeptDraft(
  ports: Pick<ReviewPorts, 'store' | 'calibration'>,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<KeptDraft> {
  const assignment = await ownAssignment(ports, actor, id);
  const draft = found(await ports.store.draft(actor.district, assignment.id), 'draft');
  const { endedAt } = assignment;
  const { review } = await policyNumbered(ports.calibration, actor.district, assignment.policy);
  return {
    assignment,
    draft,
    keptUntil: endedAt === null ? null : plusDays(endedAt, review.draftDays),
  };
}
