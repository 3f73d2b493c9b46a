import { withAudit } from '../audit/index.js';
import {
  found,
  newId,
  plusDays,
  randomToken,
  ruleViolated,
  serviceScope,
  update,
  type Actor,
  type Page,
  type PageRequest,
} from '../kernel/index.js';
import { isPermitted, permissions, refuseSeat, type Member, type Permission } from '../tenancy/index.js';
import { hashOf, type AccessPorts, type ApiKey } from './credentials.js';

/** What is asked for a new key. */
export interface NewApiKey {
  readonly member: string;
  readonly name: string;
  /** Permissions; all of the member's when left out. */
  readonly scopes?: readonly string[] | null;
  /** 1 to 730; 365 when left out. */
  readonly days?: number;
}

/**
 * Makes an API key for a member of the actor's district; the secret is in the answer and nowhere else.
 * @throws not-found; rule-violated naming the scope, the name or the days.
 */
export async function createApiKey(
  ports: AccessPorts,
  actor: Actor,
  input: NewApiKey,
): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  const member = found(await ports.tenancy.store.member(actor.district, input.member), 'member');
  refuseSeat(member);
  const unknown = input.scopes?.find((scope) => !permissions.includes(scope as Permission));
  if (unknown !== undefined) {
    throw ruleViolated('/scopes', `"${unknown}" is not a permission; choose of ${permissions.join(', ')}`);
  }
  if (input.name.trim() === '') throw ruleViolated('/name', 'must say what the key is for');
  const days = input.days ?? 365;
  if (!Number.isInteger(days) || days < 1 || days > 730)
    throw ruleViolated('/days', 'must be a whole number from 1 to 730');
  const secret = `tsk_${randomToken(ports.randomness)}`;
  const now = ports.clock.now();
  const id = newId(ports.randomness, 'key');
  const key = {
    id,
    district: serviceScope,
    tenant: actor.district,
    member: member.id,
    name: input.name.trim(),
    prefix: secret.slice(0, 10),
    secretHash: hashOf(secret),
    scopes: (input.scopes as readonly Permission[] | null | undefined) ?? null,
    createdAt: now,
    expiresAt: plusDays(now, days),
    revokedAt: null,
  };
  const entry = { actor, verb: 'created', collection: 'api_keys', facts: {} };
  return { key: await ports.store.apiKeys.insert(withAudit(key, entry, now)), secret };
}

/** The keys of the actor's district, oldest first. */
export async function listApiKeys(
  ports: AccessPorts,
  actor: Actor,
  request: PageRequest,
): Promise<Page<ApiKey>> {
  return ports.store.apiKeys.page(serviceScope, 'tenant', [actor.district], request);
}

/** Ends a key at once; a key ended before stays as it is. @throws not-found, also for another district's key. */
export async function revokeApiKey(ports: AccessPorts, actor: Actor, id: string): Promise<ApiKey> {
  const kept = await ports.store.apiKeys.get(serviceScope, id);
  const key = found(kept?.tenant === actor.district ? kept : undefined, 'API key');
  if (key.revokedAt !== null) return key;
  return update(
    ports.store.apiKeys,
    serviceScope,
    id,
    (current) => {
      if (current.revokedAt !== null) return undefined;
      const now = ports.clock.now();
      const entry = { actor, verb: 'revoked', collection: 'api_keys', facts: {} };
      return withAudit({ ...current, revokedAt: now }, entry, now);
    },
    'API key',
  );
}

/** The key and its active member for a secret; undefined when there is no such key or it ended. */
export async function authenticateApiKey(
  ports: AccessPorts,
  secret: string,
): Promise<{ readonly key: ApiKey; readonly member: Member } | undefined> {
  if (!/^tsk_[A-Za-z0-9_-]{43}$/.test(secret)) return undefined;
  const key = await ports.store.apiKeys.find(serviceScope, 'secret', [hashOf(secret)]);
  if (key === undefined || key.revokedAt !== null || key.expiresAt <= ports.clock.now()) return undefined;
  const member = await ports.tenancy.store.member(key.tenant, key.member);
  return member?.state === 'active' ? { key, member } : undefined;
}

/** Whether a key lets its member use the permission. */
export function keyPermits(key: ApiKey, member: Member, permission: Permission): boolean {
  return isPermitted(member.roles, permission) && (key.scopes === null || key.scopes.includes(permission));
}
