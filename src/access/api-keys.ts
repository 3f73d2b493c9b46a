import { withAudit } from '../audit/index.js';
import {
  AppError,
  found,
  newId,
  plusDays,
  randomToken,
  ruleViolated,
  serviceScope,
  update,
  type Actor,
  type MemberId,
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
 * Makes an API key for a member of the actor's district; the secret is in the answer and nowhere else. It signs as its
 * member only when that member makes it, being here in person (docs/adr/0023).
 * @param caller whether the actor is: `Principal.inPerson`; nobody is when left out.
 * @throws not-found; rule-violated naming the scope, the name or the days.
 */
export async function createApiKey(
  ports: AccessPorts,
  actor: Actor,
  input: NewApiKey,
  caller: { readonly inPerson: boolean } = { inPerson: false },
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
    inPerson: caller.inPerson && actor.kind === 'member' && actor.member === member.id,
    createdAt: now,
    expiresAt: plusDays(now, days),
    revokedAt: null,
  };
  const entry = { actor, verb: 'created', collection: 'api_keys', facts: {} };
  return { key: await ports.store.apiKeys.insert(withAudit(key, entry, now)), secret };
}

/**
 * Makes an API key for the caller, who is here in person: it signs in the caller's name. A key makes none that may more.
 * @param caller `scopes`: those of the key that the caller came by; null for all, as in a session.
 * @throws not-permitted unless in person; rule-violated naming the scope, the name or the days.
 */
export async function createOwnApiKey(
  ports: AccessPorts,
  actor: Actor & { readonly member: MemberId },
  input: Omit<NewApiKey, 'member'>,
  caller: { readonly inPerson: boolean; readonly scopes: readonly Permission[] | null },
): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  if (!caller.inPerson)
    throw new AppError('not-permitted', 'Sign in by a link that is mailed to your own address to do this.');
  const scopes = input.scopes ?? caller.scopes;
  const more = scopes?.find((scope) => caller.scopes?.includes(scope as Permission) === false);
  if (more !== undefined)
    throw ruleViolated(
      '/scopes',
      `"${more}" is not in the scopes of the key that you came by; sign in to do this`,
    );
  return createApiKey(ports, actor, { ...input, scopes, member: actor.member }, caller);
}

/** The caller's own keys, oldest first. */
export async function listOwnApiKeys(
  ports: AccessPorts,
  actor: Actor & { readonly member: MemberId },
  request: PageRequest,
): Promise<Page<ApiKey>> {
  return ports.store.apiKeys.page(serviceScope, 'member', [actor.member], request);
}

/** Ends a key of the caller's own, whoever made it. @throws not-found, also for another member's key. */
export async function revokeOwnApiKey(
  ports: AccessPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<ApiKey> {
  const kept = await ports.store.apiKeys.get(serviceScope, id);
  found(kept?.member === actor.member ? kept : undefined, 'API key');
  return revokeApiKey(ports, actor, id);
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
