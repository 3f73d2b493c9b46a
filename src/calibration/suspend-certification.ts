import { withAudit } from '../audit/index.js';
import { AppError, update, type Actor, type DriftSignalId } from '../kernel/index.js';
import type { Certification } from './certification.js';
import { refuseOwn } from './probation.js';
import type { CalibrationPorts } from './store.js';

/**
 * Suspends a certification from now on: its reviewer signs nothing for this version until a lead reinstates it, and
 * open work goes to others. What was signed before stands.
 * @throws not-found; conflict unless it is active, on probation and not past its end, and for the lead's own.
 */
export async function suspendCertification(
  ports: CalibrationPorts,
  actor: Actor,
  input: {
    readonly certification: string;
    readonly reason: string;
    /** The signal for which it is suspended; left out when a lead does it without one. */
    readonly signal?: DriftSignalId;
  },
): Promise<Certification> {
  const now = ports.clock.now();
  return update(
    ports.store.certifications,
    actor.district,
    input.certification,
    (certification) => {
      refuseOwn(actor, certification);
      if (certification.state !== 'active' && certification.state !== 'probation') {
        throw new AppError(
          'conflict',
          `This certification is ${certification.state}; only one that holds can be suspended.`,
        );
      }
      if (now >= certification.until) {
        throw new AppError(
          'conflict',
          `This certification ended on ${certification.until}; there is nothing to suspend.`,
        );
      }
      const changed: Certification = {
        ...certification,
        state: 'suspended',
        reason: input.reason,
        suspensions: [...certification.suspensions, { from: now, to: null }],
        probation: null,
        effectDue: now,
      };
      return withAudit(
        changed,
        {
          actor,
          verb: 'suspended',
          collection: 'certifications',
          facts: input.signal === undefined ? {} : { signal: input.signal },
        },
        now,
      );
    },
    'certification',
  );
}
