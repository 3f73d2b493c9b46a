import { plusDays, update, type Instant } from '../../kernel/index.js';
import { plusMonths } from '../certification.js';
import { policyAt } from '../policy/index.js';
import { dueReminder, nextReminder, type ReminderDays } from '../reminders.js';
import type { CalibrationPorts } from '../store.js';
import type { ConflictDeclaration, Declaration } from './declaration.js';

/** That a declaration of conflicts ends soon. */
export interface DeclarationEvent {
  readonly declaration: ConflictDeclaration;
  readonly days: ReminderDays;
}

/** One that was not followed by another is looked at anew after so many days. */
const lookAgainDays = 30;

/** When something is due first of a declaration of conflicts. */
export function firstConflictDue(
  { at, until }: Pick<ConflictDeclaration, 'at' | 'until'>,
  timeZone: string,
): Instant {
  return nextReminder({ from: at, until }, timeZone, at) ?? until;
}

/**
 * Carries out what is due of a declaration of conflicts: 1 who made it is told, 30 and 7 days before, that it ends, unless
 * there is a newer one; 2 when nothing of it can count any more, because a newer one took its place longer ago than a
 * conflict counts after its end, what it says of others is erased; 3 says when to look again. Runs again from any point.
 */
export async function settleDeclaration(
  ports: Pick<CalibrationPorts, 'store' | 'clock' | 'tenancy'>,
  declaration: Declaration,
  tell: (event: DeclarationEvent) => Promise<void>,
): Promise<void> {
  if (declaration.about !== 'conflicts') return;
  const { district, id, member, n, at, until } = declaration;
  const now = ports.clock.now();
  const timeZone = (await ports.tenancy.store.district(district))?.timeZone ?? 'UTC';
  const next = (await ports.store.declarationsOf(district, member)).find(
    (one) => one.about === 'conflicts' && one.n > n,
  );
  // 1
  const days = next === undefined ? dueReminder({ from: at, until }, timeZone, now) : undefined;
  if (days !== undefined) await tell({ declaration, days });
  // 2, 3
  const { review } = await policyAt(ports, district);
  const forgetAt = next === undefined ? undefined : plusMonths(next.at, review.conflictYears * 12);
  const isOver = forgetAt !== undefined && forgetAt <= now;
  const effectDue = isOver
    ? null
    : (forgetAt ?? nextReminder({ from: at, until }, timeZone, now) ?? plusDays(now, lookAgainDays));
  await update(
    ports.store.declarations,
    district,
    id,
    (kept) =>
      kept.about !== 'conflicts' || kept.effectDue === effectDue
        ? undefined
        : { ...kept, effectDue, ...(isOver ? { conflicts: null, salt: null } : {}) },
    'declaration',
  );
}
