import type { Role } from './member.js';

/**
 * Who may do what: the one table. A route names a permission; a member has it when one of the member's roles is
 * listed. Rules about the thing itself (is it yours? is it in the right state?) are the use cases'.
 */
const table = {
  'district.read': ['admin', 'author', 'lead', 'adjudicator', 'reviewer', 'expert', 'coach', 'teacher'],
  'district.change': ['admin'],
  'members.read': ['admin', 'lead'],
  'members.change': ['admin'],
  'pools.read': ['admin', 'lead'],
  'pools.change': ['admin'],
  'pools.clear-work': ['admin', 'lead'],
  'api-keys.change': ['admin'],
  'issuer-keys.read': ['admin'],
  'issuer-keys.change': ['admin'],
  'achievements.read': ['admin', 'author', 'lead', 'adjudicator', 'reviewer', 'expert', 'coach', 'teacher'],
  'achievements.write': ['admin', 'author', 'lead'],
  'achievements.publish': ['admin'],
  'review-policy.read': ['admin', 'lead', 'adjudicator', 'reviewer', 'expert'],
  'review-policy.change': ['admin', 'lead'],
  'conduct.read': ['admin', 'lead', 'adjudicator', 'reviewer', 'expert', 'pool-reviewer'],
  'conduct.change': ['admin', 'lead'],
  'declarations.own': ['reviewer', 'adjudicator', 'lead', 'expert', 'pool-reviewer'],
  'declarations.read': ['lead', 'admin'],
  'exemplars.write': ['lead'],
  'exemplars.key': ['lead', 'adjudicator', 'expert'],
  'exemplars.open': ['lead', 'adjudicator', 'expert', 'reviewer', 'pool-reviewer'],
  'qualification.take': ['reviewer', 'adjudicator', 'lead', 'pool-reviewer'],
  'certifications.read-own': ['reviewer', 'adjudicator', 'lead', 'expert', 'pool-reviewer'],
  'certifications.read': ['lead', 'admin'],
  'certifications.change': ['lead'],
  'submissions.own': ['teacher'],
  'submissions.read': ['admin', 'lead'],
  'review.rate': ['reviewer', 'adjudicator', 'lead', 'pool-reviewer'],
  'review.adjudicate': ['adjudicator', 'lead'],
  'review.oversee': ['lead', 'admin'],
  'review.look-back': ['lead'],
  'appeals.file': ['teacher'],
  'appeals.read': ['teacher', 'lead', 'admin', 'adjudicator'],
  'appeals.screen': ['lead'],
  'appeals.decide': ['adjudicator', 'lead'],
  'decisions.read': ['teacher', 'lead', 'admin', 'adjudicator'],
  'awards.read': ['admin', 'lead', 'teacher'],
  'awards.change': ['admin'],
  'awards.create': ['admin'],
  'endorsements.read': ['admin', 'author', 'lead'],
  'endorsements.change': ['admin', 'author'],
  'audit.read': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof table;

/** Every permission, in the table's order. */
export const permissions = Object.keys(table) as Permission[];

/** Whether a member with these roles has the permission. */
export function isPermitted(memberRoles: readonly Role[], permission: Permission): boolean {
  return (table[permission] as readonly Role[]).some((role) => memberRoles.includes(role));
}

/** The roles that have the permission: for messages and for the documentation. */
export function rolesWith(permission: Permission): readonly Role[] {
  return table[permission];
}
