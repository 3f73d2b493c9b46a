/** A moment as UTC ISO 8601 in whole seconds, `2026-11-20T09:00:00Z`: sorts as text, signs as it stands. */
export type Instant = string;

/** Where every room gets the time from; nothing else in `src/` reads the machine's clock. */
export interface Clock {
  /** Now, truncated to the second. */
  now(): Instant;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => toInstant(Date.now()) };

/** Time as it is spent, whatever the date: for how long something may take. */
export interface Stopwatch {
  /** Seconds since some moment; never fewer than before. */
  seconds(): number;
  /** Calls `then` once, that many seconds from now; what it gives calls it off. */
  after(seconds: number, then: () => void): () => void;
}

/** The machine's. */
export const systemStopwatch: Stopwatch = {
  seconds: () => Number(process.hrtime.bigint()) / 1e9,
  after: (seconds, then) => {
    const timer = setTimeout(then, seconds * 1000);
    return () => clearTimeout(timer);
  },
};

/** A clock that stands still until it is moved: for tests and the demo. */
export function settableClock(start: Instant): Clock & { advance(seconds: number): void } {
  let millis = Date.parse(start);
  return {
    now: () => toInstant(millis),
    advance: (seconds) => {
      millis += seconds * 1000;
    },
  };
}

/** A clock that runs as `base` does, `offset` seconds ahead, and can be moved further ahead. */
export function shiftableClock(base: Clock): Clock & { advance(seconds: number): void } {
  let offset = 0;
  return {
    now: () => plusSeconds(base.now(), offset),
    advance: (seconds) => {
      offset += seconds;
    },
  };
}

/** The instant of `millis` since 1970, truncated to the second. */
export function toInstant(millis: number): Instant {
  return `${new Date(millis).toISOString().slice(0, 19)}Z`;
}

/** `instant` moved by `seconds`, which may be negative. */
export function plusSeconds(instant: Instant, seconds: number): Instant {
  return toInstant(Date.parse(instant) + seconds * 1000);
}

/** `instant` moved by whole days of 86,400 seconds. */
export function plusDays(instant: Instant, days: number): Instant {
  return plusSeconds(instant, days * 86_400);
}
