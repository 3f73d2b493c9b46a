import type { Actor } from '../kernel/index.js';
import type { Award } from './award.js';
import { changeAward } from './change-award.js';
import type { IssuingPorts } from './store.js';

/**
 * Ends a suspension. A milestone whose component is not in force is suspended again at once.
 * @throws not-found; rule-violated when the award is not suspended.
 */
export async function resumeAward(
  ports: IssuingPorts,
  actor: Actor,
  input: { readonly award: string },
): Promise<Award> {
  return changeAward(ports, actor, input.award, {
    verb: 'resume',
    recorded: 'resumed',
    makesEdition: false,
    from: ['suspended'],
    change: (award) => ({
      ...award,
      state: 'active',
      reason: null,
      since: ports.clock.now(),
      suspendedFor: null,
      repairBy: null,
    }),
  });
}
