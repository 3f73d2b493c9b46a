import { withAudit } from '../audit/index.js';
import { certifiedFor, hexSeed, type Certification } from '../calibration/index.js';
import { AppError, found, newId, plusDays, type Actor, type MemberId } from '../kernel/index.js';
import { conflictOfInterest } from './conflict-of-interest.js';
import { reasonsFromReviewer } from './double-rating.js';
import { drawReviewer, type Candidate } from './draw-reviewer.js';
import type { Assignment } from './rating.js';
import type { ReviewCase } from './review-case.js';
import { defaultReviewPolicy as policy } from './review-policy.js';
import type { ReviewPorts } from './store.js';

/**
 * Draws somebody eligible for a case and gives the assignment, with the draw on record: certified for this version now,
 * no conflict of interest, under the daily cap; never somebody who has a part in the case already. A rating goes to a
 * member with the role reviewer, an adjudication to one with the role adjudicator.
 * @returns `nobody` when none is eligible; `raced` when another settler gave an assignment first: look again.
 */
export async function assignSomebody(
  ports: ReviewPorts,
  reviewCase: ReviewCase,
  kind: Assignment['kind'],
  assignments: readonly Assignment[],
): Promise<'assigned' | 'nobody' | 'raced'> {
  const { district, submission, achievementVersion, attempt, round } = reviewCase;
  const now = ports.clock.now();
  const certified = await certifiedFor(ports.calibration, district, achievementVersion, now);
  const candidates = await candidatesFor(ports, reviewCase, kind, assignments, certified);
  const seed = hexSeed(ports.randomness.bytes(16));
  const reviewer = drawReviewer(seed, candidates);
  if (reviewer === undefined) return 'nobody';
  const certification = certified.get(reviewer)!;
  const rated = await ports.store.ratingCount(district, reviewer, achievementVersion);
  const dueAt = plusDays(now, policy.assignmentDays);
  const assignment: Omit<Assignment, 'version' | 'pendingEntries' | 'auditDue'> = {
    id: newId(ports.randomness, 'asg'),
    district,
    case: reviewCase.id,
    n: (assignments.at(-1)?.n ?? 0) + 1,
    submission,
    achievementVersion,
    attempt,
    round,
    kind,
    reviewer: reviewer as MemberId,
    state: 'open',
    releasedFor: null,
    doubleRated: kind === 'rating' ? reasonsFromReviewer(certification, rated, policy) : [],
    seed,
    assignedAt: now,
    dueAt,
    effectDue: dueAt,
  };
  const actor: Actor = { kind: 'service', district };
  const drawn = candidates.map((one) => ({ reviewer: one.reviewer, load: one.load }));
  const facts = {
    case: reviewCase.id,
    kind,
    reviewer,
    certification: certification.id,
    seed,
    candidates: drawn,
  };
  try {
    await ports.store.assignments.insert(
      withAudit(assignment, { actor, verb: 'assigned', collection: 'assignments', facts }, now),
    );
    return 'assigned';
  } catch (error) {
    if (error instanceof AppError && error.code === 'already-exists') return 'raced';
    throw error;
  }
}

/** Who may be given this work now, with their loads. */
async function candidatesFor(
  ports: ReviewPorts,
  reviewCase: ReviewCase,
  kind: Assignment['kind'],
  assignments: readonly Assignment[],
  certified: ReadonlyMap<string, Certification>,
): Promise<readonly Candidate[]> {
  const { district } = reviewCase;
  const now = ports.clock.now();
  const teacher = found(await ports.tenancy.store.member(district, reviewCase.teacher), 'member');
  const relationships = await ports.tenancy.store.relationshipsOf(district, teacher.id);
  const members = await ports.tenancy.store.membersWithRole(
    district,
    kind === 'rating' ? 'reviewer' : 'adjudicator',
  );
  const parts = await partsIn(ports, reviewCase, kind, assignments);
  const tiers: Candidate[][] = [[], [], []];
  for (const member of members) {
    const tier = parts.get(member.id) ?? 0;
    if (!certified.has(member.id) || tier === 'excluded') continue;
    if (conflictOfInterest(member, teacher, relationships, now, policy.conflictYears) !== undefined) continue;
    const today = await ports.store.assignmentsSince(district, member.id, plusDays(now, -1));
    if (today.filter(({ state }) => state !== 'released').length >= policy.dailyCap) continue;
    tiers[tier]!.push({ reviewer: member.id, load: await ports.store.openCount(district, member.id) });
  }
  return tiers.find((tier) => tier.length > 0) ?? [];
}

/**
 * Who had a part before. Excluded: everybody with an assignment in this case, unless it expired, and in an earlier round
 * of it; from adjudication, the expired ones too. Only when nobody else is there: 1 who rated an earlier attempt, 2 who
 * let an assignment of this case expire.
 */
async function partsIn(
  ports: ReviewPorts,
  { district, submission, round }: ReviewCase,
  kind: Assignment['kind'],
  assignments: readonly Assignment[],
): Promise<ReadonlyMap<string, 1 | 2 | 'excluded'>> {
  const parts = new Map<string, 1 | 2 | 'excluded'>();
  const work = await ports.submissions.store.submission(district, submission);
  for (let previous = work?.previous ?? null; previous !== null;) {
    for (const { reviewer } of await ports.store.ratingsOfSubmission(district, previous))
      parts.set(reviewer, 1);
    previous = (await ports.submissions.store.submission(district, previous))?.previous ?? null;
  }
  for (const { reviewer, state } of assignments) {
    if (state !== 'expired' || kind === 'adjudication') parts.set(reviewer, 'excluded');
    else if (parts.get(reviewer) !== 'excluded') parts.set(reviewer, 2);
  }
  if (round > 0) {
    const earlier = await ports.store.ratingsOfSubmission(district, submission);
    for (const rating of earlier.filter((one) => one.round < round)) parts.set(rating.reviewer, 'excluded');
  }
  return parts;
}
