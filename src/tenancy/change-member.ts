import { withAudit } from '../audit/index.js';
import { AppError, ruleViolated, update, type Actor } from '../kernel/index.js';
import { isGivenRole, roles, type Member, type Role } from './member.js';
import type { TenancyPorts } from './store.js';

/** What of a member may change. */
export interface MemberChange {
  readonly name?: string;
  readonly school?: string | null;
  readonly roles?: readonly Role[];
  readonly state?: 'active' | 'left';
}

/**
 * Changes a member of the actor's district.
 * @throws not-found; rule-violated naming the field, also when it would leave the district without an admin.
 */
export async function changeMember(
  ports: TenancyPorts,
  actor: Actor,
  id: string,
  change: MemberChange,
): Promise<Member> {
  const unknown = change.roles?.find((role) => !isGivenRole(role));
  if (unknown !== undefined)
    throw ruleViolated('/roles', `"${unknown}" is not a role; choose of ${roles.join(', ')}`);
  if (change.roles?.length === 0) throw ruleViolated('/roles', 'must name at least one role');
  if (change.name?.trim() === '') throw ruleViolated('/name', 'must not be empty');
  return update(
    ports.store.members,
    actor.district,
    id,
    async (member) => {
      refuseSeat(member);
      const changed: Member = {
        ...member,
        ...(change.name === undefined ? {} : { name: change.name.trim() }),
        ...(change.school === undefined ? {} : { school: change.school?.trim() || null }),
        ...(change.roles === undefined ? {} : { roles: [...new Set(change.roles)] }),
        ...(change.state === undefined ? {} : { state: change.state }),
      };
      await keepAnAdmin(ports, member, changed);
      return withAudit(
        changed,
        {
          actor,
          verb: 'changed',
          collection: 'members',
          facts: { roles: changed.roles, state: changed.state },
        },
        ports.clock.now(),
      );
    },
    'member',
  );
}

/** @throws conflict for a seat of a review pool: what it may do is the agreement's to say. */
export function refuseSeat({ seat }: Member): void {
  if (seat !== undefined)
    throw new AppError(
      'conflict',
      'This is a seat of a review pool, held by a reviewer of another district; end the seat instead.',
    );
}

async function keepAnAdmin(ports: TenancyPorts, before: Member, after: Member): Promise<void> {
  const isAdmin = (member: Member) => member.state === 'active' && member.roles.includes('admin');
  if (!isAdmin(before) || isAdmin(after)) return;
  const admins = await ports.store.membersWithRole(before.district, 'admin');
  if (admins.every((admin) => admin.id === before.id)) {
    throw ruleViolated('/roles', 'would leave the district without an admin; make somebody else admin first');
  }
}
