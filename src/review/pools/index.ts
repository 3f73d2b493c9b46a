export * from './clear-for-pool.js';
export * from './cleared-for-pool.js';
export * from './pool-clearance.js';
export * from './pool-standing.js';
