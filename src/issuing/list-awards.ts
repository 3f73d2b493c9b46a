import type { Actor, Page, PageRequest } from '../kernel/index.js';
import type { Award } from './award.js';
import { readsEveryAward } from './own-award.js';
import type { IssuingPorts } from './store.js';

/** A page of awards, newest first: the district's for an admin or lead, the own for everybody else. */
export async function listAwards(
  ports: IssuingPorts,
  actor: Actor,
  request: PageRequest,
): Promise<Page<Award>> {
  if (actor.kind === 'service' || (await readsEveryAward(ports, actor))) {
    return ports.store.pageOfAwards(actor.district, request);
  }
  return ports.store.pageOfHoldersAwards(actor.district, actor.member, request);
}
