export * from './figures-shown.js';
export * from './keep-figures.js';
export * from './observed-sums.js';
export * from './recompute-figures.js';
export * from './reviewer-figures.js';
export * from './work-sums.js';
