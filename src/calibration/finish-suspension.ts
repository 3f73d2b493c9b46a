import { update } from '../kernel/index.js';
import type { Certification } from './certification.js';
import { firstReminder } from './remind-of-certification.js';
import type { CalibrationPorts } from './store.js';

/**
 * Says that what followed from a suspension or revocation is carried out; one that was suspended again since stays due.
 * @throws not-found.
 */
export async function finishSuspension(
  ports: Pick<CalibrationPorts, 'store' | 'clock' | 'tenancy'>,
  certification: Certification,
): Promise<Certification> {
  const { district, id, suspensions, state } = certification;
  // Should it hold again by then, its end is told as that of any other.
  const effectDue = state === 'revoked' ? null : await firstReminder(ports, certification);
  return update(
    ports.store.certifications,
    district,
    id,
    (kept) =>
      kept.effectDue === null || kept.suspensions.length !== suspensions.length || kept.state !== state
        ? undefined
        : { ...kept, effectDue },
    'certification',
  );
}
