export {
  withAudit,
  type Auditable,
  type Audited,
  type AuditEntry,
  type NewAuditEntry,
  entryVersion,
} from './audit-entry.js';
export { jcs } from './canonical.js';
export { auditChain, firstPreviousHash, linkAfter, linkHash, type ChainLink } from './chain.js';
export {
  compareDocument,
  compareState,
  type ComparisonPorts,
  type Difference,
  type StateComparison,
} from './compare-state.js';
export { drainAudit, type AuditedCollections, type AuditedDocument } from './drain-audit.js';
export { drainNow } from './drain-now.js';
export { exportPart, exportRecord } from './export-record.js';
export { fold, type Folded, type FoldedSubject } from './fold.js';
export {
  headIn,
  headType,
  jwsIn,
  signDueHeads,
  signHead,
  type Head,
  type HeadSigner,
  type SignedHead,
} from './head.js';
export { ledgerId, takeTurn, type LastVerification, type Ledger, type TurnPatience } from './ledger.js';
export {
  chainDistrict,
  recordedCollection,
  recordedCollections,
  recordedNames,
  type RecordedCollection,
  type RecordedName,
} from './recorded-collections.js';
export { lineOf, readEntry, readLine, readLines, type BadLine, type RecordLine } from './record-lines.js';
export {
  recordedState,
  saltedDigest,
  withheld,
  withoutWords,
  wordsIn,
  type RecordedState,
} from './recorded-state.js';
export {
  findLostHeads,
  recordRestore,
  type HeadNamed,
  type LostHeads,
  type RecordedRestore,
  type Restored,
} from './restored.js';
export { sayExport } from './say-export.js';
export { readStatement, type StatementToVerify, type StatementVerdict } from './statement-in-record.js';
export { auditStore, chainOf, headsOf, type AuditStore, type LinksAbout } from './store.js';
export {
  verifyExport,
  type ExportToVerify,
  type ExportVerdict,
  type GivenFile,
  type HeadVerdict,
} from './verify-export.js';
export {
  verifyRecord,
  type KnownHead,
  type RecordFault,
  type RecordFaultKind,
  type RecordVerdict,
} from './verify-record.js';
export {
  isParty,
  refuseParties,
  verifyAndNote,
  verifyStored,
  type AuditPorts,
  type StoredVerdict,
} from './verify-stored.js';
