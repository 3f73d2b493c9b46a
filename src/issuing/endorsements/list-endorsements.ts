import { found, type Actor, type Page, type PageRequest } from '../../kernel/index.js';
import type { District } from '../../tenancy/index.js';
import type { IssuingPorts } from '../store.js';
import { issuerOf } from '../issuer-of.js';
import type { EndorsedThing } from './endorsed-thing.js';
import { endorsementStanding, type Endorsement, type IncludedEndorsement } from './endorsement.js';
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

/** How many versions a list to choose from shows at most. */
const mostOffered = 200;

/**
 * What a district may endorse of its own and does not: its published versions, newest first and at most 200, and itself
 * as issuer, last.
 */
export async function ownEndorsable(ports: IssuingPorts, actor: Actor): Promise<readonly EndorsedThing[]> {
  const { district } = actor;
  const issuer = await issuerOf(ports, district);
  const versions = await ports.achievements.store.versions.page(district, 'state', ['published'], {
    limit: mostOffered,
    descending: true,
  });
  const things: readonly EndorsedThing[] = [
    ...versions.items.map(({ url, content, number }) => ({
      ...{ id: url, kind: 'achievement' as const, name: content.name, number },
      ...{ district, districtName: issuer.district.name },
    })),
    {
      ...{ id: issuer.ref.did, kind: 'issuer', name: issuer.district.name, number: null },
      ...{ district, districtName: issuer.district.name },
    },
  ];
  const now = ports.clock.now();
  const open = await Promise.all(
    things.map(async ({ id }) => {
      const kept = await ports.store.endorsements.find(district, 'activeFor', [id]);
      return kept === undefined || endorsementStanding(kept, now) !== 'active';
    }),
  );
  return things.filter((_, index) => open[index]);
}

/** An endorsement that the actor's district made. @throws not-found */
export async function getEndorsement(ports: IssuingPorts, actor: Actor, id: string): Promise<Endorsement> {
  return found(await ports.store.endorsements.get(actor.district, id), 'endorsement');
}

/** What the actor's district has its credentials carry. @throws not-found when it carries this no more, too */
export async function getIncludedEndorsement(
  ports: IssuingPorts,
  actor: Actor,
  id: string,
): Promise<IncludedEndorsement> {
  const included = await ports.store.includedEndorsements.get(actor.district, id);
  return found(included?.carriedFor === null ? undefined : included, 'included endorsement');
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
