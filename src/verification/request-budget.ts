import type { Stopwatch } from '../kernel/index.js';
import { JudgingEnded, type Judge } from './judge.js';

/** What one request is given, however much was handed in with it. What of it was not judged by then could not be checked. */
export const requestLimits = {
  /** On the clock, from the moment at which it was handed in. */
  wholeSeconds: 20,
  /** For other hosts to answer: less than the whole, so that what is late by then is still judged without. */
  lookUpSeconds: 15,
  /** For judging, the waiting for a thread included. */
  judgingSeconds: 10,
} as const;

/** When the time for looking things up is over. */
export interface Deadline {
  isOver(): boolean;
  readonly over: Promise<void>;
}

export interface RequestBudget {
  readonly lookUps: Deadline;
  /** The judge as this request may use it: throws `JudgingEnded` without judging once the request has had its share. */
  bound(judge: Judge): Judge;
  /** When the report is given. */
  end(): void;
}

/**
 * What one request may spend from now. One credential in it that used up its own clock or memory (a worker thread,
 * for others) has spent it all: what else was handed in with it is not judged.
 */
export function requestBudget(stopwatch: Stopwatch): RequestBudget {
  const began = stopwatch.seconds();
  const past = (seconds: number) => stopwatch.seconds() - began >= seconds;
  let judging = 0;
  let isSlow = false;
  let strike: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    strike = resolve;
  });
  const callOff = stopwatch.after(requestLimits.lookUpSeconds, strike);

  const spending = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    if (isSlow) throw new JudgingEnded({ kind: 'request-slow' });
    if (judging >= requestLimits.judgingSeconds)
      throw new JudgingEnded({ kind: 'request-judging', seconds: requestLimits.judgingSeconds });
    if (past(requestLimits.wholeSeconds))
      throw new JudgingEnded({ kind: 'request-time', seconds: requestLimits.wholeSeconds });
    const since = stopwatch.seconds();
    try {
      return await work();
    } catch (error) {
      if (error instanceof JudgingEnded && ['time', 'memory'].includes(error.usedUp.kind)) isSlow = true;
      throw error;
    } finally {
      judging += stopwatch.seconds() - since;
    }
  };
  return {
    lookUps: { isOver: () => past(requestLimits.lookUpSeconds), over },
    bound: (judge) => ({
      read: (bytes, limits) => spending(() => judge.read(bytes, limits)),
      judge: (credential, grounds) => spending(() => judge.judge(credential, grounds)),
    }),
    end: callOff,
  };
}
