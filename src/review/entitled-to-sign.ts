import {
  certificationFor,
  declarationStandingOf,
  policyAt,
  type Certification,
  type DeclarationKind,
} from '../calibration/index.js';
import { AppError, found, unreachable, type Actor, type MemberId } from '../kernel/index.js';
import { conflictOfInterest, type ConflictOfInterest } from './conflict-of-interest.js';
import { declaredAgainst } from './declared-conflicts.js';
import type { Assignment, CriterionRatings } from './rating.js';
import { releaseAssignment } from './release-assignment.js';
import { caseOf } from './settle-rating.js';
import type { ReviewPorts } from './store.js';

type Self = Actor & { readonly member: MemberId };

/**
 * The certification under which the reviewer signs now. Who is in conflict or not certified gives the work back, so that
 * it is not left lying; who has only to declare keeps it. What was sent is kept as the draft either way. The sentence is
 * the same for every conflict, whoever recorded it: it tells who declared several ties not which of them it is.
 * @throws conflict when there is no certification, a conflict of interest was recorded since the offer, or a declaration
 * is missing or over.
 */
export async function entitledToSign(
  ports: ReviewPorts,
  actor: Self,
  assignment: Assignment,
  criteria: CriterionRatings,
): Promise<Certification> {
  const { district, achievementVersion } = assignment;
  if ((await conflictNow(ports, actor, assignment)) !== undefined) {
    await keepAsDraft(ports, actor, assignment, criteria);
    await releaseAssignment(ports, { kind: 'service', district }, assignment.id, 'conflict');
    throw new AppError(
      'conflict',
      'A conflict of interest with the author of this work is on record, so you cannot sign it off; it was given back. What you wrote is kept for you for a time.',
    );
  }
  const now = ports.clock.now();
  const certification = await certificationFor(
    ports.calibration,
    district,
    actor.member,
    achievementVersion,
    now,
  );
  if (certification === undefined) {
    await keepAsDraft(ports, actor, assignment, criteria);
    await releaseAssignment(ports, { kind: 'service', district }, assignment.id, 'not-certified');
    throw new AppError(
      'conflict',
      'You are not certified for this version at this moment, so you cannot sign this work off; it was given back. What you wrote is kept for you for a time.',
    );
  }
  const { missing } = await declarationStandingOf(ports.calibration, district, actor.member);
  if (missing.length > 0) {
    await keepAsDraft(ports, actor, assignment, criteria);
    throw new AppError(
      'conflict',
      `Before you sign work off, ${missing.map((kind) => toDeclare[kind]).join(' and ')} (/declarations). The work stays yours, and what you wrote is kept as your draft.`,
    );
  }
  return certification;
}

const toDeclare: { readonly [kind in DeclarationKind]: string } = {
  'code-of-conduct': 'sign the code of conduct',
  conflicts: 'declare your conflicts of interest, or that you have none',
};

/** Keeps what was sent, so that nothing is lost by a refusal. What another window saves in this moment is kept instead. */
async function keepAsDraft(
  ports: Pick<ReviewPorts, 'store' | 'clock'>,
  actor: Self,
  { id, district }: Assignment,
  criteria: CriterionRatings,
): Promise<void> {
  const before = await ports.store.draft(district, id);
  const draft = { id, district, reviewer: actor.member, criteria, savedAt: ports.clock.now() };
  try {
    if (before === undefined) await ports.store.drafts.insert(draft);
    else await ports.store.drafts.replace({ ...draft, version: before.version });
  } catch (error) {
    if (!(error instanceof AppError && (error.code === 'already-exists' || error.code === 'conflict')))
      throw error;
  }
}

/** The conflict of interest between the reviewer and the author of the work, as on record now. */
async function conflictNow(
  ports: ReviewPorts,
  actor: Self,
  assignment: Assignment,
): Promise<ConflictOfInterest | undefined> {
  const { district } = assignment;
  switch (assignment.work) {
    case 'submission': {
      const self = found(await ports.tenancy.store.member(district, actor.member), 'member');
      const { teacher } = await caseOf(ports, assignment);
      const other = found(await ports.tenancy.store.member(district, teacher), 'member');
      const relationships = await ports.tenancy.store.relationshipsOf(district, teacher);
      const { conflictYears } = (await policyAt(ports.calibration, district)).review;
      const now = ports.clock.now();
      return (
        conflictOfInterest(self, other, relationships, now, conflictYears) ??
        (await declaredAgainst(ports, other, conflictYears)).of(
          self,
          await declarationStandingOf(ports.calibration, district, self.id),
        )
      );
    }
    case 'seed':
      // De-identified, by consent: there is no author to be in conflict with.
      return undefined;
    default:
      return unreachable(assignment);
  }
}
