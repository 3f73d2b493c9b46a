import { found, type Actor, type MemberId } from '../../kernel/index.js';
import { poolRole, type Member } from '../../tenancy/index.js';
import type { CalibrationPorts } from '../store.js';
import type { Declaration } from './declaration.js';
import {
  declarationStandingOf,
  declarationStandingsIn,
  type DeclarationStanding,
} from './declaration-standing.js';

type Ports = Pick<CalibrationPorts, 'store' | 'clock' | 'tenancy'>;
type Self = Actor & { readonly member: MemberId };

/** A member, and how the declarations stand; not what is in them. */
export interface MemberStanding {
  readonly member: Member;
  readonly standing: DeclarationStanding;
}

/** Who is to declare, by name: reviewers, adjudicators and seats of review pools, with how their declarations stand. */
export async function declarationRoster(
  ports: Ports,
  { district }: Actor,
): Promise<readonly MemberStanding[]> {
  const members = new Map<string, Member>();
  for (const role of ['reviewer', 'adjudicator', poolRole] as const)
    for (const member of await ports.tenancy.store.membersWithRole(district, role))
      members.set(member.id, member);
  const standingFor = await declarationStandingsIn(ports, district);
  const all = await Promise.all(
    [...members.values()].map(async (member) => ({ member, standing: await standingFor(member.id) })),
  );
  return all.sort((a, b) => (a.member.name < b.member.name ? -1 : 1));
}

/** What a member declared, with how it stands. */
export interface DeclaredByMember extends MemberStanding {
  /** In the order made. `conflicts` is null where it is not for the reader. */
  readonly declarations: readonly Declaration[];
}

/**
 * What a member declared, as a lead or admin reads it. Whoever is named in it does not read that entry, and of a seat of a
 * review pool nobody here reads any: it would tell who sits there. Whoever made it reads all.
 * @throws not-found.
 */
export async function readDeclarations(ports: Ports, actor: Self, id: string): Promise<DeclaredByMember> {
  const { district } = actor;
  const member = found(await ports.tenancy.store.member(district, id), 'member');
  const reader = found(await ports.tenancy.store.member(district, actor.member), 'member');
  const standing = await declarationStandingOf(ports, district, member.id);
  const all = await ports.store.declarationsOf(district, member.id);
  if (member.id === reader.id) return { member, standing, declarations: all };
  const declarations = all.map((one): Declaration => {
    if (one.about !== 'conflicts' || one.conflicts === null) return one;
    if (member.seat !== undefined) return { ...one, conflicts: null };
    return { ...one, conflicts: one.conflicts.filter(({ name }) => name !== reader.email) };
  });
  return { member, standing, declarations };
}
