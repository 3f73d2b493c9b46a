/** Assignment, blind rating, agreement, adjudication, decision. */
export * from './agreed-levels.js';
export * from './appeal.js';
export * from './availability.js';
export { declineAppeal, decideAppeal, type AppealDecision } from './decide-appeal.js';
export * from './file-appeal.js';
export * from './get-appeal.js';
export * from './screen-appeal.js';
export * from './settle-appeal.js';
export * from './carried.js';
export { anewReasons, getCarryOver, type AnewReason, type CarryOver } from './carry-over.js';
export * from './commit-rating.js';
export * from './conflict-of-interest.js';
export * from './declared-conflicts.js';
export * from './decline-assignment.js';
export * from './double-rating.js';
export * from './draw-reviewer.js';
export {
  type ChartPoint,
  type ObservedWork,
  type ShownEvidence,
  type ShownObservation,
} from './drift-evidence.js';
export { drawDigest } from './end-assignment.js';
export {
  getAssignment,
  listMyAssignments,
  versionAsked,
  type AssignedWork,
  type Evidence,
} from './get-assignment.js';
export * from './expected-decision.js';
export * from './get-decision.js';
export { minutesPerRating, queueCapacity } from './queue-capacity.js';
export * from './kept-draft.js';
export * from './known-servings.js';
export * from './list-drift-look-back.js';
export * from './list-review-cases.js';
export * from './my-drift.js';
export * from './my-figures.js';
export * from './open-assigned-artefact.js';
export { reasonsAtOpening } from './open-case.js';
export * from './open-review.js';
export * from './open-round.js';
export * from './look-back.js';
export * from './readers-of.js';
export { getDriftSignal, listDriftSignals, type NamedSignal, type SignalDetail } from './oversee-drift.js';
export * from './oversee-figures.js';
export * from './oversee-reviewers.js';
export * from './oversee-seeds.js';
export * from './pools/index.js';
export * from './rating.js';
export { checkFigures, sourcesOf, type FiguresFinding } from './rebuild-figures.js';
export { maxWords } from './rating-faults.js';
export * from './review-case.js';
export * from './round.js';
export * from './save-draft-rating.js';
export * from './settle-assignment.js';
export * from './settle-case.js';
export * from './settle-consent.js';
export * from './seed-plan.js';
export { momentLike } from './owe-seeds.js';
export * from './seed-supply.js';
export * from './settle-certification.js';
export * from './settle-retired-exemplar.js';
export * from './settle-drift-signal.js';
export { settleRating } from './settle-rating.js';
export * from './settle-seat.js';
export * from './settle-seed-plan.js';
export * from './settle-seed-rating.js';
export * from './store.js';
