/** Achievements, their immutable versions, rubrics and evidence requirements. */
export * from './achievement.js';
export * from './content-findings.js';
export * from './content-hash.js';
export * from './content-input.js';
export * from './create-achievement.js';
export { editDraft, type DraftEdit } from './edit-draft.js';
export * from './get-achievement.js';
export * from './printed-texts.js';
export * from './publish-version.js';
export * from './retire-version.js';
export * from './rubric.js';
export { requirementsFor } from './served-criteria.js';
export * from './settle-version.js';
export * from './start-new-version.js';
export * from './stop-issuing.js';
export * from './store.js';
export * from './version-url.js';
