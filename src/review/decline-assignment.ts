import { AppError, unreachable, type Actor, type MemberId } from '../kernel/index.js';
import { relateMembers } from '../tenancy/index.js';
import { ownAssignment } from './get-assignment.js';
import type { Assignment } from './rating.js';
import { releaseAssignment } from './release-assignment.js';
import { caseOf } from './settle-rating.js';
import type { ReviewPorts } from './store.js';

/**
 * Gives an assignment back: because the reviewer recognises the person, which is kept as a declared conflict and holds
 * for other work too, or because the reviewer cannot do it. Another is drawn. Declined again, it stays declined.
 * @throws not-found for another's; conflict once it is committed.
 */
export async function declineAssignment(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly assignment: string; readonly reason: 'conflict' | 'unavailable' },
): Promise<Assignment> {
  const assignment = await ownAssignment(ports, actor, input.assignment);
  const rated = await ports.store.committedFor(actor.district, assignment.id);
  if (assignment.state === 'committed' || rated !== undefined) {
    throw new AppError(
      'conflict',
      'You have committed this rating; it can no longer be declined. Tell the lead reviewer.',
    );
  }
  if (assignment.state !== 'open') return assignment;
  // 1. The conflict first: without it the same reviewer could be drawn again for the person's next work.
  if (input.reason === 'conflict') await declareConflict(ports, assignment);
  // 2. Given back.
  return releaseAssignment(ports, actor, assignment.id, input.reason);
}

async function declareConflict(ports: ReviewPorts, assignment: Assignment): Promise<void> {
  switch (assignment.work) {
    case 'submission':
      return relate(ports, assignment, (await caseOf(ports, assignment)).teacher);
    case 'seed':
      // It is nobody's work to the district: the exemplar is not served to this reviewer again, which holds anyhow.
      return;
    default:
      unreachable(assignment);
  }
}

async function relate(ports: ReviewPorts, { district, reviewer, assignedAt }: Assignment, teacher: MemberId) {
  try {
    await relateMembers(
      ports.tenancy,
      { kind: 'service', district },
      // From when it was assigned, so that a repeat is the same relationship.
      { kind: 'declared', member: reviewer, other: teacher, from: assignedAt },
    );
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
  }
}
