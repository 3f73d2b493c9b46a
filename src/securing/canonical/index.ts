/** The canonical form of JSON-LD documents: one fast pass, and the library that it is held to. */
export { bySinglePass, canonicalQuads, canonicalWays, type CanonicalQuads } from './canonical-quads.js';
export type { Digest } from './label.js';
export { quadsByLibrary } from './library.js';
