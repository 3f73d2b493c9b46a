/** What a reviewer declares besides rating as the experts do: the code of conduct, and conflicts of interest. */
export * from './code-of-conduct.js';
export * from './declaration.js';
export * from './declaration-standing.js';
export * from './declare.js';
export * from './read-declarations.js';
export * from './set-code-of-conduct.js';
export * from './settle-declaration.js';
