import { AppError } from './errors.js';
import { toInstant, type Instant } from './clock.js';

/** The day, `2026-11-20`, that an instant falls on in a time zone. */
export function dayIn(instant: Instant, timeZone: string): string {
  return wallTime(Date.parse(instant), timeZone).slice(0, 10);
}

/**
 * The instant at which a day begins in a time zone, as a form gives it; `after` days later when given.
 * @throws rule-violated at `pointer` when it is no day of the calendar.
 */
export function startOfDay(day: string, timeZone: string, pointer: string, after = 0): Instant {
  return momentOf(day, '00:00', timeZone, { day: pointer, time: pointer }, after);
}

/**
 * The instant at which the clocks of a time zone show `time`, `09:30`, on a day, as a form gives them.
 * @throws rule-violated at the pointer of the one that is wrong, or at both.
 */
export function momentOf(
  day: string,
  time: string,
  timeZone: string,
  pointers: { readonly day: string; readonly time: string },
  after = 0,
): Instant {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  const isDay = !Number.isNaN(midnight) && toInstant(midnight).slice(0, 10) === day;
  const clock = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!isDay || clock === null) {
    const errors = [
      ...(isDay
        ? []
        : [{ pointer: pointers.day, detail: 'must be a day of the calendar, such as 2026-11-20' }]),
      ...(clock === null
        ? [{ pointer: pointers.time, detail: 'must be a time of day from 00:00 to 23:59, such as 09:30' }]
        : []),
    ];
    throw new AppError('rule-violated', errors.map(({ detail }) => detail).join('; '), { errors });
  }
  const wanted = midnight + after * 86_400_000 + (Number(clock[1]) * 60 + Number(clock[2])) * 60_000;
  // The zone's distance from UTC is that of the moment sought: the first guess may lie on the other side of a change.
  const guess = wanted - distance(wanted, timeZone);
  return toInstant(wanted - distance(guess, timeZone));
}

/** How far the clocks of the zone are ahead of UTC at a moment, in milliseconds. */
function distance(millis: number, timeZone: string): number {
  return Date.parse(`${wallTime(millis, timeZone)}Z`) - Math.floor(millis / 1000) * 1000;
}

function wallTime(millis: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(millis);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`;
}
