import { withAudit } from '../audit/index.js';
import { AppError, ruleViolated, update, type Actor, type Json } from '../kernel/index.js';
import type { Award, AwardState } from './award.js';
import { findAward } from './own-award.js';
import { followAward, settleAward } from './settle-award.js';
import type { IssuingPorts } from './store.js';

/** A change of an award by a person. */
export interface AwardChange {
  /** What is done, as people say it: `revoke`. */
  readonly verb: string;
  /** What is recorded: `revoked`. */
  readonly recorded: string;
  readonly from: readonly AwardState[];
  /** Whether it begins a new edition. What does not is done at once, whatever is in the making or stopped. */
  readonly makesEdition: boolean;
  readonly facts?: Json;
  /** The award as it is to stand, or undefined to leave it as it is; audit and what follows are added. */
  readonly change: (award: Award) => Award | undefined | Promise<Award | undefined>;
}

/**
 * Step 1 of a change: state, reason, audit entry and `effectDue` in one write; then everything that follows from it
 * (status bit and published list, holding, dependents), which a crash leaves due. Before another edition is begun, the
 * one in the making is finished.
 * @throws not-found; rule-violated when the award's state does not allow the change; of a change that makes an edition
 * conflict while another is being made or the issuing of the version is stopped.
 */
export async function changeAward(
  ports: IssuingPorts,
  actor: Actor,
  id: string,
  change: AwardChange,
): Promise<Award> {
  const { district, id: award, making } = await findAward(ports, actor.district, id);
  if (making !== null && change.makesEdition) await settleAward(ports, district, award);
  await update(
    ports.store.awards,
    district,
    award,
    async (kept) => {
      if (kept.making !== null && change.makesEdition) {
        throw new AppError(
          'conflict',
          'Another edition of this credential is being made; try again in a moment.',
        );
      }
      if (!change.from.includes(kept.state)) {
        throw ruleViolated(
          '/award',
          `is ${kept.state}; only one that is ${change.from.join(' or ')} can be ${change.recorded}`,
        );
      }
      const now = ports.clock.now();
      const changed = await change.change(kept);
      if (changed === undefined) return undefined;
      const entry = { actor, verb: change.recorded, collection: 'awards', facts: change.facts ?? {} };
      return withAudit({ ...changed, effectDue: now }, entry, now);
    },
    'award',
  );
  if (change.makesEdition) return settleAward(ports, district, award);
  return (await followAward(ports, district, award)).award;
}

/** The reason for a change, as the public reads it. @throws rule-violated when it is empty or longer than 500 characters. */
export function publicReason(reason: string): string {
  const trimmed = reason.trim();
  if (trimmed === '')
    throw ruleViolated('/reason', 'must say why: it stands on the public page of the credential');
  if (trimmed.length > 500) throw ruleViolated('/reason', 'must be 500 characters or fewer');
  return trimmed;
}
