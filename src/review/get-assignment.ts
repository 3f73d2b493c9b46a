import { reviewedVersion, type ReviewedVersion } from '../calibration/index.js';
import {
  AppError,
  found,
  unreachable,
  update,
  type Actor,
  type MemberId,
  type Page,
  type PageRequest,
} from '../kernel/index.js';
import { blindView, type BlindView } from '../submissions/index.js';
import { rubricAsked } from './carried.js';
import { isClearedForPool } from './pools/cleared-for-pool.js';
import type { Assignment, CommittedRating, RatingDraft, SubmissionAssignment } from './rating.js';
import { seedEvidence } from './seed-evidence.js';
import type { ReviewPorts } from './store.js';

/** What a reviewer works with: the rubric, of the criteria that are asked about, the evidence without a name, and what the reviewer has written. */
export interface AssignedWork {
  readonly assignment: Assignment;
  readonly version: ReviewedVersion;
  readonly evidence: Evidence;
  /** Own draft; null before the first save and after the commit. */
  readonly draft: RatingDraft | null;
  /** Own committed rating; null before. */
  readonly rating: CommittedRating | null;
}

/** What is to be rated: the answers to the requirements, blind. */
export type Evidence = Pick<BlindView, 'items'>;

/**
 * The work of an own assignment. Nothing in it depends on anybody else's: it is the same whether or not another reviewer
 * exists, has committed, or agrees.
 * @throws not-found for another's, and for one that was given back or expired: its evidence is no longer open.
 */
export async function getAssignment(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<AssignedWork> {
  const { district } = actor;
  const assignment = await opened(ports, refuseEnded(await ownAssignment(ports, actor, id)));
  const version = await versionAsked(ports, assignment);
  const rating = await ports.store.committedFor(district, assignment.id);
  const draft = rating === undefined ? await ports.store.draft(district, assignment.id) : undefined;
  const evidence = await evidenceOf(ports, assignment, version);
  return { assignment, version, evidence, draft: draft ?? null, rating: rating ?? null };
}

/** The version as an assignment asks by it: its rubric has the criteria that are rated, and no others. */
export async function versionAsked(
  ports: Pick<ReviewPorts, 'achievements'>,
  { district, achievementVersion, criteria }: Assignment,
): Promise<ReviewedVersion> {
  const version = await reviewedVersion(ports, district, achievementVersion);
  return { ...version, rubric: rubricAsked(version.rubric, criteria) };
}

/** An own assignment, in whatever state. @throws not-found for another's: it looks absent. */
export async function ownAssignment(
  ports: Pick<ReviewPorts, 'store'>,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<Assignment> {
  const assignment = await ports.store.assignment(actor.district, id);
  return found(assignment?.reviewer === actor.member ? assignment : undefined, 'assignment');
}

/** The assignment when its work is still open to the reviewer. @throws not-found saying why it is not. */
export function refuseEnded(assignment: Assignment): Assignment {
  switch (assignment.state) {
    case 'open':
    case 'committed':
      return assignment;
    case 'released':
      throw new AppError('not-found', 'This assignment was given back; its work is no longer open to you.');
    case 'expired':
      throw new AppError(
        'not-found',
        `This assignment expired on ${assignment.dueAt}; its work is no longer open to you.`,
      );
  }
}

/** The caller's assignments, the newest first; ended ones too, unless only one state is asked for. */
export function listMyAssignments(
  ports: Pick<ReviewPorts, 'store'>,
  actor: Actor & { readonly member: MemberId },
  request: PageRequest,
  state?: Assignment['state'],
): Promise<Page<Assignment>> {
  return ports.store.pageOfAssignments(actor.district, actor.member, request, state);
}

/** The assignment with when it was first opened: how long ratings take is measured from then. */
function opened(ports: Pick<ReviewPorts, 'store' | 'clock'>, assignment: Assignment): Promise<Assignment> {
  if (assignment.openedAt !== null || assignment.state !== 'open') return Promise.resolve(assignment);
  return update(
    ports.store.assignments,
    assignment.district,
    assignment.id,
    (kept) => (kept.openedAt === null ? { ...kept, openedAt: ports.clock.now() } : undefined),
    'assignment',
  );
}

/** Through a seat only what is cleared at this moment is read. @throws not-found saying so. */
async function refuseUncleared(
  ports: ReviewPorts,
  { district, reviewer, submission }: SubmissionAssignment,
): Promise<void> {
  const member = await ports.tenancy.store.member(district, reviewer);
  if (member?.seat === undefined || (await isClearedForPool(ports, district, submission))) return;
  throw new AppError('not-found', 'This work is no longer open to reviewers of other districts.');
}

/** The evidence of an assignment as its reviewer sees it: a seed's looks as a submission's does, and takes as many reads. */
export async function evidenceOf(
  ports: ReviewPorts,
  assignment: Assignment,
  { version, requirements }: ReviewedVersion,
): Promise<Evidence> {
  const { district } = assignment;
  switch (assignment.work) {
    case 'submission': {
      const { submission: id } = assignment;
      await refuseUncleared(ports, assignment);
      const submission = found(await ports.submissions.store.submission(district, id), 'submission');
      const files = Object.values(submission.answers).flatMap((answer) =>
        answer.kind === 'file' ? answer.artefacts : [],
      );
      return blindView(submission, version, await ports.evidence.store.artefactsById(district, files));
    }
    case 'seed': {
      const exemplar = found(
        await ports.calibration.store.exemplar(district, assignment.exemplar),
        'submission',
      );
      // They are no artefacts; asked for all the same, so that the answer takes as long.
      await ports.evidence.store.artefactsById(district, Object.values(assignment.files));
      return { items: seedEvidence(exemplar, requirements, assignment.files) };
    }
    default:
      return unreachable(assignment);
  }
}
