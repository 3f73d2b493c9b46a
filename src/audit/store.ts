import type { AuditEntryId, Collection, Page, Store } from '../kernel/index.js';
import { auditChain, type ChainLink } from './chain.js';

/** The kept chains, one for each district. */
export interface AuditStore {
  /** The last link, or undefined where the district has none. */
  head(district: string): Promise<ChainLink | undefined>;
  has(district: string, entry: AuditEntryId): Promise<boolean>;
  /** @throws already-exists when another link took the place, or the entry is in the chain. */
  append(link: Omit<ChainLink, 'version'>): Promise<ChainLink>;
  /** Links in order, from the first. */
  links(
    district: string,
    request: { readonly cursor?: string; readonly limit: number },
  ): Promise<Page<ChainLink>>;
}

/** The chains kept in `store`. */
export function auditStore(store: Store): AuditStore {
  const links: Collection<ChainLink> = store.collection(auditChain);
  return {
    async head(district) {
      return (await links.page(district, 'inOrder', [], { limit: 1, descending: true })).items[0];
    },
    has: async (district, entry) => (await links.get(district, entry)) !== undefined,
    append: (link) => links.insert(link),
    links: (district, request) => links.page(district, 'inOrder', [], request),
  };
}

/** Every link of a district's chain in order, page by page: what `verifyChain` takes. */
export async function* chainOf(store: AuditStore, district: string): AsyncGenerator<ChainLink> {
  let cursor: string | undefined;
  do {
    const page = await store.links(district, cursor === undefined ? { limit: 500 } : { cursor, limit: 500 });
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}
