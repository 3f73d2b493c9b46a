import { serviceScope, update, type Actor } from '../kernel/index.js';
import type { District } from './district.js';
import type { TenancyPorts } from './store.js';

/** What of a district may change; its slug, code and id never do. */
export type DistrictChange = Partial<Pick<District, 'name' | 'timeZone' | 'language' | 'url' | 'email'>>;

/** Changes the actor's district. @throws not-found */
export async function changeDistrict(
  ports: TenancyPorts,
  actor: Actor,
  change: DistrictChange,
): Promise<District> {
  return update(
    ports.store.districts,
    serviceScope,
    actor.district,
    (district) => ({ ...district, ...change }),
    'district',
  );
}
