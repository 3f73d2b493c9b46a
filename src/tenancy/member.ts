import type { DistrictId, Instant, MemberId, RelationshipId, Stored } from '../kernel/index.js';
import type { Audited } from '../audit/index.js';

/** What a member may be in a district; one member may be several. `permissions.ts` says what each may do. */
export const roles = [
  'admin',
  'author',
  'lead',
  'adjudicator',
  'reviewer',
  'expert',
  'coach',
  'teacher',
] as const;

/**
 * Beside the roles that admins give: whoever reviews through a seat of a review pool (`review-pools/`), and is nothing else.
 */
export const poolRole = 'pool-reviewer';

export type Role = (typeof roles)[number] | typeof poolRole;

/** Whether a role is one that admins give. */
export function isGivenRole(role: Role): boolean {
  return (roles as readonly Role[]).includes(role);
}

/** A person in one district. */
export interface Member extends Stored, Audited {
  readonly id: MemberId;
  readonly district: DistrictId;
  /** Lower case; unique in the district. */
  readonly email: string;
  readonly name: string;
  /** The school where the person works: what conflict of interest reads. */
  readonly school: string | null;
  readonly roles: readonly Role[];
  readonly state: 'active' | 'left';
  readonly createdAt: Instant;
  /** Only of a pseudonymous member that is a seat of a review pool: whose reviewer it is. */
  readonly seat?: { readonly home: DistrictId };
}

/** That one member supervises or coaches another, from when to when: what conflict of interest reads. */
export interface Relationship extends Stored, Audited {
  readonly id: RelationshipId;
  readonly district: DistrictId;
  readonly kind: 'supervisor' | 'coach' | 'declared';
  readonly member: MemberId;
  readonly other: MemberId;
  readonly from: Instant;
  readonly to: Instant | null;
}
