/** The numbers of review: defaults of a district's policy (review-quality.md, "Rating"). */
export interface ReviewPolicy {
  /** Days within which an assignment is to be rated; then it goes to somebody else. */
  readonly assignmentDays: number;
  /** Days before that at which the reviewer is reminded. */
  readonly reminderDays: number;
  /** Days for which a draft outlives an assignment that expired or was given back. */
  readonly draftDays: number;
  /** Minutes a week that a reviewer who says nothing else is taken to have. */
  readonly minutesPerWeek: number;
  /** Minutes that a rating is taken to need until a version has figures of its own. */
  readonly minutesPerRating: number;
  /** Assignments that a reviewer is given in 24 hours at most. */
  readonly dailyCap: number;
  /** Years for which a relationship counts as a conflict of interest after its end. */
  readonly conflictYears: number;
  /** Months for which a declaration of conflicts of interest holds. */
  readonly declarationMonths: number;
  /** Days for which who signed an older code of conduct goes on after a newer one is in force. */
  readonly conductGraceDays: number;
  readonly firstOfReviewer: number;
  readonly firstOfVersion: number;
  /** Of a hundred. */
  readonly randomShare: number;
  /** Seconds after which a case that found nobody is tried again. */
  readonly retrySeconds: number;
}

export const defaultReviewPolicy: ReviewPolicy = {
  assignmentDays: 14,
  reminderDays: 3,
  draftDays: 90,
  minutesPerWeek: 90,
  minutesPerRating: 40,
  dailyCap: 20,
  conflictYears: 3,
  declarationMonths: 12,
  conductGraceDays: 30,
  firstOfReviewer: 20,
  firstOfVersion: 30,
  randomShare: 20,
  retrySeconds: 60,
};
