import type { Actor, MemberId } from '../kernel/index.js';

/** The member who acts. @throws Error when it is the service: it owns no evidence. */
export function memberOf(actor: Actor): MemberId {
  if (actor.kind !== 'member') throw new Error('evidence belongs to a member');
  return actor.member;
}
