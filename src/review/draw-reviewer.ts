import { seededChance } from '../calibration/index.js';

/** Somebody who may be given work, with how many assignments are open with them now. */
export interface Candidate {
  readonly reviewer: string;
  readonly load: number;
}

/**
 * One of the candidates with the least load, at random but following from the seed alone: the same for anyone who draws
 * again from the record, whatever the order of the candidates. Loads so never differ by more than one among people who
 * are always eligible. Undefined when there is none.
 */
export function drawReviewer(seed: string, candidates: readonly Candidate[]): string | undefined {
  const least = Math.min(...candidates.map(({ load }) => load));
  const lightest = candidates
    .filter(({ load }) => load === least)
    .map(({ reviewer }) => reviewer)
    .sort();
  return lightest.length === 0 ? undefined : lightest[seededChance(seed)(lightest.length)];
}
