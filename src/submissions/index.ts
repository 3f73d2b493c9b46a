/** Teachers' submissions, their states, the completeness check and what reviewers may see of them. */
export * from './answer-manifest.js';
export * from './answer-requirement.js';
export * from './blind-view.js';
export { completenessFindings, requirementsOf, withoutConsent, type Completeness } from './completeness.js';
export * from './count-words.js';
export { createSubmission, type NewSubmission } from './create-submission.js';
export { getSubmission, listMySubmissions } from './get-submission.js';
export * from './hold-for-appeal.js';
export * from './record-outcome.js';
export * from './settle-evidence.js';
export * from './settle-submission.js';
export * from './start-next-attempt.js';
export * from './store.js';
export * from './submission.js';
export * from './submit-submission.js';
export * from './transitions.js';
export { evidenceGone } from './void-submission.js';
export * from './withdraw-submission.js';
