import { withAudit } from '../audit/index.js';
import { policyAt, reviewedVersion, type ReviewPolicy } from '../calibration/index.js';
import {
  AppError,
  found,
  newId,
  plusSeconds,
  unreachable,
  update,
  type Actor,
  type Instant,
} from '../kernel/index.js';
import { recordOutcome, type Submission } from '../submissions/index.js';
import { assignSomebody } from './assign-somebody.js';
import type { Decision } from './rating.js';
import { observeRatings } from './observe-ratings.js';
import { releaseAssignment } from './release-assignment.js';
import { nextStep, type NextStep, type ReviewCase } from './review-case.js';
import { restoreDecided } from './restore-decided.js';
import type { ReviewPorts } from './store.js';

/**
 * Brings a case as far as it can go now: draws who is missing, waits, or decides. What to do follows from the record
 * alone (`nextStep`), so that it runs again from any point, and two at once do no harm: an assignment is unique by its
 * number in the case, a decision by (submission, attempt, round).
 */
export async function settleCase(ports: ReviewPorts, reviewCase: ReviewCase): Promise<ReviewCase> {
  if (reviewCase.state === 'decided' || reviewCase.state === 'closed') return become(ports, reviewCase, {});
  const { rubric } = await reviewedVersion(ports, reviewCase.district, reviewCase.achievementVersion);
  for (let steps = 0; ; steps += 1) {
    // Each step is on record before the next; more than a case can have means that records contradict each other.
    if (steps > maxSteps) throw new Error(`review case ${reviewCase.id} does not come to rest`);
    const submission = found(
      await ports.submissions.store.submission(reviewCase.district, reviewCase.submission),
      'submission',
    );
    if (submission.state === 'withdrawn' || submission.state === 'void') return closeCase(ports, reviewCase);
    const [assignments, ratings] = await Promise.all([
      ports.store.assignmentsOfCase(reviewCase.district, reviewCase.id),
      ports.store.ratingsOfCase(reviewCase.district, reviewCase.id),
    ]);
    const next = nextStep(rubric, reviewCase, assignments, ratings);
    if (next.step !== 'decide' && !(await reopened(ports, reviewCase, submission)))
      return become(ports, reviewCase, { state: 'closed', waitsFor: null });
    switch (next.step) {
      case 'draw':
        if (next.kind === 'adjudication' && !(await toAdjudication(ports, reviewCase, submission))) continue;
        if ((await assignSomebody(ports, reviewCase, next.kind, assignments)) === 'nobody') {
          return become(ports, reviewCase, {
            state: 'waiting',
            waitsFor: next.kind === 'rating' ? 'reviewer' : 'adjudicator',
          });
        }
        continue;
      case 'wait':
        return become(ports, reviewCase, { state: next.state, waitsFor: null });
      case 'decide':
        if (!(await decideCase(ports, reviewCase, next))) continue;
        // After the decision, from the record alone: a crash between runs it again, for the case is not decided yet.
        await observeRatings(ports, rubric, ratings, reviewCase.carried);
        return become(ports, reviewCase, { state: 'decided', waitsFor: null });
      default:
        return unreachable(next);
    }
  }
}

/** Two draws, an adjudicator, a decision, and for each some races lost to other settlers. */
const maxSteps = 50;

/** Closes a case without a decision: its open assignments are released. */
export async function closeCase(ports: ReviewPorts, reviewCase: ReviewCase): Promise<ReviewCase> {
  const { district } = reviewCase;
  const actor: Actor = { kind: 'service', district };
  for (const { id } of await ports.store.assignmentsOfCase(district, reviewCase.id)) {
    await releaseAssignment(ports, actor, id, 'closed');
  }
  return become(ports, reviewCase, { state: 'closed', waitsFor: null });
}

/**
 * Whether the submission is in the round: a later one takes it out of its decision, before anybody is drawn. False when
 * the teacher has gone on with another attempt, or the round was closed meanwhile: then the decision stands.
 */
