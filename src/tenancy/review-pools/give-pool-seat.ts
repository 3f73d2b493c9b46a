import { withAudit } from '../../audit/index.js';
import {
  AppError,
  found,
  newId,
  ruleViolated,
  serviceScope,
  update,
  type Actor,
  type MemberId,
} from '../../kernel/index.js';
import type { Member } from '../member.js';
import type { TenancyPorts } from '../store.js';
import { getPoolAgreement } from './accept-pool-agreement.js';
import type { PoolAgreement } from './pool-agreement.js';
import { maySit, seatName, type PoolSeat } from './pool-seat.js';

/**
 * Gives a reviewer or adjudicator of the actor's district a seat at the host of an active agreement. One person has one
 * seat at a host: given again after its end it is the same one, under the same pseudonym. 1 the seat; 2 the member of the
 * host that it is. Given again, it does what was cut short.
 * @throws not-found, also for the host; rule-violated naming `/member`; conflict unless the agreement is active;
 * already-exists when the person has a seat there from another district.
 */
export async function givePoolSeat(
  ports: TenancyPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly agreement: string; readonly member: string },
): Promise<PoolSeat> {
  const { agreement, side } = await getPoolAgreement(ports, actor, input.agreement);
  found(side === 'home' ? agreement : undefined, 'agreement that you staff');
  if (agreement.state !== 'active')
    throw new AppError(
      'conflict',
      `The agreement is ${agreement.state}; seats are given while it is active.`,
    );
  const member = await ports.store.member(actor.district, input.member);
  if (member === undefined || !maySit(member))
    throw ruleViolated('/member', 'must be a member of yours with the role reviewer or adjudicator');
  // 1
  const seat = await takeSeat(ports, actor, agreement, member);
  // 2
  await seatMember(ports, seat);
  return seat;
}

async function takeSeat(
  ports: TenancyPorts,
  actor: Actor,
  agreement: PoolAgreement,
  { id: member, email }: Member,
): Promise<PoolSeat> {
  const { pools } = ports.store;
  const { tenant: host, home } = agreement;
  const before = await pools.seatOfPerson(host, email);
  if (before !== undefined) return takeAgain(ports, actor, agreement, before, member);
  const now = ports.clock.now();
  for (let attempt = 0; ; attempt += 1) {
    const seat: Omit<PoolSeat, 'version' | 'pendingEntries' | 'auditDue'> = {
      id: newId(ports.randomness, 'mbr'),
      district: serviceScope,
      ...{ tenant: home, member, email, host, agreement: agreement.id },
      number: (await pools.lastNumber(host, home)) + 1,
      ...{ state: 'active', givenAt: now, endedAt: null, effectDue: now },
    };
    try {
      return await pools.seats.insert(
        withAudit(seat, { actor, verb: 'given', collection: 'pool_seats', facts: {} }, now),
      );
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'already-exists') || attempt > 20) throw error;
      // Of two given at once, the number or the person is taken: look again.
      const taken = await pools.seatOfPerson(host, email);
      if (taken !== undefined) return takeAgain(ports, actor, agreement, taken, member);
    }
  }
}

async function takeAgain(
  ports: TenancyPorts,
  actor: Actor,
  agreement: PoolAgreement,
  before: PoolSeat,
  member: MemberId,
): Promise<PoolSeat> {
  if (before.tenant !== actor.district || before.member !== member) {
    const detail = 'has, or had, a seat at this district already';
    throw new AppError('already-exists', `This person ${detail}, given by another district.`, {
      errors: [{ pointer: '/member', detail }],
    });
  }
  return update(
    ports.store.pools.seats,
    serviceScope,
    before.id,
    (kept) => {
      if (kept.state === 'active' && kept.agreement === agreement.id) return undefined;
      if (kept.state === 'ended' && kept.effectDue !== null)
        throw new AppError(
          'conflict',
          'The end of this seat is being carried out; give it again in a minute.',
        );
      const now = ports.clock.now();
      const given = {
        ...kept,
        state: 'active' as const,
        agreement: agreement.id,
        endedAt: null,
        effectDue: now,
      };
      const entry = { actor, verb: 'given', collection: 'pool_seats', facts: {} };
      return withAudit(given, entry, now);
    },
    'seat',
  );
}

/** The pseudonymous member of the host, made or active again. */
async function seatMember(ports: TenancyPorts, { id, host, tenant, number }: PoolSeat): Promise<void> {
  const home = found(await ports.store.district(tenant), 'district');
  const actor: Actor = { kind: 'service', district: host };
  const now = ports.clock.now();
  const member: Omit<Member, 'version'> = {
    id,
    district: host,
    // No address of anybody: nothing is ever sent to it (RFC 2606).
    email: `${id}@seats.invalid`,
    name: seatName(number, home.name),
    school: null,
    roles: ['pool-reviewer'],
    state: 'active',
    createdAt: now,
    seat: { home: tenant },
    pendingEntries: [],
    auditDue: null,
  };
  const entry = { actor, verb: 'seated', collection: 'members', facts: { roles: member.roles } };
  try {
    await ports.store.members.insert(withAudit(member, entry, now));
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    await update(
      ports.store.members,
      host,
      id,
      (kept) =>
        kept.state === 'active' ? undefined : withAudit({ ...kept, state: 'active' as const }, entry, now),
      'member',
    );
  }
}
