import type { Instant } from '../../kernel/index.js';

/** `20 November 2026` in the time zone, in the language. */
export function dateIn(instant: Instant, timeZone: string, language = 'en'): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeZone,
  }).format(new Date(instant));
}

/** `20 Nov 2026, 03:00 CST`: with the zone's name as it was at that moment. */
export function momentIn(instant: Instant, timeZone: string, language = 'en'): string {
  const date = new Date(instant);
  const locale = language === 'en' ? 'en-GB' : language;
  const text = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    date,
  );
  return `${text} ${zoneName(date, timeZone, language)}`;
}

/** `10:42 CST`: for a moment of the day that it is read on. */
export function clockIn(instant: Instant, timeZone: string, language = 'en'): string {
  const date = new Date(instant);
  const locale = language === 'en' ? 'en-GB' : language;
  const text = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(date);
  return `${text} ${zoneName(date, timeZone, language)}`;
}

function zoneName(date: Date, timeZone: string, language: string): string {
  // American English abbreviates American zones ("CST"), where other locales print an offset.
  const locale = language === 'en' ? 'en-US' : language;
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(date);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

/** An instant for people, in a named time zone; the exact one stands in `datetime`. `kind` is `date` when left out; `clock` is for the day that it is read on. */
export function DateText(props: {
  readonly instant: Instant;
  readonly timeZone: string;
  readonly kind?: 'date' | 'moment' | 'clock';
  readonly language?: string;
}) {
  const { instant, timeZone, kind = 'date', language = 'en' } = props;
  return (
    <time dateTime={instant} title={`${instant} (${timeZone})`}>
      {inWords(kind, instant, timeZone, language)}
    </time>
  );
}

function inWords(kind: 'date' | 'moment' | 'clock', instant: Instant, timeZone: string, language: string) {
  switch (kind) {
    case 'clock':
      return clockIn(instant, timeZone, language);
    case 'moment':
      return momentIn(instant, timeZone, language);
    case 'date':
      return `${dateIn(instant, timeZone, language)} (${zoneName(new Date(instant), timeZone, language)})`;
  }
}
