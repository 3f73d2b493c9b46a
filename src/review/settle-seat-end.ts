import type { Actor } from '../kernel/index.js';
import { finishSeatEnd, type PoolSeat } from '../tenancy/index.js';
import { releaseAssignment } from './release-assignment.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out the end of a seat of a review pool: 1 its open work is given back, for others to be drawn; 2 its member of
 * the host has left, and nothing is due. What was signed stays. Runs again from any point.
 */
export async function settleSeatEnd(ports: ReviewPorts, seat: PoolSeat): Promise<void> {
  const actor: Actor = { kind: 'service', district: seat.host };
  if (seat.state !== 'ended') return;
  // 1
  for (const { id } of await ports.store.openAssignmentsOf(seat.host, seat.id))
    await releaseAssignment(ports, actor, id, 'unavailable');
  // 2
  await finishSeatEnd(ports.tenancy, seat);
}
