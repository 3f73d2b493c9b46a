/** One criterion rating of one rater. Ids are opaque; `level` is a level number of the criterion. */
export interface FacetsRating {
  readonly submission: string;
  readonly rater: string;
  readonly criterion: string;
  readonly level: number;
}

/** A criterion with the level numbers that the rubric declares, whole numbers from `lowest` to `highest`. */
export interface FacetsCriterion {
  readonly id: string;
  readonly lowest: number;
  readonly highest: number;
}

/** Ratings by design: what nobody rated is simply not there. */
export interface FacetsData {
  readonly criteria: readonly FacetsCriterion[];
  readonly ratings: readonly FacetsRating[];
}

/** Why severities cannot be told. */
export type FacetsReason = 'too-few-raters' | 'not-linked' | 'no-variation' | 'not-converged';

export interface FacetsUndefined {
  readonly kind: 'undefined';
  readonly reason: FacetsReason;
  /** In plain words, with what would help. */
  readonly detail: string;
}

export const facetsUndefined = (reason: FacetsReason, detail: string): FacetsUndefined => ({
  kind: 'undefined',
  reason,
  detail,
});

/**
 * Refuses data that say nothing sure: an unknown criterion, a level that the criterion has not, one rater's second
 * rating of the same criterion of the same submission.
 * @throws Error that names the rating.
 */
export function checkFacetsData({ criteria, ratings }: FacetsData): void {
  const declared = new Map(criteria.map((criterion) => [criterion.id, criterion]));
  for (const { id, lowest, highest } of criteria) {
    if (!Number.isInteger(lowest) || !Number.isInteger(highest) || highest <= lowest)
      throw new Error(`criterion "${id}" needs whole level numbers with highest above lowest`);
  }
  if (declared.size !== criteria.length) throw new Error('a criterion is declared twice');
  const seen = new Set<string>();
  for (const { submission, rater, criterion, level } of ratings) {
    const about = `rater "${rater}" on criterion "${criterion}" of submission "${submission}"`;
    const scale = declared.get(criterion);
    if (scale === undefined) throw new Error(`${about}: the criterion is not declared`);
    if (!Number.isInteger(level) || level < scale.lowest || level > scale.highest)
      throw new Error(`${about}: level ${level} is none of ${scale.lowest} to ${scale.highest}`);
    const key = JSON.stringify([submission, rater, criterion]);
    if (seen.has(key)) throw new Error(`${about}: rated twice; leave the superseded rating out`);
    seen.add(key);
  }
}
