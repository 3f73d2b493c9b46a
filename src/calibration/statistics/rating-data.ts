import { AppError } from '../../kernel/index.js';

/**
 * Ratings in the one form that all statistics take. Which members are there depends on what was known: who gave which
 * rating (`byRater`), how two raters' ratings met (`joint`), or only how often each item got each category.
 */
export interface RatingData {
  /** What the rubric declares, lowest first, used or not; where nothing was declared, what occurs. */
  readonly categories: readonly number[];
  /** A row for each rater, a place for each item; null where one is missing. */
  readonly byRater?: readonly (readonly (number | null)[])[];
  /** `joint[a][b]`: how many items got category a from the first rater and b from the second. */
  readonly joint?: readonly (readonly number[])[];
  /** A row for each item: how many raters gave it each category. */
  readonly counts?: readonly (readonly number[])[];
}

/** Items with the same counts, and how many (or which share) they are. */
export interface Pattern {
  readonly counts: readonly number[];
  readonly weight: number;
}

/** The ratings of two raters on the same items, in the same order; null where one is missing. */
export interface TwoRaters {
  readonly first: readonly (number | null)[];
  readonly second: readonly (number | null)[];
  /** Every category that the rubric declares, lowest first: never taken from the data. */
  readonly categories: readonly number[];
}

/** @throws Error when the two have not as many ratings, or one is none of the categories. */
export function ofTwoRaters({ first, second, categories }: TwoRaters): RatingData {
  return ratingsByRater([first, second], categories);
}

/**
 * Ratings, a row for each rater.
 * @throws rule-violated for rows of unequal length, or a rating outside the declared categories, naming rater and item.
 */
export function ratingsByRater(
  byRater: readonly (readonly (number | null)[])[],
  declared?: readonly number[],
): RatingData {
  const items = byRater[0]?.length ?? 0;
  byRater.forEach((row, rater) => {
    if (row.length !== items)
      throw new AppError(
        'rule-violated',
        `Rater ${rater + 1} has ${row.length} ratings and rater 1 has ${items}; give each as many, null where one is missing.`,
      );
  });
  const categories = declared ?? observed(byRater);
  const known = new Set(categories);
  byRater.forEach((row, rater) =>
    row.forEach((rating, item) => {
      if (rating !== null && !known.has(rating))
        throw new AppError(
          'rule-violated',
          `Rater ${rater + 1} gave item ${item + 1} the rating ${rating}, which is none of the declared categories ${categories.join(', ')}.`,
        );
    }),
  );
  return { categories, byRater };
}

function observed(byRater: readonly (readonly (number | null)[])[]): number[] {
  const seen = new Set<number>();
  for (const row of byRater) for (const rating of row) if (rating !== null) seen.add(rating);
  return [...seen].sort((a, b) => a - b);
}

/** How many raters there are; 0 where only counts are known and items have unequal numbers of ratings. */
export function ratersOf(data: RatingData): number {
  if (data.byRater !== undefined) return data.byRater.length;
  if (data.joint !== undefined) return 2;
  return Math.max(0, ...(data.counts ?? []).map(sum));
}

const joints = new WeakMap<RatingData, readonly (readonly number[])[]>();
const patterns = new WeakMap<RatingData, readonly Pattern[]>();

/**
 * The table of two raters, pairs with a missing rating left out. Undefined for more or fewer raters, or where it is not
 * known who gave what. Made once for each data object, so that many statistics cost one pass.
 */
export function jointOf(data: RatingData): readonly (readonly number[])[] | undefined {
  const kept = data.joint ?? joints.get(data);
  if (kept !== undefined) return kept;
  const [first, second] = data.byRater ?? [];
  if (first === undefined || second === undefined || data.byRater!.length !== 2) return undefined;
  const position = positions(data);
  const table = data.categories.map(() => new Array<number>(data.categories.length).fill(0));
  for (let item = 0; item < first.length; item += 1) {
    const a = first[item];
    const b = second[item];
    if (a === null || a === undefined || b === null || b === undefined) continue;
    table[position.get(a)!]![position.get(b)!]! += 1;
  }
  joints.set(data, table);
  return table;
}

/** Every item as how often it got each category, equal ones together. */
export function patternsOf(data: RatingData): readonly Pattern[] {
  const kept = patterns.get(data);
  if (kept !== undefined) return kept;
  const made = makePatterns(data);
  patterns.set(data, made);
  return made;
}

function makePatterns(data: RatingData): readonly Pattern[] {
  const q = data.categories.length;
  const joint = data.byRater?.length === 2 && hasMissing(data.byRater) ? undefined : jointOf(data);
  if (joint !== undefined) {
    return joint.flatMap((row, a) =>
      row.flatMap((weight, b) => {
        if (weight === 0) return [];
        const counts = new Array<number>(q).fill(0);
        counts[a]! += 1;
        counts[b]! += 1;
        return [{ counts, weight }];
      }),
    );
  }
  const together = new Map<string, { counts: number[]; weight: number }>();
  for (const counts of data.counts ?? countsByItem(data)) {
    const key = counts.join();
    const pattern = together.get(key);
    if (pattern === undefined) together.set(key, { counts: [...counts], weight: 1 });
    else pattern.weight += 1;
  }
  return [...together.values()];
}

function countsByItem(data: RatingData): number[][] {
  const position = positions(data);
  const items = data.byRater?.[0]?.length ?? 0;
  const counts = Array.from({ length: items }, () => new Array<number>(data.categories.length).fill(0));
  for (const row of data.byRater ?? []) {
    row.forEach((rating, item) => {
      if (rating !== null) counts[item]![position.get(rating)!]! += 1;
    });
  }
  return counts;
}

/** Complete pairs of two raters as values, each with how many such pairs there are. */
export function weightedPairs(
  data: RatingData,
): readonly { readonly first: number; readonly second: number; readonly weight: number }[] | undefined {
  return jointOf(data)?.flatMap((row, a) =>
    row.flatMap((weight, b) =>
      weight === 0 ? [] : [{ first: data.categories[a]!, second: data.categories[b]!, weight }],
    ),
  );
}

/** Raters' rows without the items that nobody rated; undefined where a rating is missing among the others. */
export function completeRows({ byRater }: RatingData): readonly (readonly number[])[] | undefined {
  const items = (byRater?.[0] ?? []).map((_rating, item) => byRater!.map((row) => row[item]!));
  const rated = items.filter((ratings) => ratings.some((rating) => rating !== null));
  if (hasMissing(rated)) return undefined;
  return byRater?.map((_row, rater) => rated.map((ratings) => ratings[rater]!)) as number[][] | undefined;
}

function hasMissing(rows: readonly (readonly (number | null)[])[]): boolean {
  return rows.some((row) => row.includes(null));
}

function positions(data: RatingData): ReadonlyMap<number, number> {
  return new Map(data.categories.map((category, index) => [category, index]));
}

/** The sum of numbers. */
export function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
