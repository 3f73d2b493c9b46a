import type { Actor } from '../kernel/index.js';
import type { Award } from './award.js';
import { changeAward, publicReason } from './change-award.js';
import type { IssuingPorts } from './store.js';

/**
 * Revokes an award for good: when this answers, the bit is set in the published list, the holding says so and
 * milestones that rest on it are suspended.
 * @throws not-found; rule-violated when it is revoked or superseded already, or no reason is given.
 */
export async function revokeAward(
  ports: IssuingPorts,
  actor: Actor,
  input: { readonly award: string; readonly reason: string },
): Promise<Award> {
  const reason = publicReason(input.reason);
  return changeAward(ports, actor, input.award, {
    verb: 'revoke',
    recorded: 'revoked',
    makesEdition: false,
    from: ['active', 'suspended'],
    change: (award) => ({
      ...award,
      state: 'revoked',
      reason,
      since: ports.clock.now(),
      suspendedFor: null,
      repairBy: null,
    }),
  });
}
