import { AppError } from '../../kernel/index.js';
import { ratingsByRater, type RatingData } from './rating-data.js';

/** The members of a case's input of which one must be there; docs/agreement-format.md describes each. */
export const inputForms = [
  'rater1',
  'ratersByItems',
  'itemsByRaters',
  'contingency',
  'jointProportions',
  'itemsByCategoryCounts',
  'rows',
] as const;

type Given = { readonly [member: string]: unknown };

/**
 * Ratings out of a case's input, whichever form they have. Categories are those that the input or the parameters
 * declare; where neither does, those that occur.
 * @throws rule-violated naming the member at fault, the rule and the way out.
 */
export function readRatings(input: unknown, params: unknown = {}): RatingData {
  const given = object(input, 'input');
  const declared = declaredCategories(given, object(params ?? {}, 'params'));
  if (given['rater1'] !== undefined || given['rater2'] !== undefined) {
    // The key stands first, so that a difference is the reviewer's from it.
    const rows = [ratingsOf(given['rater1'], 'input.rater1'), ratingsOf(given['rater2'], 'input.rater2')];
    return ratingsByRater(given['rater2Role'] === 'consensus' ? rows.reverse() : rows, declared);
  }
  if (given['ratersByItems'] !== undefined)
    return ratingsByRater(table(given['ratersByItems'], 'input.ratersByItems', ratingsOf), declared);
  if (given['itemsByRaters'] !== undefined)
    return ratingsByRater(
      transposed(table(given['itemsByRaters'], 'input.itemsByRaters', ratingsOf)),
      declared,
    );
  if (given['contingency'] !== undefined) {
    const joint = squareTable(given['contingency'], 'input.contingency');
    return { categories: named(joint.length, declared, 'input.contingency'), joint };
  }
  if (given['jointProportions'] !== undefined) {
    const n = number(given['n'], 'input.n');
    const shares = squareTable(given['jointProportions'], 'input.jointProportions');
    const total = shares.flat().reduce((sum, share) => sum + share, 0);
    if (Math.abs(total - 1) > 1e-6)
      throw fault('input.jointProportions', `adds up to ${total}; the shares of a whole add up to 1`);
    // Shares of whole counts are whole again, but for rounding.
    const counted = (share: number) =>
      Math.abs(share * n - Math.round(share * n)) < 1e-9 * n ? Math.round(share * n) : share * n;
    const joint = shares.map((row) => row.map(counted));
    return { categories: named(joint.length, declared, 'input.jointProportions'), joint };
  }
  if (given['itemsByCategoryCounts'] !== undefined) {
    const counts = table(given['itemsByCategoryCounts'], 'input.itemsByCategoryCounts', countsOf);
    const q = counts[0]?.length ?? 0;
    const odd = counts.findIndex((row) => row.length !== q);
    if (odd >= 0)
      throw fault(
        `input.itemsByCategoryCounts[${odd}]`,
        `has ${counts[odd]!.length} counts and the first item ${q}`,
      );
    return { categories: named(q, declared, 'input.itemsByCategoryCounts'), counts };
  }
  if (given['rows'] !== undefined) return fromRows(given, declared);
  throw fault('input', `has no ratings: give one of ${inputForms.join(', ')}`);
}

/** Names of the column of a long table, the first that is there. */
const columnNames = {
  item: ['item', 'submission', 'unit', 'subject', 'Item', 'Submission'],
  rater: ['rater', 'reviewer', 'judge', 'coder', 'Rater', 'Judge'],
  rating: ['rating', 'level', 'score', 'value', 'Rating', 'Score'],
} as const;

/**
 * A long table: rows with item, rater and rating, as objects or as lists under `columns`. Columns beside item and
 * rater, where none is called a rating, are criteria: each criterion of an item is an item of its own.
 */
function fromRows(given: Given, declared: readonly number[] | undefined): RatingData {
  const rows = rowsOf(given);
  const names = Object.keys(rows[0] ?? {});
  const item = names.find((name) => (columnNames.item as readonly string[]).includes(name));
  const rater = names.find((name) => (columnNames.rater as readonly string[]).includes(name));
  if (item === undefined || rater === undefined)
    throw fault(
      'input.rows',
      `needs a column "item" (or "submission") and a column "rater"; it has ${names.join(', ')}`,
    );
  const rated = names.find((name) => (columnNames.rating as readonly string[]).includes(name));
  const criteria = rated === undefined ? names.filter((name) => name !== item && name !== rater) : [rated];
  const items = new Map<string, number>();
  const raters = new Map<string, number>();
  const placed: { rater: number; item: number; rating: number | null }[] = [];
  rows.forEach((row, index) => {
    for (const criterion of criteria) {
      const key = JSON.stringify([row[item], criterion]);
      if (!items.has(key)) items.set(key, items.size);
      const who = JSON.stringify(row[rater]);
      if (!raters.has(who)) raters.set(who, raters.size);
      const rating = ratingOf(row[criterion] ?? null, `input.rows[${index}].${criterion}`);
      placed.push({ rater: raters.get(who)!, item: items.get(key)!, rating });
    }
  });
  const byRater = Array.from({ length: raters.size }, () => new Array<number | null>(items.size).fill(null));
  for (const one of placed) byRater[one.rater]![one.item] = one.rating;
  return ratingsByRater(byRater, declared);
}

