import { withAudit } from '../audit/index.js';
import { AppError, update, type Actor } from '../kernel/index.js';
import type { Certification } from './certification.js';
import { refuseOwn } from './probation.js';
import type { CalibrationPorts } from './store.js';

/**
 * Revokes a certification for good; the reviewer may qualify again. What was signed before stands, open work goes to
 * others.
 * @throws not-found; conflict when it is revoked already, and for the lead's own.
 */
export async function revokeCertification(
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
      if (certification.state === 'revoked') {
        throw new AppError('conflict', 'This certification is revoked already.');
      }
      const changed: Certification = {
        ...certification,
        state: 'revoked',
        reason: input.reason,
        suspensions: certification.suspensions.map((one) => (one.to === null ? { ...one, to: now } : one)),
        revokedAt: now,
        effectDue: now,
      };
      return withAudit(changed, { actor, verb: 'revoked', collection: 'certifications', facts: {} }, now);
    },
    'certification',
  );
}
