import { update } from '../kernel/index.js';
import { holdsAt, type Certification } from './certification.js';
import { dueReminder, nextReminder, type ReminderDays } from './reminders.js';
import type { CalibrationPorts } from './store.js';

/** That a certification ends soon. */
export interface CertificationEvent {
  readonly certification: Certification;
  readonly days: ReminderDays;
}

/**
 * Has the reviewer told, 30 and 7 days before, that a certification ends: not of one that is suspended or revoked, nor
 * where another of the same version holds longer. The message first, then the date of the next one: told twice it is one
 * message. Runs again from any point.
 */
export async function remindOfCertification(
  ports: Pick<CalibrationPorts, 'store' | 'clock' | 'tenancy'>,
  certification: Certification,
  tell: (event: CertificationEvent) => Promise<void>,
): Promise<void> {
  const { district, id, reviewer, achievementVersion, until, state } = certification;
  // What follows from a suspension or revocation has its own settling, which says then when to look again.
  if (state === 'suspended' || state === 'revoked') return;
  const now = ports.clock.now();
  const timeZone = (await ports.tenancy.store.district(district))?.timeZone ?? 'UTC';
  const days = dueReminder(certification, timeZone, now);
  const others = await ports.store.certificationsFor(district, reviewer, achievementVersion);
  const renewed = others.some((one) => one.until > until && holdsAt(one, now));
  if (days !== undefined && !renewed) await tell({ certification, days });
  const effectDue = nextReminder(certification, timeZone, now) ?? null;
  await update(
    ports.store.certifications,
    district,
    id,
    (kept) => (kept.state !== state || kept.effectDue === effectDue ? undefined : { ...kept, effectDue }),
    'certification',
  );
}

/** When the first reminder of a certification's end is due; null when it ends too soon for one. */
export async function firstReminder(
  ports: Pick<CalibrationPorts, 'clock' | 'tenancy'>,
  term: Pick<Certification, 'district' | 'from' | 'until'>,
): Promise<string | null> {
  const district = await ports.tenancy.store.district(term.district);
  return nextReminder(term, district?.timeZone ?? 'UTC', ports.clock.now()) ?? null;
}
