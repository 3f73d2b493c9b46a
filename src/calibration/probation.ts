import { withAudit } from '../audit/index.js';
import {
  AppError,
  update,
  type Actor,
  type DriftSignalId,
  type Instant,
  type MemberId,
} from '../kernel/index.js';
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

/** Ends the probation that signals brought; one that a lead began, or that there is not, stays as it is. @throws not-found. */
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
      if (certification.state !== 'probation' || certification.probation?.signal === null) return undefined;
      const changed: Certification = { ...certification, state: 'active', probation: null };
      const facts = { state: 'active', signal: input.signal };
      return withAudit(changed, { actor, verb: 'ended-probation', collection: 'certifications', facts }, now);
    },
    'certification',
  );
}

/**
 * Puts a certification on probation by a lead's act, from now on, and says so at once: its reviewer goes on, everything
 * is rated twice, and seeds come as in the first month, until a lead ends it.
 * @throws not-found; conflict unless it is active and not past its end, and for the lead's own.
 */
export function beginProbation(
  ports: Pick<CalibrationPorts, 'store' | 'clock'>,
  actor: Actor,
  input: { readonly certification: string; readonly reason: string },
): Promise<Certification> {
  const now = ports.clock.now();
  return byLead(ports, actor, input, 'put-on-probation', (certification) => {
    if (certification.state !== 'active' || now >= certification.until) {
      const state = now >= certification.until ? `over since ${certification.until}` : certification.state;
      throw new AppError('conflict', `This certification is ${state}; only an active one goes on probation.`);
    }
    return { state: 'probation', probation: { signal: null, from: now, tellAt: now } };
  });
}

/**
 * Ends a probation that a lead began; one that a drift signal brought ends with the signal.
 * @throws not-found; conflict unless it is on probation by a lead's act, and for the lead's own.
 */
export function liftProbation(
  ports: Pick<CalibrationPorts, 'store' | 'clock'>,
  actor: Actor,
  input: { readonly certification: string; readonly reason: string },
): Promise<Certification> {
  return byLead(ports, actor, input, 'ended-probation', ({ state, probation }) => {
    if (state !== 'probation')
      throw new AppError('conflict', `This certification is ${state}; there is no probation to end.`);
    if (probation?.signal !== null)
      throw new AppError(
        'conflict',
        'A drift signal put this certification on probation; clear the signal, and the probation ends with it.',
      );
    return { state: 'active', probation: null };
  });
}

function byLead(
  ports: Pick<CalibrationPorts, 'store' | 'clock'>,
  actor: Actor,
  { certification: id, reason }: { readonly certification: string; readonly reason: string },
  verb: string,
  change: (certification: Certification) => Pick<Certification, 'state' | 'probation'>,
): Promise<Certification> {
  return update(
    ports.store.certifications,
    actor.district,
    id,
    (certification) => {
      refuseOwn(actor, certification);
      const changed: Certification = { ...certification, ...change(certification), reason };
      const facts = { state: changed.state, signal: null };
      return withAudit(changed, { actor, verb, collection: 'certifications', facts }, ports.clock.now());
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

/** A certification as a member sees it who oversees review: the own one as every reviewer sees theirs. */
export function asSeenBy(member: MemberId, certification: Certification, now: Instant): Certification {
  return certification.reviewer === member ? asTold(certification, now) : certification;
}

/** @throws conflict for a member's own certification: nobody lifts, or tries, what is said about the own levels. */
export function refuseOwn(actor: Actor, { reviewer }: Certification): void {
  if (actor.kind !== 'member' || actor.member !== reviewer) return;
  throw new AppError('conflict', 'This certification is your own; another lead changes it.');
}
