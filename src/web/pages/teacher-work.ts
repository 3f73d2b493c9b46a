import { getVersion, type AchievementVersion, type EvidenceRequirement } from '../../achievements/index.js';
import { policyAt } from '../../calibration/index.js';
import { isInForce, type Artefact, type Consent } from '../../evidence/index.js';
import { awardOfDecision, type Award } from '../../issuing/index.js';
import { allOf, AppError, type FieldError, type Instant } from '../../kernel/index.js';
import {
  getCarryOver,
  getExpectedDecision,
  poolStanding,
  getSubmissionDecision,
  type Appeal,
  type CarryOver,
  type ExpectedDecision,
  type PoolStanding,
  type ReadDecision,
} from '../../review/index.js';
import {
  completenessFindings,
  getSubmission,
  requirementsOf,
  type Submission,
} from '../../submissions/index.js';
import type { Principal } from '../route.js';
import type { Rooms } from '../rooms.js';

/** The rooms that a teacher's pages read from. */
export type TeacherRooms = Pick<
  Rooms,
  'achievements' | 'evidence' | 'submissions' | 'review' | 'issuing' | 'pathways' | 'service'
>;

/** Everything that the page of one submission is made from. */
export interface Work {
  readonly submission: Submission;
  readonly version: AchievementVersion;
  readonly requirements: readonly EvidenceRequirement[];
  /** Every artefact of the teacher's, the newest first, erased ones too. */
  readonly artefacts: readonly Artefact[];
  /** Every consent of the teacher's for review that names a file of this submission, or was recorded for it. */
  readonly consents: readonly Consent[];
  /** What is wanting now, as the completeness check would find it; empty unless it can still be submitted. */
  readonly wanting: readonly FieldError[];
  /** The decision on this submission, once there is one. */
  readonly decision: ReadDecision | undefined;
  /** When a decision is to be expected, while it is in review. */
  readonly expected: ExpectedDecision;
  /** What of it stands from the attempt before, while it is not decided; undefined of a first attempt. */
  readonly carryOver: CarryOver | undefined;
  /** The decision on the attempt before this one. */
  readonly before: ReadDecision | undefined;
  readonly award: Award | undefined;
  /** Appeals on this submission, the first first. */
  readonly appeals: readonly Appeal[];
  /** Another submission for the same achievement that is open or met. */
  readonly other: Submission | undefined;
  /** Whether reviewers of other districts can rate it, and if not, why it stays in the district. */
  readonly pool: PoolStanding;
  readonly now: Instant;
  /** Days that a reviewer has, by the district's policy. */
  readonly assignmentDays: number;
}

/** Whether the teacher can still change and submit it. */
export function isEditable({ state }: Pick<Submission, 'state'>): boolean {
  return state === 'draft' || state === 'incomplete';
}

/** Reads a submission of the caller's own with all that its page shows. @throws not-found: another's is absent too. */
export async function readWork(rooms: TeacherRooms, who: Principal, id: string): Promise<Work> {
  const { actor } = who;
  const submission = await getSubmission(rooms.submissions, actor, id);
  const version = await getVersion(
    rooms.achievements,
    actor,
    submission.achievement,
    submission.achievementVersion,
    { drafts: false },
  );
  const artefacts = await allOf((request) =>
    rooms.evidence.store.artefactsOf(actor.district, actor.member, request),
  );
  const consents = await rooms.evidence.store.consentsOf(actor.district, actor.member);
  const now = rooms.service.now();
  const decision = submission.decidedAt === null ? undefined : await decisionOn(rooms, who, submission.id);
  const { previous } = submission;
  return {
    submission,
    version,
    requirements: requirementsOf(version),
    artefacts,
    consents: consents.filter((consent) => concerns(consent, submission)),
    wanting: isEditable(submission)
      ? completenessFindings({
          submission,
          version,
          artefacts,
          consents,
          earlier: await decidedBefore(rooms, submission),
          now,
        })
      : [],
    decision,
    appeals: await rooms.review.store.appealsOn(actor.district, submission.id),
    expected: await getExpectedDecision(rooms.review, actor, submission.id),
    carryOver:
      previous === null || decision !== undefined
        ? undefined
        : await getCarryOver(rooms.review, actor, submission.id),
    before: previous === null ? undefined : await decisionOn(rooms, who, previous),
    award: decision === undefined ? undefined : await awardOfDecision(rooms.issuing, decision.decision),
    other: await otherOpen(rooms, submission),
    pool: await poolStanding(rooms.review, submission),
    now,
    assignmentDays: (await policyAt(rooms.review.calibration, actor.district)).review.assignmentDays,
  };
}

/** The files of a requirement's answer, in its order; erased ones too. */
export function filesIn(work: Work, requirement: string): readonly Artefact[] {
  const answer = work.submission.answers[requirement];
  if (answer?.kind !== 'file') return [];
  return answer.artefacts.flatMap((id) => work.artefacts.find((artefact) => artefact.id === id) ?? []);
}

/** The text of a requirement's answer; '' where there is none. */
export function textIn(submission: Submission, requirement: string): string {
  const answer = submission.answers[requirement];
  return answer?.kind === 'text' ? answer.text : '';
}

/** The consent for review that covers a file now; else undefined. */
export function consentFor(work: Work, artefact: string): Consent | undefined {
  return work.consents.find(
    (consent) =>
      consent.use === 'review' &&
      (consent.artefacts as readonly string[]).includes(artefact) &&
      isInForce(consent, work.now),
  );
}

/** The files of requirements that show children, each once; erased ones left out. */
export function filesNeedingConsent(work: Work): readonly Artefact[] {
  const files = work.requirements
    .filter((requirement) => requirement.needsConsent)
    .flatMap((requirement) => filesIn(work, requirement.id));
  return [...new Set(files)].filter((file) => file.erasedAt === null);
}

function concerns(consent: Consent, submission: Submission): boolean {
  if (consent.submission === submission.id) return true;
  const held = Object.values(submission.answers).flatMap((answer): readonly string[] =>
    answer.kind === 'file' ? answer.artefacts : [],
  );
  return consent.use === 'review' && consent.artefacts.some((artefact) => held.includes(artefact));
}

async function decidedBefore(rooms: TeacherRooms, submission: Submission): Promise<Submission | undefined> {
  const { district, teacher, achievement, id } = submission;
  const all = await rooms.submissions.store.submissionsFor(district, teacher, achievement);
  return all.filter((other) => other.decidedAt !== null && other.id !== id).at(-1);
}

async function otherOpen(rooms: TeacherRooms, submission: Submission): Promise<Submission | undefined> {
  const { district, teacher, achievement, id } = submission;
  const open = await rooms.submissions.store.openSubmission(district, teacher, achievement);
  return open?.id === id ? undefined : open;
}

async function decisionOn(
  rooms: TeacherRooms,
  who: Principal,
  submission: string,
): Promise<ReadDecision | undefined> {
  try {
    return await getSubmissionDecision(rooms.review, who.actor, submission);
  } catch (error) {
    // Decided a moment ago, or by an import: the page then says the outcome alone.
    if (error instanceof AppError && error.code === 'not-found') return undefined;
    throw error;
  }
}
