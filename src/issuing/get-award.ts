import { found, type Actor } from '../kernel/index.js';
import type { Award } from './award.js';
import { findAward, readsEveryAward } from './own-award.js';
import type { IssuingPorts } from './store.js';

/** One award: any for an admin or lead, the own for everybody else. @throws not-found */
export async function getAward(ports: IssuingPorts, actor: Actor, id: string): Promise<Award> {
  const award = await findAward(ports, actor.district, id);
  const own = actor.kind === 'member' && award.holder === actor.member;
  return found(own || (await readsEveryAward(ports, actor)) ? award : undefined, 'award');
}
