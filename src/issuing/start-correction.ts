import { withAudit } from '../audit/index.js';
import { plusSeconds, type Actor, type Instant } from '../kernel/index.js';
import { found } from '../kernel/index.js';
import type { Award } from './award.js';
import type { IssuingPorts } from './store.js';

/**
 * The award with its next edition in the making: the same id and awardedDate, a newer validFrom, a status index of its
 * own. Not yet written.
 */
export async function startCorrection(
  ports: IssuingPorts,
  award: Award,
  actor: Actor,
  reason: string,
  now: Instant,
): Promise<Award> {
  const newest = found(await ports.store.edition(award.district, award.id, award.edition), 'edition');
  const after = plusSeconds(newest.validFrom, 1);
  // One that has ended is corrected within its time: an edition that begins after its end would say nothing.
  const ended = award.validUntil !== null && now >= award.validUntil;
  return withAudit(
    {
      ...award,
      making: { n: award.edition + 1, validFrom: now > after && !ended ? now : after, status: null, reason },
      effectDue: now,
    },
    { actor, verb: 'correction-begun', collection: 'awards', facts: { edition: award.edition + 1 } },
    now,
  );
}
