export * from './district-policy.js';
export * from './drift-policy.js';
export * from './policy-at.js';
export * from './policy-bounds.js';
export * from './qualification-policy.js';
export * from './review-policy.js';
export * from './seed-policy.js';
export * from './set-policy.js';
