/** Keys, DIDs, the document loader, Data Integrity proofs and VC-JWT: the only room with crypto libraries or keys. */
export { canonicalJson } from './canonical-json.js';
export { compactFromRoot, compactWithOurContexts } from './compact-document.js';
export {
  credentialsV1,
  credentialsV2,
  goldenContexts,
  openBadges303,
  openBadgesExtensions,
} from './contexts.js';
export { claimKeySecret } from './claim-key-secret.js';
export { contextEditions } from './context-editions.js';
export { createIssuerKeys, ensureActiveKey } from './create-issuer-keys.js';
export {
  auditJwks,
  didDocument,
  didJwkDocument,
  didKeyDocument,
  findVerificationMethod,
  isListedFor,
  jwks,
  publicJwk,
  type DidService,
  type NamedJwk,
} from './did.js';
export { didKeySigner, newDidKey, type KeptDidKey } from './did-key.js';
export { digestMultibaseSha384, hashedIdentity, hmacSha256, sha256Hex } from './digest.js';
export { definesEveryWord, isKnownContext, wordsForThings } from './document-loader.js';
export { refuseExampleKeys } from './example-keys.js';
export { generateKey, keyMaterial, type KeyMaterial } from './generate-key.js';
export { importIssuerKey } from './import-issuer-key.js';
export * from './issuer-key.js';
export * from './json-object.js';
export type { KeptKey, KeyCustody } from './key-custody.js';
export { listIssuerKeys } from './list-issuer-keys.js';
export { keyOfMethod, parseMultikey, readPublicJwk, sameKey, toMultikey } from './multikey.js';
export * from './proof-suite.js';
export { rotateIssuerKey } from './rotate-issuer-key.js';
export { secureAsJwt, signCompactJws } from './secure-as-jwt.js';
export { secureAsVcJwt } from './secure-as-vc-jwt.js';
export { secureCredential, type SecuredDocument } from './secure-credential.js';
export { secureWithSuite, type ProvedDocument } from './secure-with-suite.js';
export { signBytes } from './sign-bytes.js';
export { signerFor } from './signer-for.js';
export * from './signer.js';
export { throwAwaySigner } from './throw-away-signer.js';
export { issuerKeyCollection, openIssuerKeys } from './store.js';
export { parseStrictJson } from './strict-json.js';
export * from './verification-method.js';
export { verifyCompactJws } from './verify-compact-jws.js';
export { getIssuerKey, withdrawIssuerKey } from './withdraw-issuer-key.js';
export {
  readCompactJwt,
  verifyCompactJwt,
  type JwtClaims,
  type JwtResult,
  type ResolveJwtKeys,
} from './verify-compact-jwt.js';
export {
  verifyDataIntegrityProof,
  type ProofResult,
  type ProofToVerify,
} from './verify-data-integrity-proof.js';
