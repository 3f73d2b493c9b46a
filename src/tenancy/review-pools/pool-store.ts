import {
  allOf,
  serviceScope,
  type Collection,
  type CollectionSpec,
  type Page,
  type PageRequest,
  type Store,
} from '../../kernel/index.js';
import type { PoolAgreement } from './pool-agreement.js';
import type { PoolSeat } from './pool-seat.js';

/** Service-scoped, because two districts read and change each document. */
export const poolAgreementsSpec: CollectionSpec<PoolAgreement> = {
  name: 'pool_agreements',
  scope: 'service',
  unique: [{ name: 'open', fields: ['tenant', 'openWith'] }],
  indexes: [
    { name: 'tenant', equality: ['tenant'], order: 'proposedAt' },
    { name: 'home', equality: ['home'], order: 'proposedAt' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

export const poolSeatsSpec: CollectionSpec<PoolSeat> = {
  name: 'pool_seats',
  scope: 'service',
  unique: [
    { name: 'person', fields: ['host', 'email'] },
    { name: 'number', fields: ['host', 'tenant', 'number'] },
  ],
  indexes: [
    { name: 'tenant', equality: ['tenant'], order: 'givenAt' },
    { name: 'agreement', equality: ['agreement'], order: 'number' },
    { name: 'member', equality: ['tenant', 'member'], order: 'givenAt' },
    { name: 'pair', equality: ['host', 'tenant'], order: 'number' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

/** What is kept of review pools, in verbs of their own. */
export interface PoolStore {
  readonly agreements: Collection<PoolAgreement>;
  readonly seats: Collection<PoolSeat>;
  agreement(id: string): Promise<PoolAgreement | undefined>;
  /** Agreements by which this district's work is rated by others, the oldest first. */
  hostedBy(district: string): Promise<readonly PoolAgreement[]>;
  /** Agreements by which this district's reviewers rate for others, the oldest first. */
  staffedBy(district: string): Promise<readonly PoolAgreement[]>;
  seat(id: string): Promise<PoolSeat | undefined>;
  /** The seat that the owner of this address has, or had, at a host. */
  seatOfPerson(host: string, email: string): Promise<PoolSeat | undefined>;
  /** The seats of an agreement, ended ones too, by their numbers. */
  seatsOf(agreement: string): Promise<readonly PoolSeat[]>;
  /** The seats of a member of a home district, ended ones too. */
  seatsOfMember(home: string, member: string, request: PageRequest): Promise<Page<PoolSeat>>;
  /** The highest number among the seats of a home district at a host; 0 when there is none. */
  lastNumber(host: string, home: string): Promise<number>;
}

/** The collections of review pools over a database. */
export function poolStore(store: Store): PoolStore {
  const agreements = store.collection(poolAgreementsSpec);
  const seats = store.collection(poolSeatsSpec);
  return {
    agreements,
    seats,
    agreement: (id) => agreements.get(serviceScope, id),
    hostedBy: (district) => allOf((request) => agreements.page(serviceScope, 'tenant', [district], request)),
    staffedBy: (district) => allOf((request) => agreements.page(serviceScope, 'home', [district], request)),
    seat: (id) => seats.get(serviceScope, id),
    seatOfPerson: (host, email) => seats.find(serviceScope, 'person', [host, email]),
    seatsOf: (agreement) => allOf((request) => seats.page(serviceScope, 'agreement', [agreement], request)),
    seatsOfMember: (home, member, request) => seats.page(serviceScope, 'member', [home, member], request),
    lastNumber: async (host, home) =>
      (await seats.page(serviceScope, 'pair', [host, home], { limit: 1, descending: true })).items[0]
        ?.number ?? 0,
  };
}
