/** The numbers of review: defaults of a district's policy (review-quality.md, "Rating"). */
export interface ReviewPolicy {
  /** Days within which an assignment is to be rated; then it goes to somebody else. */
  readonly assignmentDays: number;
  /** Assignments that a reviewer is given in 24 hours at most. */
  readonly dailyCap: number;
  /** Years for which a relationship counts as a conflict of interest after its end. */
  readonly conflictYears: number;
  readonly firstOfReviewer: number;
  readonly firstOfVersion: number;
  /** Of a hundred. */
  readonly randomShare: number;
  /** Seconds after which a case that found nobody is tried again. */
  readonly retrySeconds: number;
}

export const defaultReviewPolicy: ReviewPolicy = {
  assignmentDays: 14,
  dailyCap: 20,
  conflictYears: 3,
  firstOfReviewer: 20,
  firstOfVersion: 30,
  randomShare: 20,
  retrySeconds: 60,
};
