import { AppError } from '../../kernel/index.js';

/** Lets so many do something at once and so many wait for it, the first come first. */
export interface Turns {
  /**
   * Resolves when it is the caller's turn, who calls what it is given when done.
   * @throws unavailable at once when too many wait.
   */
  take(): Promise<() => void>;
  /** Refuses all who wait, and all who come. */
  close(): void;
}

export function turns(limits: { readonly atOnce: number; readonly waiting: number }): Turns {
  const waiting: { readonly begin: () => void; readonly refuse: (error: AppError) => void }[] = [];
  let running = 0;
  let closed = false;
  const done = () => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next.begin();
  };
  const once = () => {
    let called = false;
    return () => {
      if (called) return;
      called = true;
      done();
    };
  };
  return {
    take: async () => {
      if (closed) throw stopping();
      if (running < limits.atOnce) {
        running += 1;
        return once();
      }
      if (waiting.length >= limits.waiting) {
        throw new AppError(
          'unavailable',
          'More credentials wait to be checked than can be now; try again in a few seconds.',
        );
      }
      await new Promise<void>((begin, refuse) => waiting.push({ begin, refuse }));
      return once();
    },
    close: () => {
      closed = true;
      for (const { refuse } of waiting.splice(0)) refuse(stopping());
    },
  };
}

/** What a caller is told while the service stops. */
export function stopping(): AppError {
  return new AppError('unavailable', 'The service is stopping; try again in a few seconds.');
}
