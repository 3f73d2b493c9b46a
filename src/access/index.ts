export * from './api-keys.js';
export * from './credentials.js';
export * from './idempotency.js';
export { removeEnded } from './remove-ended.js';
export * from './sign-in.js';
export * from './open-seat.js';
