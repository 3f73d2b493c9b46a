import type { Levels } from '../achievements/index.js';
import type { Audited } from '../audit/index.js';
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
import type { DoubleRatingReason } from './double-rating.js';

/** That one reviewer is asked to rate one submission. */
export interface Assignment extends Stored, Audited {
  readonly id: AssignmentId;
  readonly district: DistrictId;
  /** The case that it belongs to, and its number there: 1, 2 … in the order given. */
  readonly case: string;
  readonly n: number;
  readonly submission: SubmissionId;
  readonly achievementVersion: AchievementVersionId;
  readonly attempt: number;
  /** 0 for the first review; one more for each appeal or look-back. */
  readonly round: number;
  readonly kind: 'rating' | 'adjudication';
  readonly reviewer: MemberId;
  readonly state: 'open' | 'committed' | 'released' | 'expired';
  /** Why it was given back; null unless released. */
  readonly releasedFor: ReleaseReason | null;
  /** Why a second rating is needed because of who this reviewer is. */
  readonly doubleRated: readonly DoubleRatingReason[];
  /** Hex seed of the draw that chose the reviewer. */
  readonly seed: string;
  readonly assignedAt: Instant;
  readonly dueAt: Instant;
  /** While open, when it expires; once released, since when another is to be drawn; null when that is done. */
  readonly effectDue: Instant | null;
}

/** `conflict`: of interest, declared or found; `unavailable`: the reviewer cannot; `not-certified`: no longer; `closed`: the submission was withdrawn. */
export const releaseReasons = ['conflict', 'unavailable', 'not-certified', 'closed'] as const;
export type ReleaseReason = (typeof releaseReasons)[number];

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

/** What a rating says: one entry for each criterion. */
export type CriterionRatings = { readonly [criterion: string]: CriterionRating };

/** A committed rating: a sign-off. Never changed. */
export interface Rating extends Stored, Audited {
  readonly id: RatingId;
  readonly district: DistrictId;
  readonly assignment: AssignmentId;
  readonly case: string;
  readonly submission: SubmissionId;
  readonly achievementVersion: AchievementVersionId;
  readonly attempt: number;
  readonly round: number;
  readonly kind: 'rating' | 'adjudication';
  readonly reviewer: MemberId;
  /** The certification under which it was signed. */
  readonly certification: CertificationId;
  readonly criteria: CriterionRatings;
  readonly committedAt: Instant;
  readonly effectDue: Instant | null;
}

/** What a reviewer has written so far; removed when the rating is committed. Nobody else reads it. */
export interface RatingDraft extends Stored {
  /** The assignment's id. */
  readonly id: string;
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly criteria: { readonly [criterion: string]: Partial<CriterionRating> };
  readonly savedAt: Instant;
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

/** The levels that a rating gives. */
export function levelsOf(criteria: CriterionRatings): Levels {
  return Object.fromEntries(Object.entries(criteria).map(([criterion, { level }]) => [criterion, level]));
}
