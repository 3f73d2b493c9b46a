import { withAudit } from '../audit/index.js';
import { hexSeed, policyAt, seededChance, type ReviewPolicy } from '../calibration/index.js';
import { AppError, found, unreachable, type Actor } from '../kernel/index.js';
import type { Submission } from '../submissions/index.js';
import { carriedInto, stillSound } from './carry-over.js';
import type { DoubleRatingReason } from './double-rating.js';
import { predictedDays } from './expected-decision.js';
import { caseId, type ReviewCase } from './review-case.js';
import type { RoundBasis, RoundReason } from './round.js';
import type { ReviewPorts } from './store.js';

/** The case of a round, opened unless it is there. */
export async function openCase(
  ports: ReviewPorts,
  submission: Submission,
  round: number,
  basis: RoundBasis,
  actor: Actor = { kind: 'service', district: submission.district },
): Promise<ReviewCase> {
  const { district } = submission;
  const id = caseId(submission.id, submission.attempt, round);
  const kept = await ports.store.cases.get(district, id);
  if (kept !== undefined) return kept;
  const now = ports.clock.now();
  const seed = hexSeed(ports.randomness.bytes(16));
  const earlier = await ports.store.caseCount(district, submission.achievementVersion);
  const policy = await policyAt(ports.calibration, district);
  const carried = await standingFor(ports, submission, round, basis);
  const doubleRated = reasonsAtOpening(seed, earlier, policy.review);
  const opened: Omit<ReviewCase, 'version' | 'pendingEntries' | 'auditDue'> = {
    id,
    district,
    submission: submission.id,
    teacher: submission.teacher,
    achievementVersion: submission.achievementVersion,
    attempt: submission.attempt,
    round,
    ...basis,
    state: 'waiting',
    waitsFor: 'reviewer',
    doubleRated,
    ...carried,
    policy: policy.number,
    seed,
    openedAt: now,
    predictedDays: await predictedDays(ports, {
      id,
      ...{ district, submission: submission.id, achievementVersion: submission.achievementVersion },
      ...{ teacher: submission.teacher, openedAt: now },
    }),
    stateSince: now,
    effectDue: now,
  };
  const facts = {
    ...{ achievementVersion: opened.achievementVersion, policy: opened.policy },
    ...{ seed, doubleRated, origin: basis.origin, supersedes: basis.supersedes },
    ...reasonFacts(basis.why),
  };
  try {
    return await ports.store.cases.insert(
      withAudit(opened, { actor, verb: 'opened', collection: 'review_cases', facts }, now),
    );
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    return found(await ports.store.cases.get(district, id), 'review case');
  }
}

/**
 * What stands of an earlier attempt while a round is held. A later round keeps what stood in the first and still does; all
 * is rated where a lead asked for it.
 */
async function standingFor(
  ports: ReviewPorts,
  submission: Submission,
  round: number,
  { why }: RoundBasis,
): Promise<Pick<ReviewCase, 'carried'>> {
  const { district, id, attempt } = submission;
  if (why?.kind === 'lead') return {};
  const first = round === 0 ? undefined : await ports.store.cases.get(district, caseId(id, attempt, 0));
  const carried =
    round === 0
      ? await carriedInto(ports, submission)
      : await stillSound(ports, district, first?.carried ?? {});
  return Object.keys(carried).length > 0 ? { carried } : {};
}

/** Why a case is rated by two from the start: one of the version's first, or drawn so by its seed. */
export function reasonsAtOpening(
  seed: string,
  earlierCases: number,
  policy: ReviewPolicy,
): DoubleRatingReason[] {
  const reasons: DoubleRatingReason[] = [];
  if (earlierCases < policy.firstOfVersion) reasons.push('first-of-version');
  if (seededChance(seed)(100) < policy.randomShare) reasons.push('random');
  return reasons;
}

/** What the record says of why a round is held: ids, no words. */
function reasonFacts(why: RoundReason | null) {
  if (why === null) return {};
  switch (why.kind) {
    case 'appeal':
      return { why: 'appeal', appeal: why.appeal };
    case 'suspension':
      return { why: 'suspension', certification: why.certification };
    case 'lead':
      return { why: 'lead' };
    default:
      return unreachable(why);
  }
}
