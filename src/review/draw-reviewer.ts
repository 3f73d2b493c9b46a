import { seededChance } from '../calibration/index.js';

/** Somebody who may be given work, with what the draw looks at. */
export interface Candidate {
  readonly reviewer: string;
  /** How many assignments are open with them now. */
  readonly load: number;
  /** How often they have rated work of this teacher before; none when left out. */
  readonly met?: number;
  /** How often they have rated the same work as somebody who rates this case already; none when left out. */
  readonly paired?: number;
}

/** Why somebody who has the role was left out of a draw. Only how many is kept, never who. */
export const exclusions = [
  'not-certified',
  'not-declared',
  'took-part',
  'conflict',
  'on-leave',
  'daily-cap',
  'seeds-first',
  'only-if-nobody-else',
] as const;
export type Exclusion = (typeof exclusions)[number];

/**
 * One of the candidates at random, following from the seed alone: the same for anyone who draws again from the record,
 * whatever the order of the candidates. Weighted by load in the extreme: only who has the least is in it, so that loads
 * never differ by more than one among people who are always eligible. Among these, who has met this teacher's work
 * least, so that pairs of reviewer and teacher do not repeat; then who has rated least beside this case's other
 * reviewers, so that pairs of raters rotate and all stay comparable through each other (calibration.md, section 4,
 * "Assignment policy"). Undefined when there is none.
 */
export function drawReviewer(seed: string, candidates: readonly Candidate[]): string | undefined {
  const least = fewest(candidates, ({ load }) => load);
  const strangers = fewest(least, ({ met = 0 }) => met);
  const drawn = fewest(strangers, ({ paired = 0 }) => paired)
    .map(({ reviewer }) => reviewer)
    .sort();
  return drawn.length === 0 ? undefined : drawn[seededChance(seed)(drawn.length)];
}

function fewest(
  candidates: readonly Candidate[],
  of: (candidate: Candidate) => number,
): readonly Candidate[] {
  const least = Math.min(...candidates.map(of));
  return candidates.filter((candidate) => of(candidate) === least);
}
