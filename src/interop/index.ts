/** The issuers of the VC-API: did:key identities that sign what callers hand in, apart from every district. */
export { createEveryInteropIssuer } from './create-every-interop-issuer.js';
export { createInteropIssuer } from './create-interop-issuer.js';
export { readInteropList, withInteropDocuments } from './interop-documents.js';
export type { InteropIssuer, InteropPorts } from './interop-issuer.js';
export { issueInteropCredential, type IssueOptions } from './issue-interop-credential.js';
export { interopStore, type InteropStore } from './store.js';
export { updateInteropStatus, type UpdatedEntry } from './update-interop-status.js';
