import { createHash } from 'node:crypto';
import { withAudit } from '../audit/index.js';
import { AppError, newId, ruleViolated, serviceScope, type Actor } from '../kernel/index.js';
import { isGivenRole, roles, type Member, type Role } from './member.js';
import type { TenancyPorts } from './store.js';

/** What is asked for a new member. */
export interface NewMember {
  readonly email: string;
  readonly name: string;
  readonly school?: string | null;
  readonly roles: readonly Role[];
}

/** An e-mail address as it is kept and compared: trimmed, lower case. @throws rule-violated naming `/email`. */
export function normalEmail(email: string): string {
  const normal = email.trim().toLowerCase();
  if (normal.length > 254 || !/^[^\s@<>"(),;:\\[\]]+@[^\s@]+\.[^\s@]+$/.test(normal)) {
    throw ruleViolated('/email', 'must be an e-mail address, such as "a.rivera@riverbend.example"');
  }
  return normal;
}

/** What must hold of a new member whatever is known already; gives the normal address. @throws rule-violated naming the field. */
export function checkNewMember(input: NewMember): string {
  const email = normalEmail(input.email);
  const unknown = input.roles.find((role) => !isGivenRole(role));
  if (unknown !== undefined)
    throw ruleViolated('/roles', `"${unknown}" is not a role; choose of ${roles.join(', ')}`);
  if (input.roles.length === 0) throw ruleViolated('/roles', 'must name at least one role');
  if (input.name.trim() === '') throw ruleViolated('/name', 'must not be empty');
  return email;
}

/**
 * Makes a person a member of the actor's district.
 * @throws rule-violated naming the field; already-exists when the address is a member's.
 */
export async function addMember(ports: TenancyPorts, actor: Actor, input: NewMember): Promise<Member> {
  const email = checkNewMember(input);
  const taken = new AppError('already-exists', `${email} is a member of this district already.`, {
    errors: [{ pointer: '/email', detail: 'is the address of a member already; change that member instead' }],
  });
  if ((await ports.store.memberByEmail(actor.district, email)) !== undefined) throw taken;
  const now = ports.clock.now();
  const id = newId(ports.randomness, 'mbr');
  // 1. The address first: an address without a member is harmless, a member who cannot sign in is not.
  await rememberAddress(ports, actor.district, email, id);
  // 2. The member.
  const member: Omit<Member, 'version'> = {
    id,
    district: actor.district,
    email,
    name: input.name.trim(),
    school: input.school?.trim() || null,
    roles: [...new Set(input.roles)],
    state: 'active',
    createdAt: now,
    pendingEntries: [],
    auditDue: null,
  };
  try {
    return await ports.store.members.insert(
      withAudit(member, { actor, verb: 'added', collection: 'members', facts: { roles: member.roles } }, now),
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'already-exists') throw taken;
    throw error;
  }
}

async function rememberAddress(
  ports: TenancyPorts,
  district: Actor['district'],
  email: string,
  member: Member['id'],
) {
  const id = createHash('sha256').update(`${district} ${email} ${member}`).digest('hex');
  await ports.store.addresses.insert({
    id,
    district: serviceScope,
    email,
    tenant: district,
    member,
    createdAt: ports.clock.now(),
  });
}

/** The active memberships of an address, in every district. */
export async function membershipsOf(ports: TenancyPorts, email: string): Promise<readonly Member[]> {
  const addresses = await ports.store.addresses.page(serviceScope, 'email', [email], { limit: 200 });
  const members = await Promise.all(
    addresses.items.map((address) => ports.store.member(address.tenant, address.member)),
  );
  return members.filter((member): member is Member => member?.state === 'active' && member.email === email);
}
