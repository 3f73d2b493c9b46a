/** Evidence: files encrypted each under its own key, reusable across submissions, and the consents for their use. */
export * from './artefact.js';
export * from './consent.js';
export * from './erase-artefact.js';
export * from './evidence-manifest.js';
export { type ByteRange } from './file-cipher.js';
export * from './media-type.js';
export * from './ports.js';
export * from './read-artefact.js';
export * from './record-consent.js';
export * from './store.js';
export * from './upload-artefact.js';
export * from './withdraw-consent.js';
