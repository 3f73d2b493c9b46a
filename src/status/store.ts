import type { Collection, CollectionSpec, Page, PageRequest, Store } from '../kernel/index.js';
import type { StatusLeases } from './leases.js';
import type { StatusList, StatusPurpose } from './status-list.js';
import { statusLeases } from './leases.js';

export const statusListsSpec: CollectionSpec<StatusList> = {
  name: 'status_lists',
  scope: 'district',
  unique: [{ name: 'open', fields: ['purpose', 'openSlot'] }],
  indexes: [{ name: 'all', equality: [], order: 'createdAt' }],
};

/** What the room keeps, in verbs of its own, and the slots that this process holds. */
export interface StatusStore {
  readonly lists: Collection<StatusList>;
  readonly leases: StatusLeases;
  openList(district: string, purpose: StatusPurpose): Promise<StatusList | undefined>;
  list(district: string, id: string): Promise<StatusList | undefined>;
  /** Every list of the district, oldest first. */
  pageOfLists(district: string, request: PageRequest): Promise<Page<StatusList>>;
}

/**
 * The room's collection over a database. Make one for each process: it holds the slots that the process has leased.
 * `block` is how many slots one write leases.
 */
export function statusStore(store: Store, options: { readonly block?: number } = {}): StatusStore {
  const lists = store.collection(statusListsSpec);
  return {
    lists,
    leases: statusLeases(options.block ?? 64),
    openList: (district, purpose) => lists.find(district, 'open', [purpose, 1]),
    list: (district, id) => lists.get(district, id),
    pageOfLists: (district, request) => lists.page(district, 'all', [], request),
  };
}
