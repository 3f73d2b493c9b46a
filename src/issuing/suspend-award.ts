import type { Actor } from '../kernel/index.js';
import type { Award } from './award.js';
import { changeAward, publicReason } from './change-award.js';
import type { IssuingPorts } from './store.js';

/**
 * Suspends an award. It is said by the credential's standing, our page, API and verifier; by a status list only where the
 * version lists suspensions, for a revocation bit never goes back. Milestones that rest on it are suspended too.
 * @throws not-found; rule-violated when it is not active, or no reason is given.
 */
export async function suspendAward(
  ports: IssuingPorts,
  actor: Actor,
  input: { readonly award: string; readonly reason: string },
): Promise<Award> {
  const reason = publicReason(input.reason);
  return changeAward(ports, actor, input.award, {
    verb: 'suspend',
    recorded: 'suspended',
    makesEdition: false,
    from: ['active'],
    change: (award) => ({
      ...award,
      state: 'suspended',
      wasSuspended: true,
      reason,
      since: ports.clock.now(),
    }),
  });
}
