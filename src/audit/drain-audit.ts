import { AppError, type Collection, type Instant, type Stored } from '../kernel/index.js';
import type { AuditEntry, Audited } from './audit-entry.js';
import { linkAfter } from './chain.js';
import type { AuditStore } from './store.js';

/** How often a place in the chain may be lost to another process before the work is left for the next pass. */
const appendAttempts = 50;

/**
 * The due work of one collection's records, in the form of an `Effect` of `jobs/`: 1 append the waiting entries to the
 * district's chain, 2 clear them in the document. Killed in between, the next run finds the entries in the chain, adds
 * nothing and clears.
 * @throws (from `settle`) unavailable when the database fails; conflict when the chain or the document is too contended.
 */
export function drainAudit<T extends Stored & Audited>(
  chain: AuditStore,
  name: string,
  audited: Collection<T>,
) {
  return {
    name: `audit ${name}`,
    sweep: (before: Instant, limit: number): Promise<readonly T[]> =>
      audited.sweep('auditDue', { before, limit }),
    async settle({ district, id }: { readonly district: string; readonly id: string }): Promise<void> {
      for (let attempt = 1; ; attempt += 1) {
        // Read again: what was swept may be older than what is kept.
        const doc = await audited.get(district, id);
        if (doc === undefined || doc.auditDue === null) return;
        // 1
        for (const entry of doc.pendingEntries) await append(chain, district, entry);
        // 2
        try {
          await audited.replace({ ...doc, pendingEntries: [], auditDue: null });
          return;
        } catch (error) {
          // Somebody changed it meanwhile, and may have left another entry.
          if (!(error instanceof AppError && error.code === 'conflict') || attempt >= 20) throw error;
        }
      }
    },
  };
}

/** Puts the entry at the end of the chain unless it is in it. */
async function append(chain: AuditStore, district: string, entry: AuditEntry): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    // Asked before the head is read: an entry found neither here nor by the unique keys is in no link before the next.
    if (await chain.has(district, entry.id)) return;
    try {
      await chain.append(linkAfter(await chain.head(district), district, entry));
      return;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
      if (attempt >= appendAttempts) {
        throw new AppError('conflict', 'The audit record is being written by others; try again.', {
          cause: error,
        });
      }
    }
  }
}
