import { allOf, serviceScope, type Collection, type CollectionSpec, type Store } from '../kernel/index.js';
import type { ProofKeyType } from '../securing/index.js';
import type { InteropIssuer, InteropStatus } from './interop-issuer.js';

/** Service-scoped, because no district has to do with them. */
export const interopIssuersSpec: CollectionSpec<InteropIssuer> = {
  name: 'interop_issuers',
  scope: 'service',
  unique: [
    { name: 'keyType', fields: ['keyType'] },
    { name: 'did', fields: ['did'] },
  ],
  indexes: [{ name: 'all', equality: [], order: 'createdAt' }],
};

/** Service-scoped, as their issuers are. */
export const interopStatusesSpec: CollectionSpec<InteropStatus> = {
  name: 'interop_statuses',
  scope: 'service',
  unique: [{ name: 'entry', fields: ['list', 'index'] }],
  indexes: [{ name: 'credential', equality: ['credentialId'], order: 'createdAt' }],
};

/** What the room keeps, in verbs of its own. */
export interface InteropStore {
  readonly issuers: Collection<InteropIssuer>;
  readonly statuses: Collection<InteropStatus>;
  issuer(id: string): Promise<InteropIssuer | undefined>;
  issuerByDid(did: string): Promise<InteropIssuer | undefined>;
  issuerByKeyType(keyType: ProofKeyType): Promise<InteropIssuer | undefined>;
  listIssuers(): Promise<readonly InteropIssuer[]>;
  /** Every entry that was given to a credential of this id, oldest first. */
  statusesOf(credentialId: string): Promise<readonly InteropStatus[]>;
}

/** The room's collections over a database. */
export function interopStore(store: Store): InteropStore {
  const issuers = store.collection(interopIssuersSpec);
  const statuses = store.collection(interopStatusesSpec);
  return {
    issuers,
    statuses,
    issuer: (id) => issuers.get(serviceScope, id),
    issuerByDid: (did) => issuers.find(serviceScope, 'did', [did]),
    issuerByKeyType: (keyType) => issuers.find(serviceScope, 'keyType', [keyType]),
    listIssuers: () => allOf((request) => issuers.page(serviceScope, 'all', [], request)),
    statusesOf: (credentialId) =>
      allOf((request) => statuses.page(serviceScope, 'credential', [credentialId], request)),
  };
}
