import { withAudit } from '../../audit/index.js';
import { AppError, found, serviceScope, update, type Actor, type MemberId } from '../../kernel/index.js';
import { recordMemberAct } from '../record-member-act.js';
import type { TenancyPorts } from '../store.js';
import { sideOf, type PoolAgreement, type PoolSide } from './pool-agreement.js';

/** An agreement of the actor's district, with the side on which it stands. @throws not-found for any other. */
export async function getPoolAgreement(
  ports: Pick<TenancyPorts, 'store'>,
  actor: Actor,
  id: string,
): Promise<{ readonly agreement: PoolAgreement; readonly side: PoolSide }> {
  const agreement = found(await ports.store.pools.agreement(id), 'agreement');
  return { agreement, side: found(sideOf(agreement, actor.district), 'agreement') };
}

/**
 * Accepts what another district proposed: from now on seats can be given (`givePoolSeat`). Accepted again it stays as it
 * is.
 * @throws not-found also for the district that proposed it; conflict once it was ended.
 */
export async function acceptPoolAgreement(
  ports: TenancyPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<PoolAgreement> {
  const { agreement, side } = await getPoolAgreement(ports, actor, id);
  found(side === 'home' ? agreement : undefined, 'agreement that is yours to accept');
  if (agreement.state === 'active') return agreement;
  refuseEnded(agreement);
  // 1. In the record of the accepting district. 2. The agreement, in the record of the host.
  const facts = { agreement: agreement.id };
  await recordMemberAct(ports, actor, actor.member, { verb: 'pool-agreement-accepted', facts });
  return update(
    ports.store.pools.agreements,
    serviceScope,
    id,
    (kept) => {
      if (kept.state === 'active') return undefined;
      refuseEnded(kept);
      const now = ports.clock.now();
      return withAudit(
        { ...kept, state: 'active' as const, acceptedBy: actor.member, acceptedAt: now, effectDue: now },
        {
          actor: { kind: 'service', district: kept.tenant },
          verb: 'accepted',
          collection: 'pool_agreements',
          facts: { by: 'home' },
        },
        now,
      );
    },
    'agreement',
  );
}

function refuseEnded({ state }: PoolAgreement): void {
  if (state === 'ended')
    throw new AppError('conflict', 'This agreement was ended; the other district can propose another.');
}
