import type { Audited } from '../audit/index.js';
import type {
  AchievementId,
  AchievementVersionId,
  ArtefactId,
  DistrictId,
  FieldError,
  Instant,
  MemberId,
  Stored,
  SubmissionId,
} from '../kernel/index.js';

/** `draft -> submitted -> incomplete -> draft | in_review -> met | not_yet`; `draft .. in_review -> withdrawn | void`. */
export const submissionStates = [
  'draft',
  'submitted',
  'incomplete',
  'in_review',
  'adjudicating',
  'met',
  'not_yet',
  'reopened',
  'withdrawn',
  'void',
] as const;
export type SubmissionState = (typeof submissionStates)[number];

/** A teacher's work for one achievement version. A next attempt is a submission of its own that names the earlier one. */
export interface Submission extends Stored, Audited {
  readonly id: SubmissionId;
  readonly district: DistrictId;
  readonly teacher: MemberId;
  readonly achievement: AchievementId;
  readonly achievementVersion: AchievementVersionId;
  /** 1 for the first; one more for each resubmission. */
  readonly attempt: number;
  readonly previous: SubmissionId | null;
  /** The achievement, while this is open or met; null once it is not yet met, withdrawn or void. Unique with the teacher. */
  readonly openFor: AchievementId | null;
  readonly state: SubmissionState;
  readonly answers: { readonly [requirement: string]: Answer };
  /** What the completeness check found wanting at the last submit, or why it became void; empty when complete. */
  readonly findings: readonly FieldError[];
  readonly createdAt: Instant;
  readonly submittedAt: Instant | null;
  readonly decidedAt: Instant | null;
  /** Base64url of 16 random bytes, with which the record pins the answers once they are submitted; absent in older ones. */
  readonly salt?: string;
  /** When an appeal ended that left the decision as it is; absent when there was none. */
  readonly appealEndedAt?: Instant;
  /** When its consequences (begin review, assign; release what was assigned) are due; null when carried out. */
  readonly effectDue: Instant | null;
}

/** What answers one evidence requirement: files, or text. */
export type Answer =
  | { readonly kind: 'file'; readonly artefacts: readonly ArtefactId[] }
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Base64url of 16 random bytes: with it, and never without, a digest of the text is published. */
      readonly salt: string;
    };
