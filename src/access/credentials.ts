import { createHash, timingSafeEqual } from 'node:crypto';
import type { Audited } from '../audit/index.js';
import type {
  ApiKeyId,
  BasePorts,
  Collection,
  CollectionSpec,
  DistrictId,
  Instant,
  MemberId,
  SessionId,
  SignInLinkId,
  SignInRequestId,
  Store,
  Stored,
} from '../kernel/index.js';
import type { Mailer } from '../notifications/index.js';
import type { Permission, TenancyPorts } from '../tenancy/index.js';
import type { Ending } from './remove-ended.js';

/** A member's key for programs. The secret is shown once; its SHA-256 is kept. Service-scoped: a call begins with the secret alone. */
export interface ApiKey extends Stored, Audited {
  readonly id: ApiKeyId;
  readonly tenant: DistrictId;
  readonly member: MemberId;
  readonly name: string;
  /** The first characters of the secret, to tell keys apart. */
  readonly prefix: string;
  readonly secretHash: string;
  /** What the key may do, of what its member may; null for all of it. */
  readonly scopes: readonly Permission[] | null;
  /** Whether its member made it, in person: then what is signed by it is the member's own act. */
  readonly inPerson: boolean;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
}

/** An e-mailed link that signs a member in once, within 15 minutes. Removed when these are over. */
export interface SignInLink extends Ending {
  readonly id: SignInLinkId;
  readonly tenant: DistrictId;
  readonly member: MemberId;
  readonly secretHash: string;
  /** Whether it went to the member's own address, and was seen by nobody else. */
  readonly inPerson: boolean;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
}

/**
 * That somebody asked for sign-in links for an address. Kept for every address, a member's or not, and carried out
 * afterwards: so the answer, and the time it takes, say nothing of who is a member. Removed when done.
 */
export interface SignInRequest extends Stored {
  readonly id: SignInRequestId;
  readonly email: string;
  readonly askedAt: Instant;
  readonly effectDue: Instant | null;
}

/** A browser that is signed in. Removed at its expiry. */
export interface Session extends Ending {
  readonly id: SessionId;
  readonly tenant: DistrictId;
  readonly member: MemberId;
  readonly secretHash: string;
  /** Whether it was opened by a link that went to the member's own address. */
  readonly inPerson: boolean;
  readonly signedInAt: Instant;
  /** The seat of a review pool through which its member works now; null, or absent, for none. */
  readonly seat?: MemberId | null;
  readonly expiresAt: Instant;
  readonly endedAt: Instant | null;
}

/** What is kept of a request with an Idempotency-Key, for 24 hours: enough to answer its repeat with the same bytes. */
export interface IdempotentRequest extends Ending {
  /** Hex SHA-256 of caller and key. */
  readonly id: string;
  /** Hex SHA-256 of method, path and body. */
  readonly requestHash: string;
  readonly state: 'running' | 'answered';
  readonly startedAt: Instant;
  readonly status: number | null;
  readonly body: string | null;
  readonly mediaType: string | null;
  readonly location: string | null;
}

export const apiKeysSpec: CollectionSpec<ApiKey> = {
  name: 'api_keys',
  scope: 'service',
  unique: [{ name: 'secret', fields: ['secretHash'] }],
  indexes: [
    { name: 'tenant', equality: ['tenant'], order: 'createdAt' },
    { name: 'member', equality: ['member'], order: 'createdAt' },
  ],
  sweeps: ['auditDue'],
};

export const signInLinksSpec: CollectionSpec<SignInLink> = {
  name: 'sign_in_links',
  scope: 'service',
  unique: [{ name: 'secret', fields: ['secretHash'] }],
  indexes: [],
  sweeps: ['effectDue'],
  removable: true,
};

export const signInRequestsSpec: CollectionSpec<SignInRequest> = {
  name: 'sign_in_requests',
  scope: 'service',
  unique: [],
  indexes: [],
  sweeps: ['effectDue'],
  removable: true,
};

export const sessionsSpec: CollectionSpec<Session> = {
  name: 'sessions',
  scope: 'service',
  unique: [{ name: 'secret', fields: ['secretHash'] }],
  indexes: [],
  sweeps: ['effectDue'],
  removable: true,
};

export const idempotentRequestsSpec: CollectionSpec<IdempotentRequest> = {
  name: 'idempotent_requests',
  scope: 'district',
  unique: [],
  indexes: [],
  sweeps: ['effectDue'],
  removable: true,
};

/** What the room keeps. */
export interface AccessStore {
  readonly apiKeys: Collection<ApiKey>;
  readonly signInRequests: Collection<SignInRequest>;
  readonly signInLinks: Collection<SignInLink>;
  readonly sessions: Collection<Session>;
  readonly idempotentRequests: Collection<IdempotentRequest>;
}

/** The room's collections over a database. */
export function accessStore(store: Store): AccessStore {
  return {
    apiKeys: store.collection(apiKeysSpec),
    signInRequests: store.collection(signInRequestsSpec),
    signInLinks: store.collection(signInLinksSpec),
    sessions: store.collection(sessionsSpec),
    idempotentRequests: store.collection(idempotentRequestsSpec),
  };
}

export interface AccessPorts extends BasePorts {
  readonly store: AccessStore;
  readonly tenancy: TenancyPorts;
  readonly mailer: Mailer;
  /** With it whoever runs the service opens districts; undefined: nobody does so over HTTP. */
  readonly operatorToken: string | undefined;
  /** Where links lead: no slash at the end. */
  readonly publicUrl: string;
}

/** Whether this is the operator token, compared in constant time. */
export function isOperatorToken(ports: AccessPorts, secret: string): boolean {
  if (ports.operatorToken === undefined) return false;
  return timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(hashOf(ports.operatorToken)));
}

/** Hex SHA-256 of a secret. The secrets are 256 random bits, so that a slow hash would add nothing. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
