export {
  withAudit,
  type Auditable,
  type Audited,
  type AuditEntry,
  type NewAuditEntry,
  jcs,
} from './audit-entry.js';
export { firstPreviousHash, verifyChain, type ChainLink, type ChainVerdict } from './chain.js';
export { drainAudit } from './drain-audit.js';
export { auditStore, chainOf, type AuditStore } from './store.js';
