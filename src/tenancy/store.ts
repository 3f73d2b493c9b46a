import {
  serviceScope,
  type BasePorts,
  type Collection,
  type CollectionSpec,
  type DistrictId,
  type Instant,
  type MemberId,
  type Page,
  type PageRequest,
  type Store,
  type Stored,
} from '../kernel/index.js';
import type { District } from './district.js';
import type { Member, Relationship, Role } from './member.js';
import { poolStore, type PoolStore } from './review-pools/pool-store.js';

/** Service-scoped, because a sign-in begins with an address alone: which memberships an address has. */
export interface MemberAddress extends Stored {
  readonly email: string;
  readonly tenant: DistrictId;
  readonly member: MemberId;
  readonly createdAt: Instant;
}

export const districtsSpec: CollectionSpec<District> = {
  name: 'districts',
  scope: 'service',
  unique: [
    { name: 'slug', fields: ['slug'] },
    { name: 'code', fields: ['code'] },
  ],
  indexes: [{ name: 'all', equality: [], order: 'createdAt' }],
  sweeps: ['auditDue'],
};

export const membersSpec: CollectionSpec<Member> = {
  name: 'members',
  scope: 'district',
  unique: [{ name: 'email', fields: ['email'] }],
  indexes: [
    { name: 'all', equality: [], order: 'createdAt' },
    { name: 'state', equality: ['state'], order: 'createdAt' },
  ],
  sweeps: ['auditDue'],
};

export const addressesSpec: CollectionSpec<MemberAddress> = {
  name: 'member_addresses',
  scope: 'service',
  unique: [],
  indexes: [{ name: 'email', equality: ['email'], order: 'createdAt' }],
};

export const relationshipsSpec: CollectionSpec<Relationship> = {
  name: 'relationships',
  scope: 'district',
  unique: [{ name: 'once', fields: ['kind', 'member', 'other', 'from'] }],
  indexes: [
    { name: 'member', equality: ['member'], order: 'from' },
    { name: 'other', equality: ['other'], order: 'from' },
    { name: 'all', equality: [], order: 'id' },
  ],
  sweeps: ['auditDue'],
};

/** What the room keeps, in verbs of its own. */
export interface TenancyStore {
  readonly districts: Collection<District>;
  readonly members: Collection<Member>;
  readonly addresses: Collection<MemberAddress>;
  readonly relationships: Collection<Relationship>;
  readonly pools: PoolStore;
  district(id: string): Promise<District | undefined>;
  districtBySlug(slug: string): Promise<District | undefined>;
  districtByCode(code: string): Promise<District | undefined>;
  listDistricts(request: PageRequest): Promise<Page<District>>;
  member(district: string, id: string): Promise<Member | undefined>;
  memberByEmail(district: string, email: string): Promise<Member | undefined>;
  listMembers(district: string, request: PageRequest): Promise<Page<Member>>;
  /** Every active member that has the role. */
  membersWithRole(district: string, role: Role): Promise<readonly Member[]>;
  /** How many schools the active members of a district name. */
  schoolCount(district: string): Promise<number>;
  /** Every relationship that names the member on either side, ended ones included. */
  relationshipsOf(district: string, member: string): Promise<readonly Relationship[]>;
}

/** The room's collections over a database. */
export function tenancyStore(store: Store): TenancyStore {
  const districts = store.collection(districtsSpec);
  const members = store.collection(membersSpec);
  const addresses = store.collection(addressesSpec);
  const relationships = store.collection(relationshipsSpec);
  return {
    districts,
    members,
    addresses,
    relationships,
    pools: poolStore(store),
    district: (id) => districts.get(serviceScope, id),
    districtBySlug: (slug) => districts.find(serviceScope, 'slug', [slug]),
    districtByCode: (code) => districts.find(serviceScope, 'code', [code]),
    listDistricts: (request) => districts.page(serviceScope, 'all', [], request),
    member: (district, id) => members.get(district, id),
    memberByEmail: (district, email) => members.find(district, 'email', [email]),
    listMembers: (district, request) => members.page(district, 'all', [], request),
    membersWithRole: async (district, role) => {
      const active = await everyPage((cursor) =>
        members.page(district, 'state', ['active'], { limit: 500, ...cursor }),
      );
      return active.filter((member) => member.roles.includes(role));
    },
    schoolCount: async (district) => {
      const active = await everyPage((cursor) =>
        members.page(district, 'state', ['active'], { limit: 500, ...cursor }),
      );
      return new Set(active.flatMap(({ school }) => (school === null ? [] : [school.toLowerCase()]))).size;
    },
    relationshipsOf: async (district, member) => [
      ...(await everyPage((cursor) =>
        relationships.page(district, 'member', [member], { limit: 500, ...cursor }),
      )),
      ...(await everyPage((cursor) =>
        relationships.page(district, 'other', [member], { limit: 500, ...cursor }),
      )),
    ],
  };
}

async function everyPage<T>(fetchPage: (cursor: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: { cursor?: string } = {};
  for (;;) {
    const page = await fetchPage(cursor);
    items.push(...page.items);
    if (page.next === undefined) return items;
    cursor = { cursor: page.next };
  }
}

export interface TenancyPorts extends BasePorts {
  readonly store: TenancyStore;
}
