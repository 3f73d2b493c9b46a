import { drainAudit, type AuditedCollections } from './drain-audit.js';
import type { HeadPorts } from './head.js';

/**
 * Appends every entry that waits, of every district, for whoever reads the record next and does not wait for background
 * work. What a running service drains at the same time is left to it and waited for.
 */
export async function drainNow(ports: HeadPorts & { readonly audited: AuditedCollections }): Promise<void> {
  const effect = drainAudit(ports, ports.store, ports.audited);
  for (let round = 0; round < 1000; round += 1) {
    const due = await effect.sweep(ports.clock.now(), 200);
    if (due.length === 0) return;
    for (const one of due) await effect.settle(one);
  }
}
