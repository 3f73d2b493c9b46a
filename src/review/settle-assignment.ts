import { policyNumbered } from '../calibration/index.js';
import { found, plusDays, unreachable, update, type Actor, type Instant } from '../kernel/index.js';
import { ended } from './end-assignment.js';
import type { Assignment } from './rating.js';
import { settleCase } from './settle-case.js';
import { caseOf, removeDraft } from './settle-rating.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out what is due of an assignment. Of an open one: 1 its reviewer is reminded some days before its date, 2 past
 * its date it expires and its reviewer is told. Of one that expired or was given back: 3 somebody else is drawn; 4 what
 * was written for it goes, once its owner had time to take it along. Runs again from any point.
 */
export async function settleAssignment(
  ports: ReviewPorts,
  { district, id }: { readonly district: string; readonly id: string },
): Promise<void> {
  const due = found(await ports.store.assignment(district, id), 'assignment');
  const now = ports.clock.now();
  if (due.effectDue === null || due.effectDue > now) return;
  if (due.state === 'open' && now < due.dueAt) {
    // 1. The message first: told twice it is one message.
    await ports.tellReviewer({ about: 'due-soon', assignment: due });
    await remind(ports, due, now);
    return;
  }
  // 2
  const assignment = await expire(ports, due, now);
  if (assignment.state === 'expired') await ports.tellReviewer({ about: 'expired', assignment });
  // 3
  if (assignment.state !== 'committed') await drawAgain(ports, assignment);
  // 4
  await endDraft(ports, assignment, now);
}

function remind(ports: ReviewPorts, { district, id }: Assignment, now: Instant): Promise<Assignment> {
  return update(
    ports.store.assignments,
    district,
    id,
    (kept) =>
      kept.state !== 'open' || kept.remindedAt !== null
        ? undefined
        : { ...kept, remindedAt: now, effectDue: kept.dueAt },
    'assignment',
  );
}

/** The assignment as expired, when it is open past its date and nothing was committed for it. */
async function expire(ports: ReviewPorts, { district, id }: Assignment, now: Instant): Promise<Assignment> {
  const actor: Actor = { kind: 'service', district };
  return update(
    ports.store.assignments,
    district,
    id,
    async (kept) => {
      if (kept.state !== 'open') return undefined;
      // A rating committed in this moment counts; what it makes due settles the rest.
      const committed = await ports.store.committedFor(district, id);
      return committed === undefined
        ? ended(kept, { state: 'expired' }, actor, now)
        : { ...ended(kept, { state: 'committed' }, actor, committed.committedAt), effectDue: null };
    },
    'assignment',
  );
}

async function drawAgain(ports: ReviewPorts, assignment: Assignment): Promise<void> {
  switch (assignment.work) {
    case 'submission':
      await settleCase(ports, await caseOf(ports, assignment));
      return;
    case 'seed':
      return;
    default:
      unreachable(assignment);
  }
}

/** Whether something was written for an ended assignment decides whether anything is still due of it. */
async function endDraft(
  ports: ReviewPorts,
  { district, id, endedAt, policy }: Assignment,
  now: Instant,
): Promise<void> {
  const { review } = await policyNumbered(ports.calibration, district, policy);
  const until = plusDays(endedAt ?? now, review.draftDays);
  const draft = await ports.store.draft(district, id);
  if (draft !== undefined && until <= now) await removeDraft(ports, district, id);
  const effectDue = draft !== undefined && now < until ? until : null;
  await update(
    ports.store.assignments,
    district,
    id,
    (kept) => (kept.effectDue === effectDue || kept.state === 'open' ? undefined : { ...kept, effectDue }),
    'assignment',
  );
}
