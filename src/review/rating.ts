import type { Levels } from '../achievements/index.js';
import type { Audited } from '../audit/index.js';
import type {
  AchievementVersionId,
  ArtefactId,
  AssignmentId,
  CertificationId,
  DecisionId,
  DistrictId,
  ExemplarId,
  Instant,
  MemberId,
  RatingId,
  Stored,
  SubmissionId,
} from '../kernel/index.js';
import type { CarriedLevels } from './carried.js';
import type { DoubleRatingReason } from './double-rating.js';
import type { Candidate, Exclusion } from './draw-reviewer.js';
import type { RoundOrigin } from './round.js';

/** What every assignment has, whatever its work is: that one reviewer is asked to rate one piece of work. */
interface GivenWork extends Stored, Audited {
  readonly id: AssignmentId;
  readonly district: DistrictId;
  readonly achievementVersion: AchievementVersionId;
  readonly kind: 'rating' | 'adjudication';
  readonly reviewer: MemberId;
  readonly state: 'open' | 'committed' | 'released' | 'expired';
  /** Why it was given back; null unless released. */
  readonly releasedFor: ReleaseReason | null;
  /** The criteria that it asks about; absent when all. */
  readonly criteria?: readonly string[];
  /** Why a second rating is needed because of who this reviewer is. */
  readonly doubleRated: readonly DoubleRatingReason[];
  /** Number of the district's policy in force when it was given. */
  readonly policy: number;
  /** Hex seed of the draw: of the reviewer for a submission, of the exemplar for a seed. */
  readonly seed: string;
  /** The draw: told in the record when the assignment ends; until then only its digest with `salt` is in it. */
  readonly draw: DrawRecord;
  readonly salt: string;
  readonly assignedAt: Instant;
  /** When its reviewer first opened it; null before. */
  readonly openedAt: Instant | null;
  readonly dueAt: Instant;
  /** When its reviewer was reminded; null before. */
  readonly remindedAt: Instant | null;
  /** When it was committed, given back or expired; null while open. */
  readonly endedAt: Instant | null;
  /**
   * While open, when something is next due of it: the reminder, then the expiry. Once ended, since when another is to be
   * drawn, then when a draft that outlived it goes; null when nothing is due.
   */
  readonly effectDue: Instant | null;
}

/** That one reviewer is asked to rate one submission. */
export interface SubmissionAssignment extends GivenWork {
  readonly work: 'submission';
  /** The case that it belongs to, and its number there: 1, 2 … in the order given. */
  readonly case: string;
  readonly n: number;
  readonly submission: SubmissionId;
  readonly attempt: number;
  /** 0 for the first review; one more for each appeal or look-back. */
  readonly round: number;
  readonly exemplar: null;
}

/**
 * That one reviewer is asked to rate a keyed exemplar, not knowing it from a submission. No case, no submission: nothing
 * of it can reach a decision, a credential or a count of anybody else (invariant 7).
 */
export interface SeedAssignment extends GivenWork {
  readonly kind: 'rating';
  readonly work: 'seed';
  readonly case: null;
  readonly n: null;
  readonly submission: null;
  readonly attempt: null;
  readonly round: null;
  readonly exemplar: ExemplarId;
  /** The ids under which its reviewer sees the exemplar's files, by item: new ones for each assignment. */
  readonly files: { readonly [item: string]: ArtefactId };
}

export type Assignment = SubmissionAssignment | SeedAssignment;

/**
 * Why a seed was given: drawn with live work, to reach the fewest of a term, before live work after idle days, or to
 * recalibrate after a drift signal.
 */
export type SeedReason = 'share' | 'term' | 'idle' | 'recalibration';

/** What a draw was made from, so that anybody can make it again from the seed. */
export type DrawRecord =
  | {
      readonly of: 'submission';
      readonly case: string;
      readonly seed: string;
      readonly candidates: readonly Candidate[];
      /** How many were left out, by why. */
      readonly excluded: { readonly [reason in Exclusion]?: number };
    }
  | {
      readonly of: 'seed';
      readonly exemplar: ExemplarId;
      readonly seed: string;
      /** The exemplars that it was drawn from. */
      readonly candidates: readonly ExemplarId[];
      readonly because: SeedReason;
    };

/**
 * `conflict`: of interest, declared or found; `unavailable`: the reviewer cannot; `not-certified`: no longer; `lead`: the
 * lead gave it to others; `closed`: the submission was withdrawn.
 */
export const releaseReasons = ['conflict', 'unavailable', 'not-certified', 'lead', 'closed'] as const;
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

/** What a rating says: one entry for each criterion that its assignment asks about. */
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
  /** Base64url of 16 random bytes, with which the record pins the words of `criteria`; absent in older ones. */
  readonly salt?: string;
  readonly committedAt: Instant;
  readonly effectDue: Instant | null;
}

/** A committed rating of a seed: kept apart from ratings, so that none of their readers can meet it. Never changed. */
export interface SeedRating extends Stored, Audited {
  readonly id: RatingId;
  readonly district: DistrictId;
  readonly assignment: AssignmentId;
  readonly exemplar: ExemplarId;
  readonly achievementVersion: AchievementVersionId;
  readonly kind: 'rating';
  readonly reviewer: MemberId;
  /** The certification under which it was signed. */
  readonly certification: CertificationId;
  readonly criteria: CriterionRatings;
  /** Base64url of 16 random bytes, with which the record pins the words of `criteria`; absent in older ones. */
  readonly salt?: string;
  readonly committedAt: Instant;
  readonly effectDue: Instant | null;
}

/** What its reviewer committed for an assignment, whatever its work is. */
export type CommittedRating = Rating | SeedRating;

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
  readonly origin: RoundOrigin;
  /** The decision that this one takes the place of; null for the first. */
  readonly supersedes: DecisionId | null;
  readonly outcome: 'met' | 'not_yet';
  readonly levels: Levels;
  /** Which of them stand from earlier attempts; absent when none does. */
  readonly carried?: CarriedLevels;
  /** The ratings that it rests on besides, the adjudication among them where there was one. */
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
