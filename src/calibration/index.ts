export * from './exemplar.js';
export * from './certification.js';
