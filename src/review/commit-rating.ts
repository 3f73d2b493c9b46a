import { withAudit } from '../audit/index.js';
import { certificationFor, policyAt, throwFaults, type Certification } from '../calibration/index.js';
import {
  AppError,
  found,
  newId,
  randomToken,
  unreachable,
  type Actor,
  type MemberId,
} from '../kernel/index.js';
import { conflictOfInterest, type ConflictOfInterest } from './conflict-of-interest.js';
import { evidenceOf, ownAssignment, refuseEnded, versionAsked } from './get-assignment.js';
import { ratingFaults } from './rating-faults.js';
import {
  levelsOf,
  type Assignment,
  type CommittedRating,
  type CriterionRatings,
  type SeedRating,
} from './rating.js';
import { releaseAssignment } from './release-assignment.js';
import { caseOf, closeAssignment } from './settle-rating.js';
import type { ReviewPorts } from './store.js';

/**
 * Commits a rating: the sign-off. Every criterion that is asked about has a level of this version, feedback, and a pointer into the evidence
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
): Promise<CommittedRating> {
  const { district } = actor;
  const assignment = await ownAssignment(ports, actor, input.assignment);
  const kept = await ports.store.committedFor(district, assignment.id);
  if (kept !== undefined) return sameAs(kept, input.criteria);
  refuseEnded(assignment);
  const now = ports.clock.now();
  if (now >= assignment.dueAt) refuseEnded({ ...assignment, state: 'expired' });
  await refuseUndecidable(ports, assignment);
  const version = await versionAsked(ports, assignment);
  throwFaults(ratingFaults(version.rubric, await evidenceOf(ports, assignment, version), input.criteria));
  const certification = await refuseUnlessEntitled(ports, actor, assignment);
  // 1
  const committed = await insertOnce(ports, actor, assignment, {
    id: newId(ports.randomness, 'rat'),
    ...{ district, assignment: assignment.id, achievementVersion: assignment.achievementVersion },
    ...{ reviewer: actor.member, certification: certification.id, criteria: input.criteria },
    ...{ salt: randomToken(ports.randomness, 16), committedAt: now, effectDue: now },
  });
  // 2
  await closeAssignment(ports, committed);
  return committed;
}

/** What a rating has, whatever was rated. */
type Signed = Omit<SeedRating, 'kind' | 'exemplar' | 'version' | 'pendingEntries' | 'auditDue'>;

/** Keeps the rating where its work says: among those that decide, or among those of seeds. */
async function insertOnce(
  ports: ReviewPorts,
  actor: Actor,
  assignment: Assignment,
  signed: Signed,
): Promise<CommittedRating> {
  const { ratings, seedRatings } = ports.store;
  const now = signed.committedAt;
  const said = {
    assignment: assignment.id,
    certification: signed.certification,
    levels: levelsOf(signed.criteria),
  };
  try {
    switch (assignment.work) {
      case 'submission': {
        const { case: reviewCase, submission, attempt, round, kind } = assignment;
        const rating = { ...signed, case: reviewCase, ...{ submission, attempt, round, kind } };
        const facts = { ...said, submission, kind };
        return await ratings.insert(
          withAudit(rating, { actor, verb: 'committed', collection: 'ratings', facts }, now),
        );
      }
      case 'seed': {
        const { exemplar, kind } = assignment;
        const facts = { ...said, exemplar, kind };
        return await seedRatings.insert(
          withAudit(
            { ...signed, exemplar, kind },
            { actor, verb: 'committed', collection: 'seed_ratings', facts },
            now,
          ),
        );
      }
      default:
        return unreachable(assignment);
    }
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    const kept = found(await ports.store.committedFor(signed.district, assignment.id), 'rating');
    return sameAs(kept, signed.criteria);
  }
}

/** The kept rating when it says the same. @throws conflict when it does not. */
function sameAs(kept: CommittedRating, criteria: CriterionRatings): CommittedRating {
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
async function refuseUndecidable(ports: ReviewPorts, assignment: Assignment): Promise<void> {
  switch (assignment.work) {
    case 'submission': {
      const { district, submission } = assignment;
      const work = found(await ports.submissions.store.submission(district, submission), 'submission');
      if (work.state !== 'withdrawn' && work.state !== 'void') return;
      throw new AppError('conflict', 'This work was withdrawn; there is nothing left to rate.');
    }
    case 'seed':
      return;
    default:
      unreachable(assignment);
  }
}

/** The conflict of interest between the reviewer and the author of the work, as on record now. */
async function conflictNow(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  assignment: Assignment,
): Promise<ConflictOfInterest | undefined> {
  const { district } = assignment;
  const self = found(await ports.tenancy.store.member(district, actor.member), 'member');
  switch (assignment.work) {
    case 'submission': {
      const { teacher } = await caseOf(ports, assignment);
      const other = found(await ports.tenancy.store.member(district, teacher), 'member');
      const relationships = await ports.tenancy.store.relationshipsOf(district, teacher);
      const { review } = await policyAt(ports.calibration, district);
      return conflictOfInterest(self, other, relationships, ports.clock.now(), review.conflictYears);
    }
    case 'seed':
      // De-identified, by consent: there is no author to be in conflict with.
      return undefined;
    default:
      return unreachable(assignment);
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
  if ((await conflictNow(ports, actor, assignment)) !== undefined) {
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
