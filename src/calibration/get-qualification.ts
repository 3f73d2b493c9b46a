import { found, type Actor, type MemberId } from '../kernel/index.js';
import { nextExemplar } from './commit-qualification-response.js';
import type { QualificationAttempt } from './certification.js';
import type { Exemplar } from './exemplar.js';
import { replaceInForm } from './form-supply.js';
import { settleAttempt } from './settle-attempt.js';
import type { CalibrationPorts } from './store.js';

/** The own attempt with the exemplar to rate next, null when it has ended. @throws not-found also for another's. */
export async function getQualification(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<{ readonly attempt: QualificationAttempt; readonly next: Exemplar | null }> {
  const attempt = await ports.store.attempts.get(actor.district, id);
  const own = found(attempt?.reviewer === actor.member ? attempt : undefined, 'qualification attempt');
  return nextQualificationItem(ports, own);
}

/**
 * The attempt with the exemplar to rate next, null when it has ended. Its presenter leaves the key out. An exemplar that
 * was retired before its turn, and that nothing has replaced yet, is replaced now: a retired one is never served.
 */
export async function nextQualificationItem(
  ports: CalibrationPorts,
  attempt: QualificationAttempt,
): Promise<{ readonly attempt: QualificationAttempt; readonly next: Exemplar | null }> {
  const id = nextExemplar(attempt);
  if (id === undefined) return { attempt, next: null };
  const next = found(await ports.store.exemplar(attempt.district, id), 'exemplar');
  if (next.pool !== 'retired') return { attempt, next };
  const replaced = await settleAttempt(ports, await replaceInForm(ports, attempt, id));
  return nextQualificationItem(ports, replaced);
}
