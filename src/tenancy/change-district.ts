import { withAudit } from '../audit/index.js';
import { serviceScope, update, type Actor } from '../kernel/index.js';
import { checkDistrictFacts, type District } from './district.js';
import type { TenancyPorts } from './store.js';

/** What of a district may change; its slug, code and id never do. */
export type DistrictChange = Partial<Pick<District, 'name' | 'timeZone' | 'language' | 'url' | 'email'>>;

/** Changes the actor's district. @throws not-found; rule-violated naming the field. */
export async function changeDistrict(
  ports: TenancyPorts,
  actor: Actor,
  change: DistrictChange,
): Promise<District> {
  checkDistrictFacts(change);
  const { name } = change;
  return update(
    ports.store.districts,
    serviceScope,
    actor.district,
    (district) => {
      const changed = { ...district, ...change, ...(name === undefined ? {} : { name: name.trim() }) };
      const entry = {
        actor,
        verb: 'changed',
        collection: 'districts',
        facts: { members: Object.keys(change).sort() },
      };
      return withAudit(changed, entry, ports.clock.now());
    },
    'district',
  );
}
