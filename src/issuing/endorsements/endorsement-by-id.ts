import { districtCodeOf, isPublicId } from '../award.js';
import type { IssuingPorts } from '../store.js';
import type { Endorsement } from './endorsement.js';

/** An endorsement by its id or the last part of it, of whichever district. */
export async function endorsementById(
  ports: Pick<IssuingPorts, 'publicUrl' | 'store' | 'tenancy'>,
  id: string,
): Promise<Endorsement | undefined> {
  const prefix = `${ports.publicUrl}/e/`;
  const publicId = id.startsWith(prefix) ? id.slice(prefix.length) : id;
  if (!isPublicId(publicId)) return undefined;
  const district = await ports.tenancy.store.districtByCode(districtCodeOf(publicId));
  return district === undefined
    ? undefined
    : ports.store.endorsements.find(district.id, 'publicId', [publicId]);
}
