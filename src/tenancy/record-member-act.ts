import { withAudit } from '../audit/index.js';
import { update, type Actor, type Json } from '../kernel/index.js';
import type { Member } from './member.js';
import type { TenancyPorts } from './store.js';

/**
 * Records on a member of the actor's district what was done for them elsewhere, where the thing itself belongs to no
 * district's chain and is removed in time (sign-in links). Call it before the act: then nothing is done unrecorded, and an entry whose
 * act failed names an id that does not exist.
 * @param act its verb, and facts that are ids only.
 * @throws not-found when the district has no such member.
 */
export async function recordMemberAct(
  ports: TenancyPorts,
  actor: Actor,
  member: string,
  act: { readonly verb: string; readonly facts: Json },
): Promise<Member> {
  return update(
    ports.store.members,
    actor.district,
    member,
    (doc) => withAudit(doc, { actor, ...act, collection: 'members' }, ports.clock.now()),
    'member',
  );
}
