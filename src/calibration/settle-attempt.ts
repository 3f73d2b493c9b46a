import { update, type Actor } from '../kernel/index.js';
import type { QualificationAttempt } from './certification.js';
import { grantCertification } from './grant-certification.js';
import type { CalibrationPorts } from './store.js';

/**
 * Gives the certification that an attempt earned; runs again from any point. Called by the sweep of `effectDue`, and at
 * once by the response that ends the form.
 */
export async function settleAttempt(
  ports: CalibrationPorts,
  attempt: QualificationAttempt,
): Promise<QualificationAttempt> {
  if (attempt.effectDue === null) return attempt;
  if (attempt.state === 'certified') {
    const actor: Actor = { kind: 'service', district: attempt.district };
    // 1. The certification, unique by the attempt.
    await grantCertification(ports, actor, {
      reviewer: attempt.reviewer,
      achievementVersion: attempt.achievementVersion,
      earned: { by: 'qualification', attempt: attempt.id },
      from: attempt.endedAt ?? ports.clock.now(),
    });
  }
  // 2. Done.
  return update(
    ports.store.attempts,
    attempt.district,
    attempt.id,
    (kept) => (kept.effectDue === null ? undefined : { ...kept, effectDue: null }),
    'qualification attempt',
  );
}
