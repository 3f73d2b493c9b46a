import { withAudit } from '../audit/index.js';
import { throwFaults } from '../calibration/index.js';
import {
  AppError,
  found,
  newId,
  randomToken,
  unreachable,
  type Actor,
  type MemberId,
} from '../kernel/index.js';
import { entitledToSign } from './entitled-to-sign.js';
import { evidenceOf, ownAssignment, refuseEnded, versionAsked } from './get-assignment.js';
import { ratingFaults } from './rating-faults.js';
import {
  levelsOf,
  type Assignment,
  type CommittedRating,
  type CriterionRatings,
  type SeedRating,
} from './rating.js';
import { closeAssignment } from './settle-rating.js';
import type { ReviewPorts } from './store.js';

/**
 * Commits a rating: the sign-off. Every criterion that is asked about has a level of this version, feedback, and a pointer
 * into the evidence of this submission; the reviewer is certified for the version, has declarations in force and is free of
 * conflict at this moment. It never changes.
 * Sent again with the same content it answers with the rating as kept.
 * 1 the rating, due for what follows from it; 2 its assignment is committed and the draft goes. `settleRating` does the
 * rest, and 2 again where it was cut short.
 * @throws not-found for another's, given back or expired; rule-violated naming each criterion; conflict when another
 * rating was committed, or the reviewer may not sign (the work then goes to somebody else, and what was sent is kept as
 * the draft) or has first to declare.
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
  const certification = await entitledToSign(ports, actor, assignment, input.criteria);
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
