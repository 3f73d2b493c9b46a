import { found, type Actor, type MemberId } from '../kernel/index.js';
import { poolRole, type Member } from '../tenancy/index.js';
import { minutesOf } from './availability.js';
import { releaseAssignment } from './release-assignment.js';
import type { Assignment } from './rating.js';
import type { ReviewPorts } from './store.js';

/** How much a reviewer has in hand, as those see it who oversee review: no work is named. */
export interface ReviewerLoad {
  readonly member: Member;
  readonly minutesPerWeek: number;
  readonly open: number;
  /** Of these, due within three days. */
  readonly dueSoon: number;
}

/**
 * What each reviewer and adjudicator has in hand. Work on cases that the caller is to rate too is left out, so that
 * nobody learns from a count that there is another rating (invariant 2).
 */
export async function reviewerLoads(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
): Promise<readonly ReviewerLoad[]> {
  const { district } = actor;
  const members = new Map<string, Member>();
  for (const role of ['reviewer', 'adjudicator', poolRole] as const)
    for (const member of await ports.tenancy.store.membersWithRole(district, role))
      members.set(member.id, member);
  const own = await casesOf(ports, district, actor.member);
  const soon = Date.parse(ports.clock.now()) + 3 * 86_400_000;
  const loads = await Promise.all(
    [...members.values()].map(async (member): Promise<ReviewerLoad> => {
      const all = await ports.store.openAssignmentsOf(district, member.id);
      const open = member.id === actor.member ? all : all.filter((one) => !isOf(one, own));
      return {
        member,
        minutesPerWeek: await minutesOf(ports, district, member.id),
        open: open.length,
        dueSoon: open.filter(({ dueAt }) => Date.parse(dueAt) < soon).length,
      };
    }),
  );
  return loads.sort((a, b) => (a.member.name < b.member.name ? -1 : 1));
}

/**
 * Gives everything that is open with a reviewer to others: for one who is ill or away. What the reviewer had written is
 * kept for its writer. Said again, there is nothing left to give.
 * @throws not-found.
 */
export async function releaseReviewerWork(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  member: string,
): Promise<void> {
  const { district } = actor;
  found(await ports.tenancy.store.member(district, member), 'member');
  for (const { id } of await ports.store.openAssignmentsOf(district, member))
    await releaseAssignment(ports, actor, id, 'lead');
}

async function casesOf(ports: ReviewPorts, district: string, member: string): Promise<ReadonlySet<string>> {
  const open = await ports.store.openAssignmentsOf(district, member);
  return new Set(open.flatMap((one) => (one.case === null ? [] : [one.case])));
}

function isOf(assignment: Assignment, cases: ReadonlySet<string>): boolean {
  return assignment.case !== null && cases.has(assignment.case);
}
