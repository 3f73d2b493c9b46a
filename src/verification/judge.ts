import { judgeCredential, type Grounds } from './judge-credential.js';
import { readCredential } from './read-credential.js';
import type { Findings, ReadCredential, Reading, ReadingLimits } from './reading.js';

/**
 * Where foreign documents are parsed and judged. What goes in and comes out is plain data, and nothing is fetched
 * inside, so that it can be a worker thread with a wall clock.
 */
export interface Judge {
  read(bytes: Uint8Array, limits: ReadingLimits): Promise<Reading>;
  judge(credential: ReadCredential, grounds: Grounds): Promise<Findings>;
}

/** Judges in this thread. */
export const inProcessJudge: Judge = { read: readCredential, judge: judgeCredential };
