import { withAudit } from '../../audit/index.js';
import { found, serviceScope, update, type Actor } from '../../kernel/index.js';
import type { TenancyPorts } from '../store.js';
import type { PoolAgreement } from './pool-agreement.js';
import type { PoolSeat } from './pool-seat.js';

/**
 * Ends a seat, from either side: nothing is drawn for it or served through it from now on, and open work goes to others by
 * its `effectDue`. What was signed stays. Ended again it stays as it is.
 * @throws not-found.
 */
export async function endPoolSeat(ports: TenancyPorts, actor: Actor, id: string): Promise<PoolSeat> {
  const seat = found(await ports.store.pools.seat(id), 'seat');
  found(seat.tenant === actor.district || seat.host === actor.district || undefined, 'seat');
  return endSeat(ports, seat, seat.tenant === actor.district ? actor : undefined);
}

/** Ends a seat for its home district, or without an actor for the host or the end of the agreement. */
function endSeat(ports: TenancyPorts, { id }: PoolSeat, actor: Actor | undefined): Promise<PoolSeat> {
  return update(
    ports.store.pools.seats,
    serviceScope,
    id,
    (kept) => {
      if (kept.state === 'ended') return undefined;
      const now = ports.clock.now();
      return withAudit(
        { ...kept, state: 'ended' as const, endedAt: now, effectDue: now },
        {
          actor: actor ?? { kind: 'service', district: kept.tenant },
          verb: 'ended',
          collection: 'pool_seats',
          facts: { by: actor === undefined ? 'host' : 'home' },
        },
        now,
      );
    },
    'seat',
  );
}

/** Carries out the end of an agreement: 1 its seats end; 2 nothing is due. Runs again from any point. */
export async function settlePoolAgreement(ports: TenancyPorts, { id }: PoolAgreement): Promise<void> {
  // 1
  for (const seat of await ports.store.pools.seatsOf(id)) await endSeat(ports, seat, undefined);
  // 2
  await update(
    ports.store.pools.agreements,
    serviceScope,
    id,
    (kept) => (kept.effectDue === null ? undefined : { ...kept, effectDue: null }),
    'agreement',
  );
}

/** The end of a seat in the host: its member has left. The room that gives work has taken back what was open. */
export async function finishSeatEnd(ports: TenancyPorts, { id, host }: PoolSeat): Promise<void> {
  const now = ports.clock.now();
  const actor: Actor = { kind: 'service', district: host };
  // 1
  if ((await ports.store.member(host, id)) !== undefined)
    await update(
      ports.store.members,
      host,
      id,
      (member) =>
        member.state === 'left'
          ? undefined
          : withAudit(
              { ...member, state: 'left' as const },
              { actor, verb: 'unseated', collection: 'members', facts: { state: 'left' } },
              now,
            ),
      'member',
    );
  // 2
  await update(
    ports.store.pools.seats,
    serviceScope,
    id,
    (kept) => (kept.effectDue === null ? undefined : { ...kept, effectDue: null }),
    'seat',
  );
}
