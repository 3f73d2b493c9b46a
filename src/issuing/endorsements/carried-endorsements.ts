import { isJsonObject } from '../../securing/index.js';
import type { UnsignedCredential } from '../compose-credential.js';
import type { IssuingPorts } from '../store.js';
import type { District } from '../../tenancy/index.js';
import { endorsementById } from './endorsement-by-id.js';
import { endorsementStanding, type Endorsement } from './endorsement.js';

/** An endorsement that a credential of ours carries, as our own record has it today. */
export interface CarriedEndorsement {
  readonly endorsement: Endorsement;
  readonly by: District;
  readonly standing: 'active' | 'revoked' | 'expired';
}

/** The endorsements of this service that stand in a credential: of its achievement, of itself, of its issuer. */
export async function carriedEndorsements(
  ports: IssuingPorts,
  credential: UnsignedCredential,
): Promise<readonly CarriedEndorsement[]> {
  const subject = credential['credentialSubject'];
  const places = [
    isJsonObject(subject) ? subject['achievement'] : undefined,
    credential,
    credential['issuer'],
  ];
  const ids = places
    .flatMap((place) => (isJsonObject(place) ? [place['endorsement']].flat() : []))
    .flatMap((embedded) => (isJsonObject(embedded) ? [String(embedded['id'])] : []));
  const found = await Promise.all(ids.map((id) => carriedEndorsement(ports, id)));
  return found.flatMap((one) => (one === undefined ? [] : [one]));
}

/** An endorsement by its id, who made it and how it stands; undefined when it is none of this service. */
export async function carriedEndorsement(
  ports: IssuingPorts,
  id: string,
): Promise<CarriedEndorsement | undefined> {
  const endorsement = await endorsementById(ports, id);
  const by = endorsement && (await ports.tenancy.store.district(endorsement.district));
  if (endorsement === undefined || by === undefined) return undefined;
  return { endorsement, by, standing: endorsementStanding(endorsement, ports.clock.now()) };
}
