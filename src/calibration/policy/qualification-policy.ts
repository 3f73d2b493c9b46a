/** The numbers of the qualifying rule and of certification (review-quality.md, "Pass"; calibration.md, 2.3 and 4). */
export interface QualificationPolicy {
  readonly form: number;
  readonly extension: number;
  readonly extensions: number;
  /** The form, rated at once and not extended, of a rubric with fewer than three criteria or with a scale of two levels. */
  readonly smallRubricForm: number;
  readonly attempts: number;
  /** Within so many days. */
  readonly attemptsWithinDays: number;
  /** Days after an attempt that did not certify, before the next can begin. */
  readonly coolDownDays: number;
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
  /** Days without a sign-off on the version after which a certification rests until seeds were rated. */
  readonly idleDays: number;
  /** How many seeds, as far as the pool holds such that this reviewer has not met. */
  readonly recalibrationSeeds: number;
  /** Exemplars in the qualifying pool from which a founding panel can be certified: a form and one reserve. */
  readonly foundingPool: number;
  /** Exemplars in the qualifying pool from which a form always has the whole reserve. */
  readonly wholePool: number;
}

export const defaultQualificationPolicy: QualificationPolicy = {
  form: 10,
  extension: 5,
  extensions: 2,
  smallRubricForm: 20,
  attempts: 2,
  attemptsWithinDays: 90,
  coolDownDays: 7,
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
  idleDays: 90,
  recalibrationSeeds: 4,
  foundingPool: 15,
  wholePool: 30,
};
