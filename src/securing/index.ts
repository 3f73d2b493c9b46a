/** Keys, DIDs, the document loader, Data Integrity proofs and VC-JWT: the only room with crypto libraries or keys. */
export * from './issuer-key.js';
export * from './json-object.js';
export * from './signer.js';
export * from './verification-method.js';
