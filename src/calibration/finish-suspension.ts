import { update } from '../kernel/index.js';
import type { Certification } from './certification.js';
import type { CalibrationPorts } from './store.js';

/**
 * Says that what followed from a suspension or revocation is carried out; one that was suspended again since stays due.
 * @throws not-found.
 */
export function finishSuspension(
  ports: Pick<CalibrationPorts, 'store'>,
  { district, id, suspensions, state }: Certification,
): Promise<Certification> {
  return update(
    ports.store.certifications,
    district,
    id,
    (kept) =>
      kept.effectDue === null || kept.suspensions.length !== suspensions.length || kept.state !== state
        ? undefined
        : { ...kept, effectDue: null },
    'certification',
  );
}
