import { districtCodeOf, isPublicId } from '../award.js';
import { partAfter } from '../own-addresses.js';
import type { IssuingPorts } from '../store.js';
import type { Endorsement } from './endorsement.js';

/** An endorsement by its id or the last part of it, of whichever district. */
export async function endorsementById(
  ports: Pick<IssuingPorts, 'publicUrl' | 'formerUrls' | 'store' | 'tenancy'>,
  id: string,
): Promise<Endorsement | undefined> {
  const publicId = partAfter(ports, '/e/', id);
  if (!isPublicId(publicId)) return undefined;
  const district = await ports.tenancy.store.districtByCode(districtCodeOf(publicId));
  return district === undefined
    ? undefined
    : ports.store.endorsements.find(district.id, 'publicId', [publicId]);
}
