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
export async function settlePoolAgreement(ports: TenancyPorts, { id, state }: PoolAgreement): Promise<void> {
  // 1
  if (state === 'ended')
    for (const seat of await ports.store.pools.seatsOf(id)) await endSeat(ports, seat, undefined);
  // 2
  await update(
    ports.store.pools.agreements,
    serviceScope,
    id,
    (kept) => (kept.effectDue === null || kept.state !== state ? undefined : { ...kept, effectDue: null }),
    'agreement',
  );
}

/**
 * Ends what is due of a seat. Of one that has ended its member of the host has left; the room that gives work has taken back
 * what was open.
 */
export async function finishSeat(ports: TenancyPorts, { id, host, state }: PoolSeat): Promise<void> {
  // 1
  if (state === 'ended' && (await ports.store.member(host, id)) !== undefined) await leave(ports, host, id);
  // 2
  await update(
    ports.store.pools.seats,
    serviceScope,
    id,
    (kept) => (kept.effectDue === null || kept.state !== state ? undefined : { ...kept, effectDue: null }),
    'seat',
  );
}

async function leave(ports: TenancyPorts, host: PoolSeat['host'], id: string): Promise<void> {
  const actor: Actor = { kind: 'service', district: host };
  const entry = { actor, verb: 'unseated', collection: 'members', facts: { state: 'left' } };
  await update(
    ports.store.members,
    host,
    id,
    (member) =>
      member.state === 'left'
        ? undefined
        : withAudit({ ...member, state: 'left' as const }, entry, ports.clock.now()),
    'member',
  );
}
