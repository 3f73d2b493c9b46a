export {
  withAudit,
  type Auditable,
  type Audited,
  type AuditEntry,
  type NewAuditEntry,
} from './audit-entry.js';
