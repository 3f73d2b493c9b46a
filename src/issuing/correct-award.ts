import { ruleViolated, type Actor, type Instant } from '../kernel/index.js';
import type { Award } from './award.js';
import { changeAward, publicReason } from './change-award.js';
import { startCorrection } from './start-correction.js';
import type { IssuingPorts } from './store.js';

/** What a correction changes; what is left out stays. The issuer's profile is always taken as it is now. */
export interface Correction {
  readonly award: string;
  readonly reason: string;
  /** When the credential ends; null for never. */
  readonly validUntil?: Instant | null;
}

/**
 * Issues a corrected edition of the same credential: same id and awardedDate, newer validFrom, a status index of its
 * own; the old edition's is revoked. Milestones that pin the old edition are corrected with it.
 * @throws not-found; rule-violated when the award is not active, or validUntil is not after now.
 */
export async function correctAward(ports: IssuingPorts, actor: Actor, input: Correction): Promise<Award> {
  const reason = publicReason(input.reason);
  const now = ports.clock.now();
  if (input.validUntil !== undefined && input.validUntil !== null && input.validUntil <= now) {
    throw ruleViolated('/validUntil', 'must be after now; to end a credential at once, revoke it');
  }
  return changeAward(ports, actor, input.award, {
    verb: 'correct',
    recorded: 'corrected',
    makesEdition: true,
    from: ['active'],
    change: (award) =>
      startCorrection(
        ports,
        { ...award, ...(input.validUntil === undefined ? {} : { validUntil: input.validUntil }) },
        actor,
        reason,
        now,
      ),
  });
}
