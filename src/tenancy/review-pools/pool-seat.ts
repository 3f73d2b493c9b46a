import type { Audited } from '../../audit/index.js';
import type { DistrictId, Instant, MemberId, PoolAgreementId, Stored } from '../../kernel/index.js';
import type { Member, Role } from '../member.js';

/**
 * The place of one reviewer in another district: a member of the host under a pseudonym, with the one role
 * `pool-reviewer`, bound to a real member of the home district, whom the host never sees. Kept for the whole service,
 * since both districts work with it; recorded in the chain of the home district.
 */
export interface PoolSeat extends Stored, Audited {
  /** The id of the pseudonymous member of the host. */
  readonly id: MemberId;
  /** The home district. */
  readonly tenant: DistrictId;
  /** The member of the home district who sits in it. */
  readonly member: MemberId;
  /**
   * The member's address: with the host unique, so that one person has one pseudonym there, whatever ends and begins
   * again, and never rates the same work under two. Shown to nobody.
   */
  readonly email: string;
  readonly host: DistrictId;
  readonly agreement: PoolAgreementId;
  /** 1, 2 … among the seats of the home district at this host. */
  readonly number: number;
  readonly state: 'active' | 'ended';
  readonly givenAt: Instant;
  readonly endedAt: Instant | null;
  /** When its end takes effect on open work; null when nothing is due. */
  readonly effectDue: Instant | null;
}

/** The roles at home of which one lets a member take a seat: a seat lends what the member is there. */
export const seatedRoles = ['reviewer', 'adjudicator'] as const satisfies readonly Role[];

/** Whether a member may sit in a seat now: active at home and a reviewer or adjudicator there. */
export function maySit(member: Pick<Member, 'state' | 'roles' | 'seat'>): boolean {
  return (
    member.state === 'active' &&
    member.seat === undefined &&
    seatedRoles.some((role) => member.roles.includes(role))
  );
}

/** What the host calls who sits there: `Reviewer 3 of Riverbend`. */
export function seatName(number: number, home: string): string {
  return `Reviewer ${number} of ${home}`;
}
