/** A signing key in other hands: withdrawn at once, and what it signed made good. */
export { decideCompromisedAward, type CompromisedAwardDecision } from './decide-compromised-award.js';
export {
  compromisedAwardStates,
  compromiseSteps,
  type CompromisedAward,
  type CompromisedAwardState,
  type CompromiseStep,
  type KeyCompromise,
} from './key-compromise.js';
export {
  getKeyCompromise,
  listCompromisedAwards,
  listKeyCompromises,
  type CompromiseProgress,
} from './read-key-compromise.js';
export {
  compromiseReasonFaults,
  reportKeyCompromise,
  type ReportedCompromise,
} from './report-key-compromise.js';
export { settleKeyCompromise } from './settle-key-compromise.js';
export { signingKeys } from './signing-keys.js';
