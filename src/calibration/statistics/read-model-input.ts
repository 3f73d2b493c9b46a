import type { FacetsData, FacetsRating } from '../facets/facets-data.js';
import { fault, number, object, rowsOf } from './read-input.js';

type Given = { readonly [member: string]: unknown };

const submissionNames = ['submission', 'item', 'person', 'pid', 'unit'];
const raterNames = ['rater', 'reviewer', 'judge'];
const criterionNames = ['criterion'];
const ratingNames = ['rating', 'level', 'score'];

/**
 * Ratings for many-facet Rasch: rows (objects, or lists under `columns`) with a submission and a rater; then either a
 * column for each criterion, or columns `criterion` and `rating`. `levels` declares the level numbers, lowest first;
 * else they are those from the lowest to the highest that occur. null is a rating that is missing. Without a column of
 * raters all ratings are of one rater.
 */
export function readFacets(input: unknown): FacetsData {
  const given = object(input, 'input');
  if (typeof given['rows'] === 'string')
    throw fault(
      'input.rows',
      'is a text, and no case of the file before it has rows of ratings to stand for',
    );
  const rows = rowsOf(given);
  const names = Object.keys(rows[0]!);
  const submission = columnOf(names, submissionNames);
  const rater = columnOf(names, raterNames);
  if (submission === undefined)
    throw fault('input.rows', `needs a column "submission"; it has ${names.join(', ')}`);
  const criterion = columnOf(names, criterionNames);
  const rating = criterion === undefined ? undefined : columnOf(names, ratingNames);
  const columns =
    rating === undefined ? names.filter((name) => name !== submission && name !== rater) : [rating];
  const ratings: FacetsRating[] = [];
  rows.forEach((row, index) => {
    for (const column of columns) {
      const level = row[column];
      if (level === null || level === undefined) continue;
      ratings.push({
        submission: String(row[submission]),
        rater: rater === undefined ? '' : String(row[rater]),
        criterion: rating === undefined ? column : String(row[criterion!]),
        level: number(level, `input.rows[${index}].${column}`),
      });
    }
  });
  return withLevels(ratings, given);
}

/** A table of persons by items for the models without raters: `personsByItems`, `itemsByRaters`, or `rows` of lists. */
export function readPersonsByItems(input: unknown): FacetsData {
  const given = object(input, 'input');
  const table = given['personsByItems'] ?? given['itemsByRaters'] ?? given['rows'];
  if (!Array.isArray(table) || table.length === 0 || !table.every((row) => Array.isArray(row)))
    throw fault('input', 'needs personsByItems: a list of levels for each person');
  const names = Array.isArray(given['columns']) ? given['columns'].map(String) : undefined;
  const ratings = (table as unknown[][]).flatMap((row, person) =>
    row.flatMap((level, item): FacetsRating[] =>
      level === null
        ? []
        : [
            {
              submission: String(person),
              rater: '',
              criterion: names?.[item] ?? `I${item + 1}`,
              level: number(level, `input.personsByItems[${person}][${item}]`),
            },
          ],
    ),
  );
  return withLevels(ratings, given);
}

function withLevels(ratings: readonly FacetsRating[], given: Given): FacetsData {
  const declared = given['levels'] ?? given['categories'];
  const occurring = ratings.map(({ level }) => level);
  const levels =
    declared === undefined
      ? occurring
      : Array.isArray(declared)
        ? declared.map((level, index) => number(level, `input.levels[${index}]`))
        : undefined;
  if (levels === undefined || levels.length === 0)
    throw fault('input.levels', 'must be a list of level numbers, lowest first');
  const lowest = levels.reduce((a, b) => Math.min(a, b), Infinity);
  const highest = levels.reduce((a, b) => Math.max(a, b), -Infinity);
  if (highest <= lowest) throw fault('input.levels', 'must hold two levels at least');
  return {
    criteria: [...new Set(ratings.map(({ criterion }) => criterion))].map((id) => ({ id, lowest, highest })),
    ratings,
  };
}

/** Values by group: rows of two columns, a group and a number, whatever they are called. */
export function readGroups(input: unknown): (readonly [group: string, value: number])[] {
  const rows = rowsOf(object(input, 'input'));
  const names = Object.keys(rows[0]!);
  if (names.length !== 2)
    throw fault('input.rows', `needs two columns, a group and a number; it has ${names.join(', ')}`);
  // The second is the value, unless only the first is a number.
  const value = typeof rows[0]![names[1]!] === 'number' ? 1 : 0;
  return rows.map((row, index) => [
    String(row[names[1 - value]!]),
    number(row[names[value]!], `input.rows[${index}].${names[value]}`),
  ]);
}

/** The column of a table that goes by one of these names, in any case. */
export function columnOf(names: readonly string[], known: readonly string[]): string | undefined {
  return names.find((name) => known.includes(name.toLowerCase()));
}

/** Ids as people count: numbers by size, before texts by letters. */
export function inOrder(ids: Iterable<string>): string[] {
  return [...new Set(ids)].sort((a, b) => {
    const [x, y] = [Number(a), Number(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return a < b ? -1 : 1;
    return x - y;
  });
}
