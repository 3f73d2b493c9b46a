import { withAudit } from '../audit/index.js';
import { AppError, update, type Actor } from '../kernel/index.js';
import type { Certification } from './certification.js';
import { refuseOwn } from './probation.js';
import type { CalibrationPorts } from './store.js';

/**
 * Ends a suspension: the certification holds again until its date. The time of suspension stays on record.
 * @throws not-found; conflict unless it is suspended, and for the lead's own.
 */
export async function reinstateCertification(
  ports: CalibrationPorts,
  actor: Actor,
  input: { readonly certification: string; readonly reason: string },
): Promise<Certification> {
  const now = ports.clock.now();
  return update(
    ports.store.certifications,
    actor.district,
    input.certification,
    (certification) => {
      refuseOwn(actor, certification);
      if (certification.state !== 'suspended') {
        throw new AppError(
          'conflict',
          `This certification is ${certification.state}; only a suspended one can be reinstated.`,
        );
      }
      const changed: Certification = {
        ...certification,
        state: 'active',
        reason: input.reason,
        suspensions: certification.suspensions.map((one) => (one.to === null ? { ...one, to: now } : one)),
      };
      return withAudit(changed, { actor, verb: 'reinstated', collection: 'certifications', facts: {} }, now);
    },
    'certification',
  );
}
