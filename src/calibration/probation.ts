import { withAudit } from '../audit/index.js';
import { update, type Actor, type DriftSignalId, type Instant } from '../kernel/index.js';
import type { Certification } from './certification.js';
import type { CalibrationPorts } from './store.js';

/**
 * Puts a certification on probation for a drift signal: everything is rated twice, and seeds come as in the first month,
 * until the signal is settled. One that does not hold, or is on probation already, stays as it is.
 * @param tellAt from when its reviewer is told.
 * @throws not-found.
 */
export function putOnProbation(
  ports: Pick<CalibrationPorts, 'store' | 'clock'>,
  actor: Actor,
  input: { readonly certification: string; readonly signal: DriftSignalId; readonly tellAt: Instant },
): Promise<Certification> {
  const now = ports.clock.now();
  return update(
    ports.store.certifications,
    actor.district,
    input.certification,
    (certification) => {
      if (certification.state !== 'active' || now >= certification.until) return undefined;
      const { signal, tellAt } = input;
      const changed: Certification = {
        ...certification,
        state: 'probation',
        probation: { signal, from: now, tellAt },
      };
      const facts = { state: 'probation', signal };
      return withAudit(
        changed,
        { actor, verb: 'put-on-probation', collection: 'certifications', facts },
        now,
      );
    },
    'certification',
  );
}

/** Ends the probation; one that is not on probation stays as it is. @throws not-found. */
export function endProbation(
  ports: Pick<CalibrationPorts, 'store' | 'clock'>,
  actor: Actor,
  input: { readonly certification: string; readonly signal: DriftSignalId },
): Promise<Certification> {
  const now = ports.clock.now();
  return update(
    ports.store.certifications,
    actor.district,
    input.certification,
    (certification) => {
      if (certification.state !== 'probation') return undefined;
      const changed: Certification = { ...certification, state: 'active', probation: null };
      const facts = { state: 'active', signal: input.signal };
      return withAudit(changed, { actor, verb: 'ended-probation', collection: 'certifications', facts }, now);
    },
    'certification',
  );
}

/**
 * A certification as its reviewer sees it: on probation only once that is told, for at the moment of a commit it would
 * say what the work was that was committed.
 */
export function asTold(certification: Certification, now: Instant): Certification {
  const { state, probation } = certification;
  const untold =
    state === 'probation' && probation !== undefined && probation !== null && now < probation.tellAt;
  return untold ? { ...certification, state: 'active' } : certification;
}
