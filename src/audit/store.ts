import type { AuditEntryId, Collection, Page, PageOf, Store } from '../kernel/index.js';
import { auditChain, type ChainLink } from './chain.js';
import { headsSpec, type SignedHead } from './head.js';
import { ledgersSpec, type Ledger } from './ledger.js';

/** The kept chains, one for each district. */
export interface AuditStore {
  readonly ledgers: Collection<Ledger>;
  readonly heads: Collection<SignedHead>;
  /** The last link, or undefined where the district has none. */
  head(district: string): Promise<ChainLink | undefined>;
  has(district: string, entry: AuditEntryId): Promise<boolean>;
  /** @throws already-exists when another link took the place, or the entry is in the chain. */
  append(link: Omit<ChainLink, 'version'>): Promise<ChainLink>;
  /** Links in order, from the first or from the number `from`. */
  links(district: string, request: PageOf): Promise<Page<ChainLink>>;
  /** The links about one kind of thing, or about one thing, the newest first. */
  linksAbout(district: string, about: LinksAbout, request: PageOf): Promise<Page<ChainLink>>;
  /** The newest signed head; undefined before the first. */
  newestHead(district: string): Promise<SignedHead | undefined>;
  headAt(district: string, seq: number): Promise<SignedHead | undefined>;
  /** Signed heads, the newest first. */
  pageOfHeads(district: string, request: PageOf): Promise<Page<SignedHead>>;
}

/** What links are asked for: all; those of one collection; or those about the documents with one id. */
export type LinksAbout =
  | { readonly by: 'all' }
  | { readonly by: 'kind'; readonly kind: string }
  | { readonly by: 'subject'; readonly subject: string };

/** The chains kept in `store`. */
export function auditStore(store: Store): AuditStore {
  const links: Collection<ChainLink> = store.collection(auditChain);
  const ledgers = store.collection(ledgersSpec);
  const heads = store.collection(headsSpec);
  const pageOfHeads = (district: string, request: PageOf) =>
    heads.page(district, 'inOrder', [], { ...request, descending: true });
  return {
    ledgers,
    heads,
    async head(district) {
      return (await links.page(district, 'inOrder', [], { limit: 1, descending: true })).items[0];
    },
    has: async (district, entry) => (await links.get(district, entry)) !== undefined,
    append: (link) => links.insert(link),
    links: (district, request) => links.page(district, 'inOrder', [], request),
    linksAbout(district, about, request) {
      const newestFirst = { ...request, descending: true };
      switch (about.by) {
        case 'all':
          return links.page(district, 'inOrder', [], newestFirst);
        case 'kind':
          return links.page(district, 'ofKind', [about.kind], newestFirst);
        case 'subject':
          return links.page(district, 'ofSubject', [about.subject], newestFirst);
      }
    },
    newestHead: async (district) => (await pageOfHeads(district, { limit: 1 })).items[0],
    headAt: (district, seq) => heads.find(district, 'bySeq', [seq]),
    pageOfHeads,
  };
}

/** Every link of a district's chain in order, page by page; from the number `from` where one is given. */
export async function* chainOf(store: AuditStore, district: string, from = 1): AsyncGenerator<ChainLink> {
  let cursor: string | undefined;
  do {
    const page = await store.links(district, {
      limit: 500,
      from,
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}

/** Every signed head of a district, the oldest first. */
export async function headsOf(store: AuditStore, district: string): Promise<readonly SignedHead[]> {
  const heads: SignedHead[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.pageOfHeads(district, {
      limit: 500,
      ...(cursor === undefined ? {} : { cursor }),
    });
    heads.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return heads.reverse();
}
