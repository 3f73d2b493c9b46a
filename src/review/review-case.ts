import { decide, type Levels, type Rubric } from '../achievements/index.js';
import type { Audited } from '../audit/index.js';
import type {
  AchievementVersionId,
  DistrictId,
  Instant,
  MemberId,
  RatingId,
  Stored,
  SubmissionId,
} from '../kernel/index.js';
import { agreedLevels } from './agreed-levels.js';
import { reasonsFromLevels, type DoubleRatingReason } from './double-rating.js';
import { withCarried, type CarriedLevels } from './carried.js';
import { levelsOf, type Assignment, type Rating } from './rating.js';
import type { RoundBasis } from './round.js';

/** `waiting`: nobody eligible was found yet; `closed`: withdrawn or void before it was decided. */
export const caseStates = ['waiting', 'rating', 'adjudicating', 'decided', 'closed'] as const;
export type CaseState = (typeof caseStates)[number];

/** One review of one submission, from its opening to the decision. Unique by (submission, attempt, round). */
export interface ReviewCase extends Stored, Audited, RoundBasis {
  /** `{submission}:{attempt}:{round}`. */
  readonly id: string;
  readonly district: DistrictId;
  readonly submission: SubmissionId;
  readonly teacher: MemberId;
  readonly achievementVersion: AchievementVersionId;
  readonly attempt: number;
  /** 0 for the first review; one more for each appeal or look-back. */
  readonly round: number;
  readonly state: CaseState;
  /** Whom it waits for, found nowhere at the last try; null when somebody has it. */
  readonly waitsFor: 'reviewer' | 'adjudicator' | null;
  /** Why two ratings were asked for from the start. */
  readonly doubleRated: readonly DoubleRatingReason[];
  /** What stands from the attempt before, settled when it opened; absent when all is rated. */
  readonly carried?: CarriedLevels;
  /** Number of the district's policy in force when it opened. */
  readonly policy: number;
  /** Hex seed that decided on a second rating at random. */
  readonly seed: string;
  readonly openedAt: Instant;
  /** The days that it was taken to need when it was opened; null when nobody was there to rate it. */
  readonly predictedDays: number | null;
  readonly stateSince: Instant;
  /** When the next step is to be tried; null while a person has it, or at the end. */
  readonly effectDue: Instant | null;
}

/** The id of a case, which so is unique by its three parts. */
export function caseId(submission: SubmissionId, attempt: number, round: number): string {
  return `${submission}:${attempt}:${round}`;
}

/** What a case needs next. */
export type NextStep =
  | { readonly step: 'draw'; readonly kind: Assignment['kind'] }
  | { readonly step: 'wait'; readonly state: 'rating' | 'adjudicating' }
  | {
      readonly step: 'decide';
      readonly outcome: 'met' | 'not_yet';
      readonly levels: Levels;
      readonly ratings: readonly RatingId[];
      readonly adjudicated: boolean;
      readonly reviews: number;
    };

/** What a step follows from, of a case. */
type Basis = Pick<ReviewCase, 'doubleRated' | 'carried'>;

/**
 * What follows from the record of a case: the same whenever and by whomever it is asked, so that it can be asked again
 * after a crash. An adjudication is final; else a decision needs the ratings that the policy asks for, none still
 * open, and their agreement. The rule is applied to what was rated together with what stands.
 */
export function nextStep(
  rubric: Rubric,
  reviewCase: Basis,
  assignments: readonly Assignment[],
  ratings: readonly Rating[],
): NextStep {
  const adjudication = ratings.find((rating) => rating.kind === 'adjudication');
  const all = (rating: Rating) => withCarried(reviewCase.carried, levelsOf(rating.criteria));
  if (adjudication !== undefined) return decisionOf(rubric, all(adjudication), ratings);
  const signed = ratings.filter((rating) => rating.kind === 'rating');
  // A rating that is kept counts, whatever became of its assignment in the same moment.
  const open = assignments.filter(
    ({ id, state }) => state === 'open' && !ratings.some(({ assignment }) => assignment === id),
  );
  const openRatings = open.filter(({ kind }) => kind === 'rating');
  const required = requiredRatings(rubric, reviewCase, assignments, signed);
  if (signed.length + openRatings.length < required) return { step: 'draw', kind: 'rating' };
  if (openRatings.length > 0) return { step: 'wait', state: 'rating' };
  const final = agreedLevels(rubric, signed.map(all));
  if (final !== undefined) return decisionOf(rubric, final, ratings);
  return open.some(({ kind }) => kind === 'adjudication')
    ? { step: 'wait', state: 'adjudicating' }
    : { step: 'draw', kind: 'adjudication' };
}

/** How many ratings the policy asks for, as far as is known now: two as soon as there is one reason, else one. */
export function requiredRatings(
  rubric: Rubric,
  reviewCase: Basis,
  assignments: readonly Assignment[],
  signed: readonly Rating[],
): 1 | 2 {
  const counted = assignments.filter(
    ({ id, kind, state }) =>
      kind === 'rating' && (state === 'open' || signed.some(({ assignment }) => assignment === id)),
  );
  const reasons = [
    ...reviewCase.doubleRated,
    ...counted.flatMap(({ doubleRated }) => doubleRated),
    ...signed.flatMap(({ criteria }) =>
      reasonsFromLevels(rubric, withCarried(reviewCase.carried, levelsOf(criteria))),
    ),
  ];
  return reasons.length > 0 ? 2 : 1;
}

function decisionOf(rubric: Rubric, levels: Levels, ratings: readonly Rating[]): NextStep {
  return {
    step: 'decide',
    outcome: decide(rubric, levels),
    levels,
    ratings: ratings.map(({ id }) => id),
    adjudicated: ratings.some(({ kind }) => kind === 'adjudication'),
    reviews: ratings.length,
  };
}
