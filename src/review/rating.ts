import type { Audited } from '../audit/index.js';
import type { Levels } from '../achievements/index.js';
import type {
  AchievementVersionId,
  ArtefactId,
  AssignmentId,
  CertificationId,
  DecisionId,
  DistrictId,
  Instant,
  MemberId,
  RatingId,
  Stored,
  SubmissionId,
} from '../kernel/index.js';

/** That one reviewer is asked to rate one submission. */
export interface Assignment extends Stored, Audited {
  readonly id: AssignmentId;
  readonly district: DistrictId;
  readonly submission: SubmissionId;
  readonly achievementVersion: AchievementVersionId;
  readonly attempt: number;
  /** 0 for the first review; one more for each appeal or look-back. */
  readonly round: number;
  readonly kind: 'rating' | 'adjudication';
  readonly reviewer: MemberId;
  readonly state: 'open' | 'committed' | 'released' | 'expired';
  /** Hex seed of the draw that chose the reviewer. */
  readonly seed: string;
  readonly assignedAt: Instant;
  readonly dueAt: Instant;
}

/** Where in the evidence a score rests. */
export interface Pointer {
  readonly requirement: string;
  /** The file; null for a text answer. */
  readonly artefact: ArtefactId | null;
  readonly page: number | null;
  readonly second: number | null;
  /** The words pointed at, or a note on what is seen there. */
  readonly note: string | null;
}

export interface CriterionRating {
  readonly level: string;
  /** At least one. */
  readonly pointers: readonly Pointer[];
  /** Feedback on this criterion for the teacher. */
  readonly feedback: string;
}

/** A committed rating: a sign-off. Never changed. */
export interface Rating extends Stored, Audited {
  readonly id: RatingId;
  readonly district: DistrictId;
  readonly assignment: AssignmentId;
  readonly submission: SubmissionId;
  readonly achievementVersion: AchievementVersionId;
  readonly attempt: number;
  readonly round: number;
  readonly kind: 'rating' | 'adjudication';
  readonly reviewer: MemberId;
  /** The certification under which it was signed. */
  readonly certification: CertificationId;
  readonly criteria: { readonly [criterion: string]: CriterionRating };
  readonly committedAt: Instant;
  readonly effectDue: Instant | null;
}

/** What the rule made of the final levels. Unique by (submission, attempt, round). */
export interface Decision extends Stored, Audited {
  readonly id: DecisionId;
  readonly district: DistrictId;
  readonly submission: SubmissionId;
  readonly teacher: MemberId;
  readonly achievementVersion: AchievementVersionId;
  readonly attempt: number;
  readonly round: number;
  readonly outcome: 'met' | 'not_yet';
  readonly levels: Levels;
  /** The ratings it rests on, the adjudication among them where there was one. */
  readonly ratings: readonly RatingId[];
  readonly adjudicated: boolean;
  /** How many independent reviews: 1, 2 or 3. */
  readonly reviews: number;
  readonly decidedAt: Instant;
  /** When the award or the feedback is due; null when carried out. */
  readonly effectDue: Instant | null;
}
