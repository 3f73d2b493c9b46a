import {
  certifiedFor,
  declarationStandingsIn,
  type Certification,
  type ReviewPolicy,
} from '../calibration/index.js';
import { found, plusDays } from '../kernel/index.js';
import type { Member } from '../tenancy/index.js';
import { appealPeople } from './appeal-people.js';
import { minutesOf } from './availability.js';
import { conflictOfInterest } from './conflict-of-interest.js';
import { declaredAgainst } from './declared-conflicts.js';
import type { Candidate, Exclusion } from './draw-reviewer.js';
import type { Assignment, SubmissionAssignment } from './rating.js';
import { seatsOfCase } from './pools/cleared-for-pool.js';
import type { ReviewCase } from './review-case.js';
import type { ReviewPorts } from './store.js';

/** Somebody who may be given the work, with the certification that says so. */
export interface Eligible extends Candidate {
  readonly member: Member;
  readonly certification: Certification;
}

/** Who is left for a draw, and how many of those who have the role are not, by why. */
export interface Pool {
  readonly eligible: readonly Eligible[];
  readonly excluded: { readonly [reason in Exclusion]?: number };
}

/**
 * Who may be given this work now: has the role, is certified for the version at this moment with both declarations in
 * force, had no part in the case, has no conflict of interest, has time, and is under the daily cap. A rating goes to members with the role reviewer, an
 * adjudication to those with the role adjudicator; work that is cleared for the review pool also to seats of those who are
 * that at home. With certified seats there, members of a district of fewer than five schools rate none of its work.
 */
export async function findCandidates(
  ports: ReviewPorts,
  reviewCase: ReviewCase,
  kind: Assignment['kind'],
  assignments: readonly SubmissionAssignment[],
  policy: ReviewPolicy,
): Promise<Pool> {
  const { district, achievementVersion } = reviewCase;
  const now = ports.clock.now();
  const teacher = found(await ports.tenancy.store.member(district, reviewCase.teacher), 'member');
  const [certified, standingOf, declared, relationships, own, seats, schools, parts, met] = await Promise.all(
    [
      certifiedFor(ports.calibration, district, achievementVersion, now),
      declarationStandingsIn(ports.calibration, district),
      declaredAgainst(ports, teacher, policy.conflictYears),
      ports.tenancy.store.relationshipsOf(district, teacher.id),
      ports.tenancy.store.membersWithRole(district, kind === 'rating' ? 'reviewer' : 'adjudicator'),
      seatsOfCase(ports, reviewCase, kind),
      ports.tenancy.store.schoolCount(district),
      partsIn(ports, reviewCase, kind, assignments),
      timesMet(ports, reviewCase),
    ],
  );
  // Of a small district that others rate for, nobody rates a colleague.
  const pool = seats.some(({ id }) => certified.has(id)) ? { schools, sameDistrict: true } : undefined;
  const conflict = (member: Member) =>
    conflictOfInterest(
      member,
      teacher,
      relationships,
      now,
      policy.conflictYears,
      member.seat === undefined ? pool : undefined,
    );
  const members = [...own, ...seats];
  const beside = assignments.filter(({ state }) => state === 'open' || state === 'committed');
  const excluded: { [reason in Exclusion]?: number } = {};
  const leaveOut = (reason: Exclusion) => (excluded[reason] = (excluded[reason] ?? 0) + 1);
  const tiers: Eligible[][] = [[], [], []];
  for (const member of members) {
    const certification = certified.get(member.id);
    const tier = parts.get(member.id) ?? 0;
    const standing = certification === undefined ? undefined : await standingOf(member.id);
    if (certification === undefined || standing === undefined) leaveOut('not-certified');
    else if (!standing.inForce) leaveOut('not-declared');
    else if (tier === 'excluded') leaveOut('took-part');
    else if ((conflict(member) ?? declared.of(member, standing)) !== undefined) leaveOut('conflict');
    else if ((await minutesOf(ports, district, member.id)) === 0) leaveOut('on-leave');
    else if (await isAtCap(ports, member, policy)) leaveOut('daily-cap');
    else {
      const paired = await Promise.all(
        beside.map(({ reviewer }) =>
          ports.calibration.store.timesPaired(district, achievementVersion, member.id, reviewer),
        ),
      );
      tiers[tier]!.push({
        reviewer: member.id,
        load: await ports.store.openCount(district, member.id),
        met: met.get(member.id) ?? 0,
        paired: paired.reduce((sum, times) => sum + times, 0),
        member,
        certification,
      });
    }
  }
  const best = tiers.findIndex((tier) => tier.length > 0);
  for (const tier of best < 0 ? [] : tiers.slice(best + 1))
    tier.forEach(() => leaveOut('only-if-nobody-else'));
  return { eligible: tiers[best] ?? [], excluded };
}

