import { AppError } from '../kernel/index.js';
import { couldNotCheck, type Finding } from './finding.js';
import type { Grounds } from './grounds.js';
import { judgeCredential } from './judge-credential.js';
import { readCredential } from './read-credential.js';
import type { Findings, ReadCredential, Reading, ReadingLimits } from './reading.js';

/**
 * Where foreign documents are parsed and judged. What goes in and comes out is plain data, and nothing is fetched
 * inside, so that it can be a worker thread with a wall clock. An implementation that gives a document up throws
 * `JudgingEnded`.
 */
export interface Judge {
  read(bytes: Uint8Array, limits: ReadingLimits): Promise<Reading>;
  judge(credential: ReadCredential, grounds: Grounds): Promise<Findings>;
  /** The same judge, for what this sender hands in: only where senders take turns, so that none delays the others. */
  readonly forSender?: (sender: string) => Judge;
}

/** Judges in this thread, for as long as it takes: for the command line, for what we issue ourselves, and for tests. */
export const inProcessJudge: Judge = { read: readCredential, judge: judgeCredential };

/** The judge inside a worker thread. Its time is bounded from outside, so it also runs what strangers' schemas bring. */
export const boundedJudge: Judge = {
  ...inProcessJudge,
  judge: (credential, grounds) => judgeCredential(credential, grounds, { isTimeBounded: true }),
};

/**
 * What a document used up; `request-`: not it, but all that was handed in together; `fault`: nothing, judging it met
 * a fault of ours.
 */
export type UsedUp =
  | { readonly kind: 'time'; readonly seconds: number }
  | { readonly kind: 'memory' }
  | { readonly kind: 'fault' }
  | { readonly kind: 'request-slow' }
  | { readonly kind: 'request-judging' | 'request-time'; readonly seconds: number };

/** Judging was ended from outside: the document took more than one is given. */
export class JudgingEnded extends Error {
  override readonly name = 'JudgingEnded';
  readonly usedUp: UsedUp;

  constructor(usedUp: UsedUp, options?: { readonly cause?: unknown }) {
    super(`judging a document ended: ${usedUp.kind}`, options);
    this.usedUp = usedUp;
  }
}

/** What the report says of it. */
export function endedFinding({ usedUp }: JudgingEnded): Finding {
  return couldNotCheck(`limits.${usedUp.kind}`, 'seconds' in usedUp ? { seconds: usedUp.seconds } : {});
}

/**
 * The same judge, with a finding in place of `JudgingEnded` and of any fault that nobody foresaw, which is logged: a
 * report can always be given. Only that we cannot judge now (`unavailable`) is thrown on.
 */
export function alwaysFinding(judge: Judge, log: (event: object) => void = () => undefined): Judge {
  const findingsOfEnded = (error: unknown): Findings => ({ limits: findingOfFault(error, log) });
  return {
    ...judge,
    read: (bytes, limits) =>
      judge.read(bytes, limits).catch((error: unknown) => ({
        findings: findingsOfEnded(error),
        kind: undefined,
        credential: undefined,
        embedded: [],
      })),
    judge: (credential, grounds) => judge.judge(credential, grounds).catch(findingsOfEnded),
  };
}

/** What is said of a document when judging it threw: never good, never bad, and never silence towards ourselves. */
export function findingOfFault(error: unknown, log: (event: object) => void): Finding {
  if (error instanceof JudgingEnded) return endedFinding(error);
  if (error instanceof AppError && error.code === 'unavailable') throw error;
  log({ event: 'judging-failed', error });
  return endedFinding(new JudgingEnded({ kind: 'fault' }));
}
