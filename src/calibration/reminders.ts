import { dayIn, momentOf, type Instant } from '../kernel/index.js';

/** So many days before something ends, whoever it concerns is told, once each. */
export const reminderDays = [30, 7] as const;
export type ReminderDays = (typeof reminderDays)[number];

/** What ends at `until`, and was begun at `from`. */
interface Term {
  readonly from: Instant;
  readonly until: Instant;
}

/** Seven in the morning of the day in the district's time zone; those at or before the beginning are none. */
function moments({ from, until }: Term, timeZone: string) {
  const day = dayIn(until, timeZone);
  const at = (days: ReminderDays) =>
    momentOf(day, '07:00', timeZone, { day: '/until', time: '/until' }, -days);
  return reminderDays.map((days) => ({ days, at: at(days) })).filter((one) => one.at > from);
}

/** When the next reminder of this end is due after `now`; undefined when none is left. */
export function nextReminder(term: Term, timeZone: string, now: Instant): Instant | undefined {
  return moments(term, timeZone).find(({ at }) => at > now)?.at;
}

/** The reminder that holds at `now`: of several that were missed the last alone; undefined before the first, and after the end. */
export function dueReminder(term: Term, timeZone: string, now: Instant): ReminderDays | undefined {
  if (now >= term.until) return undefined;
  return moments(term, timeZone).findLast(({ at }) => at <= now)?.days;
}
