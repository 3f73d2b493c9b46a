import { withAudit } from '../../audit/index.js';
import { serviceScope, update, type Actor, type MemberId } from '../../kernel/index.js';
import { recordMemberAct } from '../record-member-act.js';
import type { TenancyPorts } from '../store.js';
import { getPoolAgreement } from './accept-pool-agreement.js';
import type { PoolAgreement } from './pool-agreement.js';

/**
 * Ends an agreement of either side, or withdraws or declines one that is proposed. From now on nothing is drawn for its
 * seats and nothing is served through them; open work goes to others by its `effectDue`. What was signed stays. Ended
 * again it stays as it is.
 * @throws not-found.
 */
export async function endPoolAgreement(
  ports: TenancyPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<PoolAgreement> {
  const { agreement, side } = await getPoolAgreement(ports, actor, id);
  if (agreement.state === 'ended') return agreement;
  // 1. In the record of the home district, where it acts. 2. The agreement, in the record of the host.
  const facts = { agreement: agreement.id };
  if (side === 'home')
    await recordMemberAct(ports, actor, actor.member, { verb: 'pool-agreement-ended', facts });
  return update(
    ports.store.pools.agreements,
    serviceScope,
    id,
    (kept) => {
      if (kept.state === 'ended') return undefined;
      const now = ports.clock.now();
      return withAudit(
        {
          ...kept,
          state: 'ended' as const,
          openWith: null,
          endedBy: side,
          endedAt: now,
          effectDue: now,
        },
        {
          actor: side === 'host' ? actor : { kind: 'service', district: kept.tenant },
          verb: 'ended',
          collection: 'pool_agreements',
          facts: { by: side },
        },
        now,
      );
    },
    'agreement',
  );
}
