import type { Collection, CollectionSpec, Page, PageRequest, Store } from '../kernel/index.js';
import type { IssuerKey, KeyUse } from './issuer-key.js';

/** Issuer keys: two of one name, or two active ones for one use, cannot be. */
export const issuerKeyCollection: CollectionSpec<IssuerKey> = {
  name: 'issuer_keys',
  scope: 'district',
  unique: [
    { name: 'active', fields: ['use', 'activeSlot'] },
    { name: 'name', fields: ['name'] },
  ],
  indexes: [{ name: 'all', equality: [], order: 'createdAt' }],
  sweeps: ['auditDue'],
};

/** The collection of issuer keys in this store. */
export function openIssuerKeys(store: Store): Collection<IssuerKey> {
  return store.collection(issuerKeyCollection);
}

/** The active key of this use, or undefined. */
export function activeKey(
  keys: Collection<IssuerKey>,
  district: string,
  use: KeyUse,
): Promise<IssuerKey | undefined> {
  return keys.find(district, 'active', [use, 1]);
}

/** A page of a district's keys, oldest first. */
export function pageOfKeys(
  keys: Collection<IssuerKey>,
  district: string,
  request: PageRequest,
): Promise<Page<IssuerKey>> {
  return keys.page(district, 'all', [], request);
}
