import { found, type Actor, type MemberId } from '../kernel/index.js';
import { nextExemplar } from './commit-qualification-response.js';
import type { QualificationAttempt } from './certification.js';
import type { Exemplar } from './exemplar.js';
import type { CalibrationPorts } from './store.js';

/** The own attempt with the exemplar to rate next, null when it has ended. @throws not-found also for another's. */
export async function getQualification(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<{ readonly attempt: QualificationAttempt; readonly next: Exemplar | null }> {
  const attempt = await ports.store.attempts.get(actor.district, id);
  const own = found(attempt?.reviewer === actor.member ? attempt : undefined, 'qualification attempt');
  return { attempt: own, next: await nextQualificationItem(ports, own) };
}

/** The exemplar to rate next in an attempt; null when it has ended. Its presenter leaves the key out. */
export async function nextQualificationItem(
  ports: CalibrationPorts,
  attempt: QualificationAttempt,
): Promise<Exemplar | null> {
  const next = nextExemplar(attempt);
  return next === undefined ? null : found(await ports.store.exemplar(attempt.district, next), 'exemplar');
}
