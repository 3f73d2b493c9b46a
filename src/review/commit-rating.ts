import { withAudit } from '../audit/index.js';
import { certificationFor, reviewedVersion, throwFaults, type Certification } from '../calibration/index.js';
import { AppError, found, newId, type Actor, type MemberId } from '../kernel/index.js';
import { conflictOfInterest } from './conflict-of-interest.js';
import { evidenceOf, ownAssignment, refuseEnded } from './get-assignment.js';
import { ratingFaults } from './rating-faults.js';
import { levelsOf, type Assignment, type CriterionRatings, type Rating } from './rating.js';
import { releaseAssignment } from './release-assignment.js';
import { defaultReviewPolicy } from './review-policy.js';
import { caseOf, closeAssignment } from './settle-rating.js';
import type { ReviewPorts } from './store.js';

/**
 * Commits a rating: the sign-off. Every criterion has a level of this version, feedback, and a pointer into the evidence
 * of this submission; the reviewer is certified for the version and free of conflict at this moment. It never changes.
 * Sent again with the same content it answers with the rating as kept.
 * 1 the rating, due for what follows from it; 2 its assignment is committed and the draft goes. `settleRating` does the
 * rest, and 2 again where it was cut short.
 * @throws not-found for another's, given back or expired; rule-violated naming each criterion; conflict when another
 * rating was committed, or the reviewer may not sign (the work then goes to somebody else).
 */
export async function commitRating(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly assignment: string; readonly criteria: CriterionRatings },
): Promise<Rating> {
  const { district } = actor;
  const assignment = await ownAssignment(ports, actor, input.assignment);
  const kept = await ports.store.ratingOfAssignment(district, assignment.id);
  if (kept !== undefined) return sameAs(kept, input.criteria);
  refuseEnded(assignment);
  const now = ports.clock.now();
  if (now >= assignment.dueAt) refuseEnded({ ...assignment, state: 'expired' });
  await refuseUndecidable(ports, assignment);
  const version = await reviewedVersion(ports, district, assignment.achievementVersion);
  throwFaults(ratingFaults(version.rubric, await evidenceOf(ports, assignment, version), input.criteria));
  const certification = await refuseUnlessEntitled(ports, actor, assignment);
  // 1
  const { id, case: reviewCase, submission, achievementVersion, attempt, round, kind } = assignment;
  const rating: Omit<Rating, 'version' | 'pendingEntries' | 'auditDue'> = {
    id: newId(ports.randomness, 'rat'),
    district,
    assignment: id,
    case: reviewCase,
    submission,
    achievementVersion,
    attempt,
    round,
    kind,
    reviewer: actor.member,
    certification: certification.id,
    criteria: input.criteria,
    committedAt: now,
    effectDue: now,
  };
  const facts = {
    assignment: id,
    submission,
    kind,
    certification: certification.id,
    levels: levelsOf(input.criteria),
  };
  const committed = await insertOnce(
    ports,
    withAudit(rating, { actor, verb: 'committed', collection: 'ratings', facts }, now),
  );
  // 2
  await closeAssignment(ports, committed);
  return committed;
}

async function insertOnce(ports: ReviewPorts, rating: Omit<Rating, 'version'>): Promise<Rating> {
  try {
    return await ports.store.ratings.insert(rating);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    const kept = found(await ports.store.ratingOfAssignment(rating.district, rating.assignment), 'rating');
    return sameAs(kept, rating.criteria);
  }
}

/** The kept rating when it says the same. @throws conflict when it does not. */
function sameAs(kept: Rating, criteria: CriterionRatings): Rating {
  if (sorted(kept.criteria) === sorted(criteria)) return kept;
  throw new AppError(
    'conflict',
    'You have committed another rating for this assignment, and committed ratings never change.',
  );
}

/** JSON with the members of objects in order, so that equal values have equal texts. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** @throws conflict when the submission was withdrawn or became void under the reviewer's hands. */
async function refuseUndecidable(ports: ReviewPorts, { district, submission }: Assignment): Promise<void> {
  const work = found(await ports.submissions.store.submission(district, submission), 'submission');
  if (work.state === 'withdrawn' || work.state === 'void') {
    throw new AppError('conflict', 'This work was withdrawn; there is nothing left to rate.');
  }
}

/**
 * The certification under which the reviewer signs now. Who may not sign gives the work back, so that it is not left
 * lying.
 * @throws conflict when there is none, or a conflict of interest was recorded since the offer.
 */
async function refuseUnlessEntitled(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  assignment: Assignment,
): Promise<Certification> {
  const { district, achievementVersion } = assignment;
  const now = ports.clock.now();
  const { teacher } = await caseOf(ports, assignment);
  const [self, other] = await Promise.all([
    ports.tenancy.store.member(district, actor.member),
    ports.tenancy.store.member(district, teacher),
  ]);
  const relationships = await ports.tenancy.store.relationshipsOf(district, teacher);
  const conflict = conflictOfInterest(
    found(self, 'member'),
    found(other, 'member'),
    relationships,
    now,
    defaultReviewPolicy.conflictYears,
  );
  if (conflict !== undefined) {
    await releaseAssignment(ports, { kind: 'service', district }, assignment.id, 'conflict');
    throw new AppError(
      'conflict',
      'A conflict of interest with the author of this work is on record, so you cannot sign it off; it was given back.',
    );
  }
  const certification = await certificationFor(
    ports.calibration,
    district,
    actor.member,
    achievementVersion,
    now,
  );
  if (certification === undefined) {
    await releaseAssignment(ports, { kind: 'service', district }, assignment.id, 'not-certified');
    throw new AppError(
      'conflict',
      'You are not certified for this version at this moment, so you cannot sign this work off; it was given back.',
    );
  }
  return certification;
}
