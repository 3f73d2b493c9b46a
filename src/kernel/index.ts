export * from './base.js';
export * from './clock.js';
export * from './collection.js';
export * from './errors.js';
export * from './ids.js';
export * from './pages.js';
export * from './randomness.js';
export * from './validation.js';
