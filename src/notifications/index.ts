/** What is said to whom, once; the way out for mail. */
export * from './appeal-message.js';
export * from './decision-message.js';
export * from './drift-message.js';
export * from './end-message.js';
export * from './key-message.js';
export * from './mailer.js';
export * from './notification.js';
export * from './pool-message.js';
export * from './reviewer-message.js';
export * from './stop-message.js';
