export * from './mailbox-folder.js';
export * from './smtp.js';
