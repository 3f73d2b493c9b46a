import {
  checkFacetsData,
  facetsUndefined,
  type FacetsData,
  type FacetsRating,
  type FacetsUndefined,
} from './facets-data.js';
import { linkedParts } from './linkage.js';

/**
 * How the distances between levels are modelled: one set of steps for all criteria (rating scale, Andrich 1978), or
 * one for each criterion (partial credit, Masters 1982). Criteria with unequal level counts need `partial-credit`.
 */
export type StepModel = 'rating-scale' | 'partial-credit';

/** One set of steps, with the categories (from 0) that occur. The first and the last of them carry no parameter. */
export interface Scale {
  /** Categories 0 to `highest`. */
  readonly highest: number;
  /** Whether category k occurs in the data; one that does not gets no probability. */
  readonly used: readonly boolean[];
  /** Number of the threshold parameter of category k, or -1. */
  readonly threshold: Int32Array;
}

/** Left out because every rating lies at one end: the maximum of the likelihood is at plus or minus infinity. */
export interface Extreme {
  readonly facet: 'rater' | 'criterion';
  readonly id: string;
  readonly at: 'lowest' | 'highest';
}

/** Ratings as numbers, sorted by submission, rater and criterion, so that their order in the input changes nothing. */
export interface FacetsDesign {
  readonly raters: readonly string[];
  readonly criteria: readonly string[];
  readonly submissions: readonly string[];
  /** The ratings of submission i are `first[i]` to below `first[i + 1]`. */
  readonly first: Int32Array;
  readonly category: Int32Array;
  /** A cell is a rater with a criterion: number of the cell of each rating. */
  readonly cell: Int32Array;
  readonly cellRater: Int32Array;
  readonly cellCriterion: Int32Array;
  readonly scales: readonly Scale[];
  readonly scaleOf: Int32Array;
  readonly thresholds: number;
  readonly extremes: readonly Extreme[];
}

/**
 * The design of these ratings, or why severities cannot be told from them: fewer than `fewestRaters` raters, raters
 * whom no chain of common submissions (or criteria) links, or no variation.
 * @throws Error for data that `checkFacetsData` refuses, and for unequal level counts with `rating-scale`.
 */
