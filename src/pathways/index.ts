/** Stacks, progress and the credit ledger; one holding for each credential that a person has. */
export * from './credits-of.js';
export * from './holding.js';
export * from './holding-looked-at.js';
export * from './holdings-of.js';
export * from './keep-holding.js';
export * from './progress-of.js';
export * from './store.js';
