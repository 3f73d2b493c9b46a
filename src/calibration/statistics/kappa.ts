import { defined, undefinedBecause, type About, type Statistic, type UndefinedReason } from '../statistic.js';
import { jointOf, ratersOf, sum, type RatingData } from './rating-data.js';
import { agreementWeights, fromDisagreement, type Weights, type WeightScheme } from './weights.js';

/**
 * Cohen's kappa: (Po - Pe) / (1 - Pe), Pe from the two raters' own margins (Cohen 1960). Undefined for fewer than two
 * pairs and where both always give the same one category (0/0); exactly 0 where one rater never varies.
 */
export function cohenKappa(data: RatingData): Statistic {
  return kappaOf(data, agreementWeights('identity', data.categories.length), 'Cohen’s kappa');
}

/** Cohen's kappa with linear weights (Cohen 1968). */
export function linearWeightedKappa(data: RatingData): Statistic {
  return kappaOf(data, agreementWeights('linear', data.categories.length), 'linear weighted kappa');
}

/**
 * Cohen's kappa with quadratic weights (Cohen 1968), the same as Lin's concordance with moments over n. Does not change
 * with categories that nobody used.
 */
export function quadraticWeightedKappa(data: RatingData): Statistic {
  return kappaOf(data, agreementWeights('quadratic', data.categories.length), 'quadratic weighted kappa');
}

/** Cohen's kappa with a scheme, or with weights of disagreement of one's own (0 on the diagonal; Cohen 1968). */
export function weightedKappa(data: RatingData, weights: WeightScheme | Weights): Statistic {
  return typeof weights === 'string'
    ? kappaOf(data, agreementWeights(weights, data.categories.length), `${weights} weighted kappa`)
    : kappaOf(data, fromDisagreement(weights), 'weighted kappa');
}

/**
 * Scott's pi, weighted or not: as kappa, with both raters' margins taken together (Scott 1955). Fleiss's kappa of two
 * raters.
 */
export function scottPi(data: RatingData, scheme: WeightScheme = 'identity'): Statistic {
  const about = aboutTwo(data, scheme === 'identity' ? 'Scott’s pi' : `${scheme} weighted pi`);
  const table = jointOf(data);
  const missing = missingFor(data, about);
  if (table === undefined || missing !== undefined) return undefinedBecause(missing!, about);
  const { rows, columns } = margins(table);
  const both = rows.map((row, category) => (row + columns[category]!) / 2);
  return chanceCorrected(table, agreementWeights(scheme, both.length), both, both, about);
}

function kappaOf(data: RatingData, weights: Weights, method: string): Statistic {
  const about = aboutTwo(data, method);
  const table = jointOf(data);
  const missing = missingFor(data, about);
  if (table === undefined || missing !== undefined) return undefinedBecause(missing!, about);
  const { rows, columns } = margins(table);
  const kappa = chanceCorrected(table, weights, rows, columns, about);
  return kappa.value === undefined
    ? kappa
    : { ...kappa, standardError: errorOf(table, weights, rows, columns, about.n) };
}

/** By disagreement: 1 - sum((1-w) O) / sum((1-w) E), which keeps a constant rater at exactly 0. */
function chanceCorrected(
  table: readonly (readonly number[])[],
  weights: Weights,
  rows: readonly number[],
  columns: readonly number[],
  about: About,
): Statistic {
  // Counts, not proportions, until the one division: whole numbers stay whole.
  let observed = 0;
  let expected = 0;
  const total = sum(rows);
  table.forEach((row, a) =>
    row.forEach((cell, b) => {
      const apart = 1 - weights[a]![b]!;
      observed += apart * cell;
      expected += apart * rows[a]! * columns[b]!;
    }),
  );
  return expected === 0
    ? undefinedBecause('no-variation', about)
    : defined(1 - (observed * total) / expected, about);
}

/**
 * Asymptotic standard error of a weighted kappa, not under the hypothesis of none (Fleiss, Cohen & Everitt 1969,
 * formula 13).
 */
function errorOf(
  counts: readonly (readonly number[])[],
  weights: Weights,
  rowSums: readonly number[],
  columnSums: readonly number[],
  n: number,
): number {
  const total = sum(rowSums);
  const table = counts.map((row) => row.map((cell) => cell / total));
  const rows = rowSums.map((row) => row / total);
  const columns = columnSums.map((column) => column / total);
  const byRow = weights.map((row) => sum(row.map((weight, b) => weight * columns[b]!)));
  const byColumn = columns.map((_column, b) => sum(weights.map((row, a) => row[b]! * rows[a]!)));
  let po = 0;
  let pe = 0;
  table.forEach((row, a) =>
    row.forEach((cell, b) => {
      po += weights[a]![b]! * cell;
      pe += weights[a]![b]! * rows[a]! * columns[b]!;
    }),
  );
  let inner = 0;
  table.forEach((row, a) =>
    row.forEach((cell, b) => {
      inner += cell * (weights[a]![b]! * (1 - pe) - (byRow[a]! + byColumn[b]!) * (1 - po)) ** 2;
    }),
  );
  const variance = (inner - (po * pe - 2 * pe + po) ** 2) / (n * (1 - pe) ** 4);
  return Math.sqrt(Math.max(0, variance));
}

function aboutTwo(data: RatingData, method: string): About {
  const table = jointOf(data);
  return {
    n: table === undefined ? 0 : sum(table.flat()),
    q: data.categories.length,
    raters: ratersOf(data),
    method,
  };
}

/** Why there is no table of two raters to go by. */
function missingFor(data: RatingData, about: About): UndefinedReason | undefined {
  if (jointOf(data) === undefined) {
    if (data.byRater === undefined) return 'needs-ratings-by-rater';
    return about.raters < 2 ? 'too-few-pairs' : 'needs-two-raters';
  }
  return about.n < 2 ? 'too-few-pairs' : undefined;
}

function margins(table: readonly (readonly number[])[]): { rows: number[]; columns: number[] } {
  return {
    rows: table.map(sum),
    columns: table.map((_row, b) => sum(table.map((row) => row[b]!))),
  };
}