export function facetsDesign(
  data: FacetsData,
  steps: StepModel,
  fewestRaters = 2,
): FacetsDesign | FacetsUndefined {
  checkFacetsData(data);
  const declared = new Map(data.criteria.map((criterion) => [criterion.id, criterion]));
  const highestOf = (criterion: string) => {
    const { lowest, highest } = declared.get(criterion)!;
    return highest - lowest;
  };
  const counts = new Set(data.criteria.map(({ id }) => highestOf(id)));
  if (steps === 'rating-scale' && counts.size > 1)
    throw new Error('criteria with unequal numbers of levels have no common steps: use "partial-credit"');
  const scaleOf = (criterion: string) => (steps === 'rating-scale' ? '' : criterion);
  const categoryOf = ({ criterion, level }: FacetsRating) => level - declared.get(criterion)!.lowest;

  const extremes: Extreme[] = [];
  let ratings = [...data.ratings].sort(
    (a, b) =>
      compare(a.submission, b.submission) || compare(a.rater, b.rater) || compare(a.criterion, b.criterion),
  );
  let used = usedCategories(ratings, categoryOf, scaleOf);
  for (;;) {
    const found = extremesOf(ratings, categoryOf, scaleOf, used);
    if (found.length === 0) break;
    extremes.push(...found);
    const gone = new Set(found.map(({ facet, id }) => `${facet} ${id}`));
    ratings = ratings.filter(
      ({ rater, criterion }) => !gone.has(`rater ${rater}`) && !gone.has(`criterion ${criterion}`),
    );
    used = usedCategories(ratings, categoryOf, scaleOf);
  }
  const raters = sorted(ratings.map(({ rater }) => rater));
  const criteria = sorted(ratings.map(({ criterion }) => criterion));
  if (data.ratings.length > 0 && ratings.length === 0)
    return facetsUndefined('no-variation', 'Every rating lies at one end of the scale.');
  if (raters.length < fewestRaters)
    return facetsUndefined(
      'too-few-raters',
      `Severity is told by comparison; ${raters.length} rater(s) with ratings that vary, ${fewestRaters} are needed.`,
    );
  const unlinked = unlinkedReason(ratings);
  if (unlinked !== undefined) return facetsUndefined('not-linked', unlinked);

  const scaleNames = sorted(criteria.map(scaleOf));
  let thresholds = 0;
  const scales = scaleNames.map((name): Scale => {
    const highest = highestOf(name === '' ? criteria[0]! : name);
    const occurring = used.get(name)!;
    const flags = Array.from({ length: highest + 1 }, (_, category) => occurring.has(category));
    const [low, high] = [flags.indexOf(true), flags.lastIndexOf(true)];
    const threshold = Int32Array.from(flags, (is, category) =>
      is && category > low && category < high ? thresholds++ : -1,
    );
    return { highest, used: flags, threshold };
  });
  const submissions = sorted(ratings.map(({ submission }) => submission));
  const cells = sorted(ratings.map((rating) => cellKey(rating)));
  const [raterAt, criterionAt, cellAt] = [positions(raters), positions(criteria), positions(cells)];
  const first = new Int32Array(submissions.length + 1);
  const submissionAt = positions(submissions);
  for (const { submission } of ratings) first[submissionAt.get(submission)! + 1]! += 1;
  for (let i = 0; i < submissions.length; i += 1) first[i + 1]! += first[i]!;
  const pairs = cells.map((key) => JSON.parse(key) as [string, string]);
  return {
    raters,
    criteria,
    submissions,
    first,
    category: Int32Array.from(ratings, categoryOf),
    cell: Int32Array.from(ratings, (rating) => cellAt.get(cellKey(rating))!),
    cellRater: Int32Array.from(pairs, ([rater]) => raterAt.get(rater)!),
    cellCriterion: Int32Array.from(pairs, ([, criterion]) => criterionAt.get(criterion)!),
    scales,
    scaleOf: Int32Array.from(criteria, (criterion) => scaleNames.indexOf(scaleOf(criterion))),
    thresholds,
    extremes,
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = (ids: readonly string[]) => [...new Set(ids)].sort(compare);
const positions = (ids: readonly string[]) => new Map(ids.map((id, index) => [id, index]));
const cellKey = ({ rater, criterion }: FacetsRating) => JSON.stringify([rater, criterion]);

function usedCategories(
  ratings: readonly FacetsRating[],
  categoryOf: (rating: FacetsRating) => number,
  scaleOf: (criterion: string) => string,
): Map<string, Set<number>> {
  const used = new Map<string, Set<number>>();
  for (const rating of ratings) {
    const scale = scaleOf(rating.criterion);
    const categories = used.get(scale) ?? new Set();
    used.set(scale, categories.add(categoryOf(rating)));
  }
  return used;
}

/** Raters and criteria all of whose ratings lie at the same end of what occurs on the scale. */
function extremesOf(
  ratings: readonly FacetsRating[],
  categoryOf: (rating: FacetsRating) => number,
  scaleOf: (criterion: string) => string,
  used: ReadonlyMap<string, ReadonlySet<number>>,
): Extreme[] {
  const ends = new Map(
    [...used].map(([scale, categories]) => [
      scale,
      [Math.min(...categories), Math.max(...categories)] as const,
    ]),
  );
  const found: Extreme[] = [];
  for (const facet of ['rater', 'criterion'] as const) {
    const atLow = new Map<string, boolean>();
    const atHigh = new Map<string, boolean>();
    for (const rating of ratings) {
      const [low, high] = ends.get(scaleOf(rating.criterion))!;
      const category = categoryOf(rating);
      atLow.set(rating[facet], (atLow.get(rating[facet]) ?? true) && category === low);
      atHigh.set(rating[facet], (atHigh.get(rating[facet]) ?? true) && category === high);
    }
    for (const [id, low] of atLow) {
      if (low) found.push({ facet, id, at: 'lowest' });
      else if (atHigh.get(id)!) found.push({ facet, id, at: 'highest' });
    }
  }
  return found;
}

function unlinkedReason(ratings: readonly FacetsRating[]): string | undefined {
  const bySubmission = linkedParts(ratings.map(({ rater, submission }) => [rater, submission]));
  const byCriterion = linkedParts(ratings.map(({ rater, criterion }) => [rater, criterion]));
  const [parts, by] = bySubmission.length > 1 ? [bySubmission, 'submission'] : [byCriterion, 'criterion'];
  if (parts.length < 2) return undefined;
  const sizes = parts.map((part) => part.length).join(', ');
  return (
    `No chain of common ${by === 'submission' ? 'submissions' : 'criteria'} links all raters: they fall into ` +
    `${parts.length} groups (of ${sizes}) that cannot be compared. A ${by} that raters of each group rate links them.`
  );
}
