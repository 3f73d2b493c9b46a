import { withAudit } from '../audit/index.js';
import { found, update, type Actor } from '../kernel/index.js';
import type { Assignment } from './rating.js';
import { settleCase } from './settle-case.js';
import { caseOf } from './settle-rating.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out what is due of an assignment: 1 one that is open past its date expires; 2 somebody else is drawn for one
 * that expired or was released; 3 done. Runs again from any point.
 */
export async function settleAssignment(
  ports: ReviewPorts,
  { district, id }: { readonly district: string; readonly id: string },
): Promise<void> {
  const due = found(await ports.store.assignment(district, id), 'assignment');
  const now = ports.clock.now();
  if (due.effectDue === null || due.effectDue > now) return;
  // 1
  const assignment = await expire(ports, due, now);
  if (assignment.state === 'committed') return;
  // 2
  await settleCase(ports, await caseOf(ports, assignment));
  // 3
  await update(
    ports.store.assignments,
    district,
    id,
    (kept) => (kept.effectDue === null ? undefined : { ...kept, effectDue: null }),
    'assignment',
  );
}

/** The assignment as expired, when it is open past its date and nothing was committed for it. */
async function expire(ports: ReviewPorts, { district, id }: Assignment, now: string): Promise<Assignment> {
  const actor: Actor = { kind: 'service', district };
  return update(
    ports.store.assignments,
    district,
    id,
    async (kept) => {
      if (kept.state !== 'open') return undefined;
      // A rating committed in this moment counts; what it makes due settles the rest.
      if ((await ports.store.ratingOfAssignment(district, id)) !== undefined) {
        return { ...kept, state: 'committed', effectDue: null };
      }
      const expired = { ...kept, state: 'expired' as const, effectDue: now };
      return withAudit(expired, { actor, verb: 'expired', collection: 'assignments', facts: {} }, now);
    },
    'assignment',
  );
}
