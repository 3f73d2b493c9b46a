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
}

/** Judges in this thread, for as long as it takes: for the command line, for what we issue ourselves, and for tests. */
export const inProcessJudge: Judge = { read: readCredential, judge: judgeCredential };

/** The judge inside a worker thread. Its time is bounded from outside, so it also runs what strangers' schemas bring. */
export const boundedJudge: Judge = {
  ...inProcessJudge,
  judge: (credential, grounds) => judgeCredential(credential, grounds, { isTimeBounded: true }),
};

/** What a document used up. */
export type UsedUp = { readonly kind: 'time'; readonly seconds: number } | { readonly kind: 'memory' };

/** Judging was ended from outside: the document took more than one is given. */
export class JudgingEnded extends Error {
  override readonly name = 'JudgingEnded';
  readonly usedUp: UsedUp;

  constructor(usedUp: UsedUp) {
    super(`judging a document used up its ${usedUp.kind}`);
    this.usedUp = usedUp;
  }
}

/** What the report says of it. */
export function endedFinding({ usedUp }: JudgingEnded): Finding {
  return usedUp.kind === 'time'
    ? couldNotCheck('limits.time', { seconds: usedUp.seconds })
    : couldNotCheck('limits.memory');
}

/** The same judge, with a finding in place of `JudgingEnded`: a report can always be given. */
export function alwaysFinding(judge: Judge): Judge {
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

function findingsOfEnded(error: unknown): Findings {
  if (error instanceof JudgingEnded) return { limits: endedFinding(error) };
  throw error;
}
