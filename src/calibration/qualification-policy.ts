/** The numbers of the qualifying rule: defaults of a district's policy (review-quality.md, "Pass"). */
export interface QualificationPolicy {
  readonly form: number;
  readonly extension: number;
  readonly extensions: number;
  readonly attempts: number;
  /** Within so many days. */
  readonly attemptsWithinDays: number;
  readonly exactRate: number;
  readonly designEffect: number;
  readonly passProbability: number;
  readonly failProbability: number;
  readonly passTwoOff: number;
  readonly failTwoOff: number;
  readonly decisionRate: number;
  readonly meanDifference: number;
  readonly criterionExactRate: number;
  readonly kappa: number;
  /** Months for which a certification holds. */
  readonly validMonths: number;
  /** Days before its end from which a reviewer may qualify anew. */
  readonly renewDays: number;
  /** Exemplars in the qualifying pool from which a founding panel can be certified: a form and one reserve. */
  readonly foundingPool: number;
}

export const defaultQualificationPolicy: QualificationPolicy = {
  form: 10,
  extension: 5,
  extensions: 2,
  attempts: 2,
  attemptsWithinDays: 90,
  exactRate: 0.65,
  designEffect: 1.3,
  passProbability: 0.9,
  failProbability: 0.1,
  passTwoOff: 0.05,
  failTwoOff: 0.15,
  decisionRate: 0.85,
  meanDifference: 0.25,
  criterionExactRate: 0.5,
  kappa: 0.7,
  validMonths: 12,
  renewDays: 60,
  foundingPool: 15,
};
