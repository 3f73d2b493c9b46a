import { withAudit } from '../../audit/index.js';
import { AppError, found, ruleViolated, update, type Actor, type MemberId } from '../../kernel/index.js';
import { endProbation } from '../probation.js';
import type { CalibrationPorts } from '../store.js';
import { isSettled, isTold, type DriftAct, type DriftSignal } from './drift-signal.js';

/** What a lead can do about a signal. */
export const driftAnswers = ['acknowledged', 'cleared', 'recalibrating', 'suspended'] as const;
export type DriftAnswer = (typeof driftAnswers)[number];

/** How long the words of a lead may be, in characters. */
export const maxDriftReason = 2_000;

/**
 * Answers a signal: `acknowledged`, somebody looks at it; `cleared`, the levels were sound, or are again, for a reason
 * that is kept; `recalibrating`, seeds first; `suspended`, nothing is signed from now on and what was signed since the
 * last clean moment is rated again. 1 the signal, due for what follows; 2 a cleared one ends the probation, unless
 * another signal holds it.
 * @throws not-found, also for one about the lead's own levels before it is told; rule-violated naming `/reason`; conflict
 * for a signal that is settled or in that state, and for a told one about the lead's own levels.
 */
export async function answerDriftSignal(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly signal: string; readonly to: DriftAnswer; readonly reason?: string },
): Promise<DriftSignal> {
  const { district, member } = actor;
  const kept = found(await ports.store.driftSignals.get(district, input.signal), 'drift signal');
  if (kept.reviewer === member) {
    found(isTold(kept, ports.clock.now()) || undefined, 'drift signal');
    throw new AppError('conflict', 'This signal is about your own levels; another lead answers it.');
  }
  const reason = input.to === 'acknowledged' ? null : wordsOf(input.reason ?? '');
  // 1
  const answered = await moveSignal(ports, actor, kept.id, { to: input.to, by: member, reason });
  // 2
  if (answered.state === 'cleared') await endCleared(ports, actor, answered);
  return answered;
}

/**
 * Moves a signal on, due for what follows.
 * @throws not-found; conflict where it cannot go there.
 */
export function moveSignal(
  ports: Pick<CalibrationPorts, 'store' | 'clock'>,
  actor: Actor,
  id: string,
  { to, by, reason }: Omit<DriftAct, 'at'>,
): Promise<DriftSignal> {
  const now = ports.clock.now();
  return update(
    ports.store.driftSignals,
    actor.district,
    id,
    (signal) => {
      const back = signal.state === 'recalibrating' && to === 'acknowledged';
      if (isSettled(signal) || signal.state === to || back) {
        throw new AppError(
          'conflict',
          `This signal is ${signal.state}; it cannot become ${to}. What was done about a signal stays on record.`,
        );
      }
      const changed: DriftSignal = {
        ...signal,
        state: to,
        acts: [...signal.acts, { to, by, reason, at: now }],
        effectDue: now,
      };
      const facts = { state: to };
      return withAudit(changed, { actor, verb: to, collection: 'drift_signals', facts }, now);
    },
    'drift signal',
  );
}

/** Ends the probation of a cleared signal's certification, where no other signal of it is open. */
export async function endCleared(
  ports: Pick<CalibrationPorts, 'store' | 'clock'>,
  actor: Actor,
  { id, district, certification }: DriftSignal,
): Promise<void> {
  const signals = await ports.store.driftSignalsOn(district, certification);
  if (signals.some((one) => one.id !== id && !isSettled(one))) return;
  await endProbation(ports, actor, { certification, signal: id });
}

function wordsOf(text: string): string {
  const words = text.trim();
  if (words === '') throw ruleViolated('/reason', 'must say why, in a sentence or more');
  if (words.length > maxDriftReason)
    throw ruleViolated('/reason', `must be ${maxDriftReason} characters or fewer`);
  return words;
}
