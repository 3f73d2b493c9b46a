import { found, type Actor } from '../kernel/index.js';
import { changeAward, publicReason } from './change-award.js';
import type { Award, Edition } from './award.js';
import { startCorrection } from './start-correction.js';
import type { IssuingPorts } from './store.js';

/** Which award is signed anew, and why. */
export interface Reissue {
  readonly award: string;
  readonly reason: string;
  /** Left as it is unless this holds of its newest edition: so that a job that ran before signs nothing twice. */
  readonly unless?: (newest: Edition) => boolean | Promise<boolean>;
}

/**
 * Signs an award anew by the issuer's active keys: a new edition under the same id, with a status index of its own; the
 * old edition's bit is set, and milestones that pin it follow in the same cascade. Nothing else changes: a suspended,
 * revoked or superseded award stays so. For service work (a compromised key); a person corrects with `correctAward`.
 * Can be run again from any point.
 * @throws not-found; conflict while another correction is being made.
 */
export async function reissueAward(ports: IssuingPorts, actor: Actor, input: Reissue): Promise<Award> {
  const reason = publicReason(input.reason);
  const { unless } = input;
  return changeAward(ports, actor, input.award, {
    verb: 'sign anew',
    recorded: 'reissued',
    makesEdition: true,
    from: ['active', 'suspended', 'revoked', 'superseded'],
    change: async (award) => {
      const newest = found(await ports.store.edition(award.district, award.id, award.edition), 'edition');
      if (unless !== undefined && (await unless(newest))) return undefined;
      return startCorrection(ports, award, actor, reason, ports.clock.now());
    },
  });
}
