import { found, type Actor } from '../kernel/index.js';
import type { Award } from './award.js';
import { partAfter } from './own-addresses.js';
import type { IssuingPorts } from './store.js';

/** Whether the actor reads every award of the district, not only the own. */
export async function readsEveryAward(ports: IssuingPorts, actor: Actor): Promise<boolean> {
  if (actor.kind === 'service') return true;
  const member = await ports.tenancy.store.member(actor.district, actor.member);
  return member !== undefined && member.roles.some((role) => role === 'admin' || role === 'lead');
}

/** An award by its id (`awd_…`), its credential's id or its public id. */
export async function findAward(ports: IssuingPorts, district: string, id: string): Promise<Award> {
  const publicId = partAfter(ports, '/c/', id);
  const award =
    (await ports.store.award(district, id)) ?? (await ports.store.awardByPublicId(district, publicId));
  return found(award, 'award');
}
