import type { Member } from '../member.js';
import type { TenancyPorts } from '../store.js';
import { maySit, type PoolSeat } from './pool-seat.js';
import type { PoolAgreement } from './pool-agreement.js';

/** A seat through which somebody may act now. */
export interface SeatInForce {
  readonly seat: PoolSeat;
  readonly agreement: PoolAgreement;
  /** The pseudonymous member of the host. */
  readonly member: Member;
  /** Who sits in it, at home. Never shown to the host. */
  readonly sitter: Member;
}

/**
 * The seat that a member of a host is, while everything that it rests on holds: the agreement is active, the seat is, and
 * who sits in it is an active reviewer or adjudicator at home and belongs, or belonged, to the host in no other way: such a
 * person reviews there as its member, or not at all (one person must never have two voices on a case, nor rate own or
 * colleagues' work). Undefined otherwise, and for members of the host itself.
 */
export async function seatInForce(
  { store }: Pick<TenancyPorts, 'store'>,
  id: string,
): Promise<SeatInForce | undefined> {
  const seat = await store.pools.seat(id);
  if (seat?.state !== 'active') return undefined;
  const [agreement, member, sitter] = await Promise.all([
    store.pools.agreement(seat.agreement),
    store.member(seat.host, seat.id),
    store.member(seat.tenant, seat.member),
  ]);
  const holds =
    agreement?.state === 'active' && agreement.tenant === seat.host && agreement.home === seat.tenant;
  if (!holds || member?.state !== 'active' || sitter === undefined || !maySit(sitter)) return undefined;
  if ((await store.memberByEmail(seat.host, sitter.email)) !== undefined) return undefined;
  return { seat, agreement, member, sitter };
}

/**
 * The seat as its own sitter takes it: undefined for anybody else's, which so looks absent.
 */
export async function ownSeat(
  ports: Pick<TenancyPorts, 'store'>,
  sitter: Pick<Member, 'id' | 'district'>,
  id: string,
): Promise<SeatInForce | undefined> {
  const inForce = await seatInForce(ports, id);
  const own = inForce?.seat.member === sitter.id && inForce.seat.tenant === sitter.district;
  return own ? inForce : undefined;
}

/**
 * Whether a member may have to do with an achievement at all: every member of the district itself, a seat only with those
 * that its agreement names.
 */
export async function mayKnowAchievement(
  ports: Pick<TenancyPorts, 'store'>,
  who: { readonly district: string; readonly member: string },
  achievement: string,
): Promise<boolean> {
  const member = await ports.store.member(who.district, who.member);
  if (member === undefined) return false;
  if (member.seat === undefined) return true;
  const inForce = await seatInForce(ports, member.id);
  return inForce !== undefined && (inForce.agreement.achievements as readonly string[]).includes(achievement);
}

/**
 * Where mail for a member goes: the own address; for a seat that of who sits in it, and nowhere once it has ended.
 */
export async function addressOf(
  ports: Pick<TenancyPorts, 'store'>,
  member: Member,
): Promise<string | undefined> {
  if (member.seat === undefined) return member.email;
  return (await seatInForce(ports, member.id))?.sitter.email;
}
