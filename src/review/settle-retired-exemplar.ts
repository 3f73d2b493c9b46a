import { takeFromForms, type Exemplar } from '../calibration/index.js';
import { update } from '../kernel/index.js';
import { releaseAssignment } from './release-assignment.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out what follows from the retirement of an exemplar, which is never served again: 1 open forms get another in
 * its place; 2 open seeds end as work does that was withdrawn; 3 done. Runs again from any point.
 */
export async function settleRetiredExemplar(ports: ReviewPorts, exemplar: Exemplar): Promise<void> {
  const { district, id } = exemplar;
  const { calibration } = ports;
  // 1
  await takeFromForms(calibration, exemplar);
  // 2
  for (const serving of await calibration.store.servingsOfWork(district, exemplar.origin)) {
    if (serving.use !== 'seed' || serving.exemplar !== id) continue;
    const assignment = await ports.store.assignment(district, serving.cause);
    if (assignment?.state === 'open')
      await releaseAssignment(ports, { kind: 'service', district }, assignment.id, 'closed');
  }
  // 3
  await update(
    calibration.store.exemplars,
    district,
    id,
    (kept) => (kept.effectDue === null ? undefined : { ...kept, effectDue: null }),
    'exemplar',
  );
}
