/** Statistics of agreement. Everything is a pure function of ratings; undefined stays undefined, with its reason. */
export { answerCases, type CaseAnswer } from './answer-cases.js';
export type { Answer, AnswerValue, NamedStatistic } from './answer.js';
export { bootstrapInterval, type BootstrapInterval, type BootstrapOptions } from './bootstrap.js';
export { clusteredInterval, tableOf, type Cluster } from './clustered-interval.js';
export { intraclassCorrelation, type IccType } from './intraclass.js';
export { cohenKappa, linearWeightedKappa, quadraticWeightedKappa, scottPi, weightedKappa } from './kappa.js';
export {
  brennanPrediger,
  congerKappa,
  fleissKappa,
  gwetAC,
  krippendorffAlpha,
  pairwiseAgreement,
  type MeasurementLevel,
} from './many-raters.js';
export { meanDifference, pairedT, pearson, standardizedMeanDifference } from './moments.js';
export { normalAtRandom, seededRandom, type Random } from './random.js';
export { ofTwoRaters, ratingsByRater, type RatingData, type TwoRaters } from './rating-data.js';
export { readRatings } from './read-input.js';
export { namedStatistics } from './registry.js';
export {
  adjacentAgreement,
  clopperPearson,
  exactAgreement,
  jeffreys,
  twoOrMoreOff,
  wilson,
} from './shares.js';
export type { Weights, WeightScheme } from './weights.js';
