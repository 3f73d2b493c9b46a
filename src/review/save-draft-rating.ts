import { throwFaults } from '../calibration/index.js';
import { AppError, type Actor, type MemberId } from '../kernel/index.js';
import { getAssignment, type AssignedWork } from './get-assignment.js';
import { draftFaults } from './rating-faults.js';
import type { RatingDraft } from './rating.js';
import type { ReviewPorts } from './store.js';

/**
 * Keeps what a reviewer has written so far, whole or in part, in place of the draft that `work` holds.
 * @throws conflict when the rating is committed, or another window saved in the meantime; rule-violated for a criterion
 * or level that the version does not have.
 */
export async function saveDraftRating(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly work: AssignedWork; readonly criteria: RatingDraft['criteria'] },
): Promise<AssignedWork> {
  const { assignment, version, draft, rating } = input.work;
  if (assignment.state !== 'open' || rating !== null) {
    throw new AppError('conflict', 'This rating is committed, and committed ratings never change.');
  }
  throwFaults(draftFaults(version.rubric, input.criteria));
  const saved = {
    id: assignment.id,
    district: assignment.district,
    reviewer: actor.member,
    criteria: input.criteria,
    savedAt: ports.clock.now(),
  };
  try {
    if (draft === null) await ports.store.drafts.insert(saved);
    else await ports.store.drafts.replace({ ...saved, version: draft.version });
  } catch (error) {
    if (!(error instanceof AppError && (error.code === 'already-exists' || error.code === 'conflict')))
      throw error;
    throw new AppError(
      'conflict',
      'This draft was saved elsewhere in the meantime; read the assignment again and repeat.',
      {
        cause: error,
      },
    );
  }
  return getAssignment(ports, actor, assignment.id);
}
