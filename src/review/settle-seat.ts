import type { Actor } from '../kernel/index.js';
import { finishSeat, type PoolSeat } from '../tenancy/index.js';
import { releaseAssignment } from './release-assignment.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out what is due of a seat of a review pool. Of one that has ended: 1 its open work is given back, for others to be
 * drawn; 2 its member of the host has left, and nothing is due. What was signed stays. Runs again from any point.
 */
export async function settleSeat(ports: ReviewPorts, seat: PoolSeat): Promise<void> {
  const actor: Actor = { kind: 'service', district: seat.host };
  // 1
  if (seat.state === 'ended')
    for (const { id } of await ports.store.openAssignmentsOf(seat.host, seat.id))
      await releaseAssignment(ports, actor, id, 'unavailable');
  // 2
  await finishSeat(ports.tenancy, seat);
}