async function reopened(ports: ReviewPorts, { district, id, round }: ReviewCase, submission: Submission) {
  if (round === 0 || submission.state === 'reopened') return true;
  if (!(await moved(recordOutcome(ports.submissions, district, submission.id, 'reopened')))) return false;
  const kept = found(await ports.store.cases.get(district, id), 'review case');
  if (kept.state !== 'closed') return true;
  await restoreDecided(ports, submission);
  return false;
}

/** Moves the submission to adjudication; false when it was withdrawn or became void in the meantime. */
async function toAdjudication(
  ports: ReviewPorts,
  { round }: ReviewCase,
  submission: Submission,
): Promise<boolean> {
  // A later round stays one to those who look at the submission, whatever it needs: its decision can still stand.
  if (round > 0) return true;
  return moved(recordOutcome(ports.submissions, submission.district, submission.id, 'adjudicating'));
}

/**
 * Decides: 1 the submission moves, which is where a decision and a withdrawal exclude each other; 2 the decision, due
 * for award or feedback. False when the submission was withdrawn or became void first.
 */
async function decideCase(
  ports: ReviewPorts,
  reviewCase: ReviewCase,
  next: Extract<NextStep, { readonly step: 'decide' }>,
): Promise<boolean> {
  const { district, submission, attempt, round, teacher, achievementVersion, origin, supersedes } =
    reviewCase;
  const carried = reviewCase.carried === undefined ? {} : { carried: reviewCase.carried };
  const { outcome, levels, ratings, adjudicated, reviews } = next;
  // 1
  if (!(await moved(recordOutcome(ports.submissions, district, submission, outcome)))) return false;
  // 2
  const now = ports.clock.now();
  const decision: Omit<Decision, 'version' | 'pendingEntries' | 'auditDue'> = {
    id: newId(ports.randomness, 'dec'),
    district,
    submission,
    teacher,
    achievementVersion,
    attempt,
    round,
    origin,
    supersedes,
    outcome,
    levels,
    ...carried,
    ratings,
    adjudicated,
    reviews,
    decidedAt: now,
    effectDue: now,
  };
  const actor: Actor = { kind: 'service', district };
  const facts = {
    submission,
    attempt,
    round,
    origin,
    supersedes,
    achievementVersion,
    outcome,
    levels,
    ratings,
    adjudicated,
    reviews,
  };
  try {
    await ports.store.decisions.insert(
      withAudit(decision, { actor, verb: 'decided', collection: 'decisions', facts }, now),
    );
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    // Somebody else decided at the same time, from the same record.
  }
  return true;
}

/** Whether the submission moved: it does not once it was withdrawn or became void. */
async function moved(move: Promise<Submission>): Promise<boolean> {
  try {
    await move;
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return false;
    throw error;
  }
}

/** Writes where the case stands, and when it is to be tried again: a waiting one soon, others not by themselves. */
async function become(
  ports: ReviewPorts,
  { district, id }: ReviewCase,
  change: Partial<Pick<ReviewCase, 'state' | 'waitsFor'>>,
): Promise<ReviewCase> {
  const now = ports.clock.now();
  const { review } = await policyAt(ports.calibration, district);
  return update(
    ports.store.cases,
    district,
    id,
    (kept) => {
      // An end is an end: a slower settler does not take it back.
      const ended = kept.state === 'decided' || kept.state === 'closed';
      const next = ended ? kept : { ...kept, ...change };
      const effectDue = dueAfter(next, now, review);
      const same =
        next.state === kept.state && next.waitsFor === kept.waitsFor && effectDue === kept.effectDue;
      if (same) return undefined;
      if (next.state === kept.state) return { ...next, effectDue };
      const entry = {
        actor: { kind: 'service', district } as const,
        verb: next.state,
        collection: 'review_cases',
        facts: {},
      };
      return withAudit({ ...next, stateSince: now, effectDue }, entry, now);
    },
    'review case',
  );
}

function dueAfter(reviewCase: ReviewCase, now: Instant, policy: ReviewPolicy): Instant | null {
  return reviewCase.state === 'waiting' ? plusSeconds(now, policy.retrySeconds) : null;
}