/** The rows of a long table as objects, whether they are or stand under `columns`. */
export function rowsOf(given: Given): readonly Given[] {
  const { rows, columns } = given;
  if (!Array.isArray(rows) || rows.length === 0) throw fault('input.rows', 'must be a list of rows');
  if (columns === undefined) return rows.map((row, index) => object(row, `input.rows[${index}]`));
  if (!Array.isArray(columns) || columns.some((name) => typeof name !== 'string'))
    throw fault('input.columns', 'must be a list of the columns’ names');
  return rows.map((row, index) => {
    if (!Array.isArray(row) || row.length !== columns.length)
      throw fault(`input.rows[${index}]`, `must be a list of ${columns.length} values, one for each column`);
    return Object.fromEntries(columns.map((name, column) => [name as string, row[column] as unknown]));
  });
}

function declaredCategories(given: Given, params: Given): readonly number[] | undefined {
  const at = given['categories'] !== undefined ? 'input.categories' : 'params.categories';
  const declared = given['categories'] ?? params['categories'];
  if (declared === undefined || declared === null) return undefined;
  // As a count it says how many there are, from 1.
  if (typeof declared === 'number' && Number.isInteger(declared) && declared > 0)
    return Array.from({ length: declared }, (_category, index) => index + 1);
  if (!Array.isArray(declared) || declared.length === 0)
    throw fault(at, 'must be a list of numbers, lowest first');
  const categories = declared.map((category, index) => number(category, `${at}[${index}]`));
  if (categories.some((category, index) => index > 0 && category <= categories[index - 1]!))
    throw fault(at, 'must rise from each to the next');
  return categories;
}

function named(q: number, declared: readonly number[] | undefined, at: string): readonly number[] {
  if (declared === undefined) return Array.from({ length: q }, (_category, index) => index + 1);
  if (declared.length !== q)
    throw fault(
      at,
      `has ${q} categories and ${declared.length} are declared; give a row and a column for each`,
    );
  return declared;
}

function ratingsOf(value: unknown, at: string): (number | null)[] {
  if (!Array.isArray(value)) throw fault(at, 'must be a list of ratings, null where one is missing');
  return value.map((rating, index) => ratingOf(rating, `${at}[${index}]`));
}

function ratingOf(value: unknown, at: string): number | null {
  return value === null ? null : number(value, at);
}

function countsOf(value: unknown, at: string): number[] {
  if (!Array.isArray(value)) throw fault(at, 'must be a list of counts');
  return value.map((count, index) => {
    const read = number(count, `${at}[${index}]`);
    if (read < 0) throw fault(`${at}[${index}]`, `is ${read}; a count is 0 or more`);
    return read;
  });
}

function squareTable(value: unknown, at: string): number[][] {
  const rows = table(value, at, countsOf);
  const odd = rows.findIndex((row) => row.length !== rows.length);
  if (odd >= 0)
    throw fault(
      `${at}[${odd}]`,
      `has ${rows[odd]!.length} cells; a table of ${rows.length} rows has as many columns`,
    );
  return rows;
}

function table<T>(value: unknown, at: string, row: (value: unknown, at: string) => T[]): T[][] {
  if (!Array.isArray(value) || value.length === 0) throw fault(at, 'must be a list of rows');
  return value.map((one, index) => row(one, `${at}[${index}]`));
}

function transposed<T>(rows: readonly (readonly T[])[]): T[][] {
  const width = rows[0]?.length ?? 0;
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd >= 0)
    throw fault(
      `input.itemsByRaters[${odd}]`,
      `has ${rows[odd]!.length} ratings and the first item ${width}`,
    );
  return Array.from({ length: width }, (_column, rater) => rows.map((row) => row[rater]!));
}

/** @throws rule-violated when it is not an object. */
export function object(value: unknown, at: string): Given {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw fault(at, 'must be an object');
  return value as Given;
}

/** @throws rule-violated when it is no finite number. */
export function number(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw fault(at, 'must be a number');
  return value;
}

/** An error that names a member and what is wrong with it. */
export function fault(at: string, what: string): AppError {
  return new AppError('rule-violated', `${at} ${what}.`);
}
