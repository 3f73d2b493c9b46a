import { update, type Actor } from '../kernel/index.js';
import { ended } from './end-assignment.js';
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
  return update(
    ports.store.assignments,
    actor.district,
    id,
    async (assignment) => {
      if (assignment.state !== 'open') return undefined;
      if ((await ports.store.committedFor(actor.district, id)) !== undefined) return undefined;
      return ended(assignment, { state: 'released', releasedFor }, actor, ports.clock.now());
    },
    'assignment',
  );
}
