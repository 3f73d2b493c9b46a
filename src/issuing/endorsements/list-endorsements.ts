import { found, type Actor, type Page, type PageRequest } from '../../kernel/index.js';
import type { District } from '../../tenancy/index.js';
import type { IssuingPorts } from '../store.js';
import type { Endorsement, IncludedEndorsement } from './endorsement.js';
import { endorsementById } from './endorsement-by-id.js';

/** The endorsements that the actor's district made, newest first. */
export function listEndorsements(
  ports: IssuingPorts,
  actor: Actor,
  request: PageRequest,
): Promise<Page<Endorsement>> {
  return ports.store.endorsements.page(actor.district, 'all', [], { ...request, descending: true });
}

/** What the credentials of the actor's district carry, or carried once, newest first. */
export function listIncludedEndorsements(
  ports: IssuingPorts,
  actor: Actor,
  request: PageRequest,
): Promise<Page<IncludedEndorsement>> {
  return ports.store.includedEndorsements.page(actor.district, 'all', [], { ...request, descending: true });
}

/** An endorsement that the actor's district made. @throws not-found */
export async function getEndorsement(ports: IssuingPorts, actor: Actor, id: string): Promise<Endorsement> {
  return found(await ports.store.endorsements.get(actor.district, id), 'endorsement');
}

/** An endorsement by the last part of its address, for anybody, and who made it. @throws not-found */
export async function publicEndorsement(
  ports: IssuingPorts,
  publicId: string,
): Promise<{ readonly endorsement: Endorsement; readonly district: District }> {
  const endorsement = found(await endorsementById(ports, publicId), 'endorsement');
  const district = found(await ports.tenancy.store.district(endorsement.district), 'district');
  return { endorsement, district };
}
