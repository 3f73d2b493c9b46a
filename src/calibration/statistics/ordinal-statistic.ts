import { cumulativeLogit } from '../shrinkage/cumulative-logit.js';
import type { Answer } from './answer.js';
import { fault, number, object, rowsOf } from './read-input.js';
import { columnOf, inOrder } from './read-model-input.js';

/**
 * The cumulative logit of a long table: a column of ratings, one of raters, every other a covariate. Texts are factors
 * with their first level (in the order of letters) as the reference, named as R names them: `tempwarm`.
 */
export function ordinalRandomIntercept(input: unknown, params: { readonly [name: string]: unknown }): Answer {
  const rows = rowsOf(object(input, 'input'));
  const names = Object.keys(rows[0]!);
  const rating = columnOf(names, ['rating', 'level', 'score', 'response', 'y']);
  const group = columnOf(names, ['judge', 'rater', 'reviewer', 'group']);
  if (rating === undefined || group === undefined)
    throw fault('input.rows', `needs columns "rating" and "rater"; it has ${names.join(', ')}`);
  const nodes = params['nAGQ'] === undefined ? 1 : number(params['nAGQ'], 'params.nAGQ');
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 50)
    throw fault('params.nAGQ', 'must be a whole number from 1 to 50');
  const categories = inOrder(rows.map((row) => String(row[rating])));
  const covariates = names
    .filter((name) => name !== rating && name !== group)
    .flatMap((name) => codedColumn(name, rows));
  const found = cumulativeLogit(
    rows.map((row, index) => ({
      category: categories.indexOf(String(row[rating])),
      group: String(row[group]),
      covariates: covariates.map(({ values }) => values[index]!),
    })),
    { categories: categories.length, nodes },
  );
  if (found.kind === 'undefined') return { value: null, reason: found.reason };
  return {
    value: {
      thresholds: Object.fromEntries(
        found.thresholds.map((threshold, k) => [`${categories[k]}|${categories[k + 1]}`, threshold]),
      ),
      coefficients: Object.fromEntries(covariates.map(({ name }, index) => [name, found.effects[index]!])),
      sdGroup: Math.sqrt(found.groupVariance),
      logLik: found.logLikelihood,
      modes: found.groups.map(({ mode }) => mode),
    },
    reason: null,
  };
}

function codedColumn(name: string, rows: readonly { readonly [name: string]: unknown }[]) {
  if (rows.every((row) => typeof row[name] === 'number'))
    return [{ name, values: rows.map((row) => row[name] as number) }];
  const [, ...levels] = inOrder(rows.map((row) => String(row[name])));
  return levels.map((level) => ({
    name: `${name}${level}`,
    values: rows.map((row) => Number(String(row[name]) === level)),
  }));
}
