import type { BasePorts, Collection, CollectionSpec, Page, PageRequest, Store } from '../kernel/index.js';
import type { Holding } from './holding.js';

/** Holdings: one for each award. */
export const holdingsSpec: CollectionSpec<Holding> = {
  name: 'holdings',
  scope: 'district',
  unique: [{ name: 'award', fields: ['award'] }],
  indexes: [{ name: 'holder', equality: ['holder'], order: 'awardedDate' }],
  sweeps: ['effectDue'],
};

/** What the room keeps, in verbs of its own. */
export interface PathwayStore {
  readonly holdings: Collection<Holding>;
  holdingOfAward(district: string, award: string): Promise<Holding | undefined>;
  /** A member's holdings, oldest first. */
  pageOfHoldings(district: string, holder: string, request: PageRequest): Promise<Page<Holding>>;
}

/** The room's collections over a database. */
export function pathwayStore(store: Store): PathwayStore {
  const holdings = store.collection(holdingsSpec);
  return {
    holdings,
    holdingOfAward: (district, award) => holdings.find(district, 'award', [award]),
    pageOfHoldings: (district, holder, request) => holdings.page(district, 'holder', [holder], request),
  };
}

/** What the use cases of this room need. */
export interface PathwayPorts extends BasePorts {
  readonly store: PathwayStore;
}
