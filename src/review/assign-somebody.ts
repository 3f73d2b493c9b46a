import type { Rubric } from '../achievements/index.js';
import { withAudit } from '../audit/index.js';
import { hexSeed, policyAt, reviewedVersion, type DistrictPolicy } from '../calibration/index.js';
import { AppError, newId, plusDays, type Actor, type Instant } from '../kernel/index.js';
import { askedCriteria } from './carried.js';
import { reasonsFromReviewer, type DoubleRatingReason } from './double-rating.js';
import { drawReviewer } from './draw-reviewer.js';
import { drawDigest } from './end-assignment.js';
import { findCandidates, type Eligible, type Pool } from './find-candidates.js';
import { accountForSeed, seedsBeforeWork, seedsOwed, type SeedsOwed } from './owe-seeds.js';
import type { Assignment, DrawRecord, SubmissionAssignment } from './rating.js';
import type { ReviewCase } from './review-case.js';
import type { ReviewPorts } from './store.js';

/**
 * Draws somebody eligible for a case and gives the assignment, with the draw on record (`findCandidates`,
 * `drawReviewer`). Who has been idle is given seeds first, and drawn once they are rated. With a share of live work a
 * seed is owed; where the pool holds none, the work is rated twice instead.
 * @returns `nobody` when none is eligible; `raced` when another settler gave an assignment first: look again.
 */
export async function assignSomebody(
  ports: ReviewPorts,
  reviewCase: ReviewCase,
  kind: Assignment['kind'],
  assignments: readonly SubmissionAssignment[],
): Promise<'assigned' | 'nobody' | 'raced'> {
  const { district, submission, achievementVersion, attempt, round } = reviewCase;
  const now = ports.clock.now();
  const seed = hexSeed(ports.randomness.bytes(16));
  const policy = await policyAt(ports.calibration, district);
  const { rubric } = await reviewedVersion(ports, district, achievementVersion);
  const pool = await findCandidates(ports, reviewCase, kind, assignments, policy.review);
  const drawn = await drawFrom(ports, pool, seed, kind, policy);
  if (drawn === undefined) return 'nobody';
  const { one, reasons } = drawn;
  const draw: DrawRecord = {
    ...{ of: 'submission', case: reviewCase.id, seed, excluded: drawn.pool.excluded },
    candidates: drawn.pool.eligible.map(({ reviewer, load, met = 0, paired = 0 }) => ({
      ...{ reviewer, load, met, paired },
    })),
  };
  const assignment: Omit<SubmissionAssignment, 'version' | 'pendingEntries' | 'auditDue'> = {
    ...given(ports, one, policy, now),
    id: newId(ports.randomness, 'asg'),
    work: 'submission',
    case: reviewCase.id,
    n: (assignments.at(-1)?.n ?? 0) + 1,
    ...{ district, submission, achievementVersion, attempt, round, kind, seed, draw },
    exemplar: null,
    ...asked(rubric, reviewCase),
    doubleRated: reasons,
  };
  const actor: Actor = { kind: 'service', district };
  try {
    await ports.store.assignments.insert(
      withAudit(
        assignment,
        { actor, verb: 'assigned', collection: 'assignments', facts: assignedFacts(assignment, one) },
        now,
      ),
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'already-exists') return 'raced';
    throw error;
  }
  await accountForSeed(ports, one, assignment.id, drawn.seeds, policy.seeds);
  return 'assigned';
}

/** The criteria that are rated, where some stand. */
function asked(rubric: Rubric, { carried }: ReviewCase): Pick<Assignment, 'criteria'> {
  const criteria = askedCriteria(rubric, carried);
  return criteria === undefined ? {} : { criteria };
}

/** What every new assignment has, of a submission or a seed. */
export function given(
  ports: Pick<ReviewPorts, 'randomness'>,
  { member }: Pick<Eligible, 'member'>,
  { number, review }: DistrictPolicy,
  now: Instant,
) {
  const dueAt = plusDays(now, review.assignmentDays);
  const remindAt = plusDays(dueAt, -review.reminderDays);
  return {
    reviewer: member.id,
    state: 'open',
    releasedFor: null,
    policy: number,
    salt: hexSeed(ports.randomness.bytes(16)),
    assignedAt: now,
    openedAt: null,
    dueAt,
    remindedAt: null,
    endedAt: null,
    effectDue: remindAt > now ? remindAt : now,
  } as const;
}

/** What the record says of a new assignment: the same members whatever its work is. */
export function assignedFacts(
  { kind, reviewer, policy, salt, draw }: Pick<Assignment, 'kind' | 'reviewer' | 'policy' | 'salt' | 'draw'>,
  { certification }: Pick<Eligible, 'certification'>,
) {
  return { kind, reviewer, policy, certification: certification.id, draw: drawDigest(salt, draw) };
}

interface Drawn {
  readonly one: Eligible;
  /** Whom it was drawn from: without those who rate seeds first. */
  readonly pool: Pool;
  readonly reasons: readonly DoubleRatingReason[];
  readonly seeds: SeedsOwed;
}

async function drawFrom(
  ports: ReviewPorts,
  pool: Pool,
  seed: string,
  kind: Assignment['kind'],
  policy: DistrictPolicy,
): Promise<Drawn | undefined> {
  const reviewer = drawReviewer(seed, pool.eligible);
  const one = pool.eligible.find((candidate) => candidate.reviewer === reviewer);
  if (one === undefined) return undefined;
  // Seniors settle what two reviewers differ in: neither doubled nor measured by seeds.
  if (kind === 'adjudication') return { one, pool, reasons: [], seeds: 'never' };
  const before = await seedsBeforeWork(ports, one, policy);
  if (before === 'wait') {
    const eligible = pool.eligible.filter((candidate) => candidate !== one);
    const excluded = { ...pool.excluded, 'seeds-first': (pool.excluded['seeds-first'] ?? 0) + 1 };
    return drawFrom(ports, { eligible, excluded }, seed, kind, policy);
  }
  const { district, reviewer: id, achievementVersion } = one.certification;
  const rated = await ports.store.ratingCount(district, id, achievementVersion);
  const seeds = await seedsOwed(ports, one, seed, policy.seeds);
  const short = before === 'short' || seeds === 'short' || seeds === 'made-good';
  const reasons = reasonsFromReviewer(one.certification, rated, policy.review);
  return { one, pool, seeds, reasons: short ? [...reasons, 'seed-shortage'] : reasons };
}