/** Whether somebody was given as much in 24 hours as anybody is, seeds counted in. */
export async function isAtCap(
  ports: Pick<ReviewPorts, 'store' | 'clock'>,
  { district, id }: Pick<Member, 'district' | 'id'>,
  policy: ReviewPolicy,
): Promise<boolean> {
  const today = await ports.store.assignmentsSince(district, id, plusDays(ports.clock.now(), -1));
  return today.filter(({ state }) => state !== 'released').length >= policy.dailyCap;
}

/** How often each reviewer has rated work of the case's teacher, this submission's own rounds aside. */
async function timesMet(
  ports: ReviewPorts,
  { district, teacher, submission }: ReviewCase,
): Promise<ReadonlyMap<string, number>> {
  const met = new Map<string, number>();
  let cursor: string | undefined;
  do {
    const page = await ports.submissions.store.submissionsOf(district, teacher, {
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { id } of page.items.filter((one) => one.id !== submission && one.submittedAt !== null)) {
      for (const { reviewer } of await ports.store.ratingsOfSubmission(district, id))
        met.set(reviewer, (met.get(reviewer) ?? 0) + 1);
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return met;
}

/**
 * Who had a part before. Excluded: everybody with an assignment in this case, unless it expired; who rated in an earlier
 * round of it, asked for this one, or screened or decided an appeal; after an appeal, or where criteria stand from it, who
 * had such a part in an earlier attempt; from adjudication, the expired ones too. Only when nobody else is there: 1 who rated an earlier attempt, or oversees review and so can have read what an
 * earlier round decided, 2 who let an assignment of this case expire.
 */
async function partsIn(
  ports: ReviewPorts,
  { district, submission, round, origin, why, carried }: ReviewCase,
  kind: Assignment['kind'],
  assignments: readonly SubmissionAssignment[],
): Promise<ReadonlyMap<string, 1 | 2 | 'excluded'>> {
  const parts = new Map<string, 1 | 2 | 'excluded'>();
  const clearance = await ports.store.poolClearances.get(district, submission);
  if (clearance !== undefined) parts.set(clearance.checkedBy, 'excluded');
  const work = await ports.submissions.store.submission(district, submission);
  for (let previous = work?.previous ?? null; previous !== null;) {
    const rated = await ports.store.ratingsOfSubmission(district, previous);
    const people = rated.map(({ reviewer }) => reviewer);
    people.push(...(await appealPeople(ports, { district, submission: previous })));
    // Who knows what was met knows why others of the criteria are not asked about.
    const part = origin === 'appeal' || carried !== undefined ? 'excluded' : 1;
    for (const person of people) if (parts.get(person) !== 'excluded') parts.set(person, part);
    previous = (await ports.submissions.store.submission(district, previous))?.previous ?? null;
  }
  if (round > 0 || carried !== undefined) {
    for (const role of ['lead', 'admin'] as const)
      for (const { id } of await ports.tenancy.store.membersWithRole(district, role))
        if (!parts.has(id)) parts.set(id, 1);
  }
  for (const { reviewer, state } of assignments) {
    if (state !== 'expired' || kind === 'adjudication') parts.set(reviewer, 'excluded');
    else if (parts.get(reviewer) !== 'excluded') parts.set(reviewer, 2);
  }
  if (round > 0) {
    const earlier = await ports.store.ratingsOfSubmission(district, submission);
    for (const rating of earlier.filter((one) => one.round < round)) parts.set(rating.reviewer, 'excluded');
    if (why?.kind === 'lead') parts.set(why.by, 'excluded');
    for (const person of await appealPeople(ports, { district, submission })) parts.set(person, 'excluded');
  }
  return parts;
}
