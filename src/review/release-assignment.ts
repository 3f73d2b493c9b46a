import { withAudit } from '../audit/index.js';
import { update, type Actor } from '../kernel/index.js';
import type { Assignment, ReleaseReason } from './rating.js';
import type { ReviewPorts } from './store.js';

/**
 * Gives an open assignment back, due for another to be drawn; one that is not open stays as it is.
 * @throws not-found.
 */
export function releaseAssignment(
  ports: Pick<ReviewPorts, 'store' | 'clock'>,
  actor: Actor,
  id: string,
  releasedFor: ReleaseReason,
): Promise<Assignment> {
  const now = ports.clock.now();
  return update(
    ports.store.assignments,
    actor.district,
    id,
    async (assignment) => {
      if (assignment.state !== 'open') return undefined;
      if ((await ports.store.ratingOfAssignment(actor.district, id)) !== undefined) return undefined;
      const released = { ...assignment, state: 'released' as const, releasedFor, effectDue: now };
      return withAudit(
        released,
        { actor, verb: 'released', collection: 'assignments', facts: { releasedFor } },
        now,
      );
    },
    'assignment',
  );
}
