/** The parts that pages are made of; docs/design-language.md says when to use which. */
export * from './data-table.js';
export * from './date-text.js';
export * from './field.js';
export * from './form.js';
export * from './icon.js';
export * from './markdown.js';
export * from './navigation.js';
export * from './notice.js';
export * from './rubric-table.js';
export * from './state-badge.js';
export * from './surfaces.js';
export * from './verdict.js';
