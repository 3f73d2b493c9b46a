import { found } from '../kernel/index.js';
import {
  ownSeat,
  seatName,
  sideOf,
  type District,
  type Member,
  type PoolAgreement,
  type PoolSeat,
  type PoolSide,
} from '../tenancy/index.js';
import type { Rooms } from './rooms.js';

type PoolRooms = Pick<Rooms, 'tenancy' | 'achievements'>;

/** An agreement as one of its districts sees it. */
export interface AgreementView {
  readonly agreement: PoolAgreement;
  readonly side: PoolSide;
  readonly host: District;
  readonly home: District;
  /** The host's achievements by the names that they were last published under. */
  readonly achievements: readonly { readonly id: string; readonly name: string }[];
}

/** A seat as one of the two districts sees it. */
export interface SeatView {
  readonly seat: PoolSeat;
  readonly name: string;
  /** Who sits in it: only for the home district, and null for the host, always. */
  readonly sitter: Pick<Member, 'id' | 'name'> | null;
}

/** A seat as the member sees it who sits in it. */
export interface OwnSeatView {
  readonly seat: PoolSeat;
  readonly name: string;
  readonly host: District;
  /** Whether it can be worked through now; else what is in the way. */
  readonly standing: 'open' | 'ended' | 'member-of-host';
}

/** The agreement with the names that people know. @throws not-found for a district that is no side of it. */
export async function agreementView(
  { tenancy, achievements }: PoolRooms,
  district: string,
  agreement: PoolAgreement,
): Promise<AgreementView> {
  const side = found(sideOf(agreement, district), 'agreement');
  const [host, home] = await Promise.all([
    tenancy.store.district(agreement.tenant),
    tenancy.store.district(agreement.home),
  ]);
  const named = await Promise.all(
    agreement.achievements.map(async (id) => ({
      id,
      name: await publishedName(achievements, agreement.tenant, id),
    })),
  );
  return {
    agreement,
    side,
    host: found(host, 'district'),
    home: found(home, 'district'),
    achievements: named,
  };
}

/** Every agreement of a district, on whichever side, the oldest first. */
export async function agreementViews(rooms: PoolRooms, district: string): Promise<readonly AgreementView[]> {
  const { pools } = rooms.tenancy.store;
  const all = [...(await pools.hostedBy(district)), ...(await pools.staffedBy(district))];
  return Promise.all(all.map((agreement) => agreementView(rooms, district, agreement)));
}

/** The seats of an agreement as this side of it sees them, by their numbers. */
export async function seatViews(
  { tenancy }: Pick<Rooms, 'tenancy'>,
  { agreement, side, home }: Pick<AgreementView, 'agreement' | 'side' | 'home'>,
): Promise<readonly SeatView[]> {
  const seats = await tenancy.store.pools.seatsOf(agreement.id);
  return Promise.all(seats.map((seat) => seatView({ tenancy }, seat, side, home)));
}

/** One seat as this side sees it. */
export async function seatView(
  { tenancy }: Pick<Rooms, 'tenancy'>,
  seat: PoolSeat,
  side: PoolSide,
  home: District,
): Promise<SeatView> {
  const name = seatName(seat.number, home.name);
  if (side === 'host') return { seat, name, sitter: null };
  const member = await tenancy.store.member(seat.tenant, seat.member);
  return { seat, name, sitter: member === undefined ? null : { id: member.id, name: member.name } };
}

/** The seats of a member in other districts, the oldest first. */
export async function ownSeatViews(
  { tenancy }: Pick<Rooms, 'tenancy'>,
  member: Member,
  district: District,
): Promise<readonly OwnSeatView[]> {
  const { items } = await tenancy.store.pools.seatsOfMember(district.id, member.id, { limit: 200 });
  return Promise.all(
    items.map(async (seat): Promise<OwnSeatView> => {
      const [host, open, belongs] = await Promise.all([
        tenancy.store.district(seat.host),
        ownSeat(tenancy, member, seat.id),
        tenancy.store.memberByEmail(seat.host, member.email),
      ]);
      return {
        seat,
        name: seatName(seat.number, district.name),
        host: found(host, 'district'),
        standing: open !== undefined ? 'open' : belongs !== undefined ? 'member-of-host' : 'ended',
      };
    }),
  );
}

/** Whether an achievement of the district is published and assessed by review; undefined where it has none of this id. */
export async function isReviewedAchievement(
  { store }: Pick<Rooms['achievements'], 'store'>,
  district: string,
  id: string,
): Promise<boolean | undefined> {
  const versions = await store.versionsOf(district, id);
  if (versions.length === 0) return undefined;
  return versions.some(({ state, content }) => state !== 'draft' && content.assessment.by === 'review');
}

async function publishedName(
  { store }: Pick<Rooms['achievements'], 'store'>,
  district: string,
  id: string,
): Promise<string> {
  const versions = (await store.versionsOf(district, id)).filter(({ state }) => state !== 'draft');
  return versions.at(-1)?.content.name ?? id;
}
