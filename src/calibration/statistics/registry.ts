import { posteriorAtLeast } from '../posterior.js';
import type { Statistic } from '../statistic.js';
import { parts, plain, type Answer, type AnswerValue, type NamedStatistic } from './answer.js';
import { bootstrapInterval } from './bootstrap.js';
import { intraclassCorrelation, type IccType } from './intraclass.js';
import { cohenKappa, linearWeightedKappa, quadraticWeightedKappa, scottPi, weightedKappa } from './kappa.js';
import {
  brennanPrediger,
  congerKappa,
  fleissKappa,
  gwetAC,
  krippendorffAlpha,
  pairwiseAgreement,
  type MeasurementLevel,
} from './many-raters.js';
import { modelStatistics } from './model-statistics.js';
import { meanDifference, pairedT, pearson, standardizedMeanDifference } from './moments.js';
import { jointOf, ratersOf, sum, type RatingData } from './rating-data.js';
import { fault, number, object, readRatings } from './read-input.js';
import {
  adjacentAgreement,
  clopperPearson,
  exactAgreement,
  jeffreys,
  twoOrMoreOff,
  wilson,
} from './shares.js';
import type { WeightScheme } from './weights.js';

type Params = { readonly [name: string]: unknown };

/** A statistic of ratings, a plain number. */
function simple(
  says: string,
  of: (data: RatingData, params: Params) => Statistic,
  params: readonly string[] = [],
): NamedStatistic {
  return ofRatings({ says, params }, (data, given) => plain(of(data, given)));
}

/** A statistic of ratings with more than its value. */
function several(
  says: string,
  of: (data: RatingData, params: Params) => Statistic,
  named: { readonly [name: string]: (statistic: Statistic) => number | undefined },
  params: readonly string[] = [],
): NamedStatistic {
  return ofRatings({ says, params, parts: Object.keys(named) }, (data, given) =>
    parts(of(data, given), named),
  );
}

function ofRatings(
  about: Omit<NamedStatistic, 'of' | 'ofRatings'>,
  answer: NonNullable<NamedStatistic['ofRatings']>,
): NamedStatistic {
  return {
    ...about,
    params: ['categories', ...about.params],
    ofRatings: answer,
    of: (input, given) => answer(readRatings(input, given), given),
  };
}

const value = (statistic: Statistic) => statistic.value;
const lower = (statistic: Statistic) => statistic.interval?.lower;
const upper = (statistic: Statistic) => statistic.interval?.upper;
const withError = { value, ase: (statistic: Statistic) => statistic.standardError };

/** Every statistic of agreement, by the name that a file of cases calls it. */
const agreement: { readonly [name: string]: NamedStatistic } = {
  exactAgreement: simple('share of pairs with the same category', exactAgreement),
  adjacentAgreement: simple('share of pairs at most one category apart', adjacentAgreement),
  twoOrMoreOff: simple('share of pairs two or more categories apart', twoOrMoreOff),
  pairwisePercentAgreement: simple(
    'mean over items with two or more ratings of the share of pairs of raters who agree',
    (data) => pairwiseAgreement(data),
  ),
  cohenKappa: simple('Cohen’s kappa', cohenKappa),
  cohenKappaWithSE: several('Cohen’s kappa with its asymptotic standard error', cohenKappa, withError),
  weightedKappa: simple(
    'Cohen’s weighted kappa; quadratic unless `weights` or `disagreementWeights` say else',
    ownWeights,
    ['weights', 'disagreementWeights'],
  ),
  linearWeightedKappa: simple('Cohen’s kappa with linear weights', linearWeightedKappa, ['weights']),
  linearWeightedKappaWithSE: several('the same with its standard error', linearWeightedKappa, withError),
  qwk: simple('Cohen’s kappa with quadratic weights', quadraticWeightedKappa, ['weights']),
  qwkWithSE: several('the same with its standard error', quadraticWeightedKappa, withError),
  scottPi: simple('Scott’s pi', (data, params) => scottPi(data, schemeOf(params, 'identity')), ['weights']),
  fleissKappa: simple('Fleiss’s kappa', (data, params) => fleissKappa(data, schemeOf(params, 'identity')), [
    'weights',
  ]),
  fleissKappaMissing: simple(
    'Fleiss’s kappa of items with unequal numbers of ratings',
    (data, params) => fleissKappa(data, schemeOf(params, 'identity')),
    ['weights'],
  ),
  congerKappa: simple('Conger’s (exact) kappa; not of counts', congerKappa),
  gwetAC1: simple('Gwet’s AC1', (data) => gwetAC(data)),
  gwetAC2: simple(
    'Gwet’s AC2; quadratic unless `weights` says else',
    (data, params) => gwetAC(data, schemeOf(params, 'quadratic')),
    ['weights'],
  ),
  gwetAC2Linear: simple('Gwet’s AC2 with linear weights', (data) => gwetAC(data, 'linear')),
  gwetAC2Quadratic: simple('Gwet’s AC2 with quadratic weights', (data) => gwetAC(data, 'quadratic')),
  brennanPrediger: simple(
    'Brennan–Prediger',
    (data, params) => brennanPrediger(data, schemeOf(params, 'identity')),
    ['weights'],
  ),
  brennanPredigerLinear: simple('Brennan–Prediger with linear weights', (data) =>
    brennanPrediger(data, 'linear'),
  ),
  brennanPredigerQuadratic: simple('Brennan–Prediger with quadratic weights', (data) =>
    brennanPrediger(data, 'quadratic'),
  ),
  krippendorffAlpha: simple(
    'Krippendorff’s alpha; ordinal unless `level` says else',
    (data, params) => krippendorffAlpha(data, levelOf(params)),
    ['level'],
  ),
  krippendorffAlphaNominal: simple('Krippendorff’s alpha, nominal', (data) =>
    krippendorffAlpha(data, 'nominal'),
  ),
  krippendorffAlphaOrdinal: simple('Krippendorff’s alpha, ordinal', (data) =>
    krippendorffAlpha(data, 'ordinal'),
  ),
  krippendorffAlphaInterval: simple('Krippendorff’s alpha, interval', (data) =>
    krippendorffAlpha(data, 'interval'),
  ),
  krippendorffAlphaRatio: simple('Krippendorff’s alpha, ratio', (data) => krippendorffAlpha(data, 'ratio')),
  pearson: simple('Pearson’s correlation', pearson),
  smd: simple('standardized mean difference of rater 2 from rater 1', standardizedMeanDifference),
  pairedT: simple('NAEP’s t of the signed differences of rater 2 from rater 1', pairedT),
  meanDifference: several('mean signed difference of rater 2 from rater 1', meanDifference, withError),
  icc: several('intraclass correlation; ICC(2,1) unless `type` says else', iccOf, { icc: value }, ['type']),
  iccCI: several('the F interval of an intraclass correlation', iccOf, { lower, upper }, ['type', 'level']),
  iccWithCI: several('an intraclass correlation and its F interval', iccOf, { icc: value, lower, upper }, [
    'type',
    'level',
  ]),
  iccOneWay11: simple('ICC(1,1)', (data) => intraclassCorrelation(data, { model: 1, of: 'single' })),
  iccAgreement21: simple('ICC(2,1), absolute agreement', (data) =>
    intraclassCorrelation(data, { model: 2, of: 'single' }),
  ),
  iccConsistency31: simple('ICC(3,1), consistency', (data) =>
    intraclassCorrelation(data, { model: 3, of: 'single' }),
  ),
  proportionCI: {
    says: 'intervals of a share: `agree` of `n`, or the exact pairs of ratings',
    params: ['level', 'categories'],
    parts: ['wilson', 'clopperPearson', 'jeffreysUnadjusted'],
    of: proportionIntervals,
  },
  posteriorExceed: {
    says: 'probability that the true rate is at least each threshold, from a uniform prior',
    params: ['thresholds', 'designEffect', 'categories'],
    parts: ['0.60', '0.70', '0.80'],
    of: posteriorOf,
  },
  bootstrapCI: {
    says: 'interval of another statistic by drawing the items again (BCa unless `method` is percentile)',
    params: ['statistic', 'seed', 'resamples', 'level', 'method', 'categories'],
    parts: ['lower', 'upper', 'resamples', 'undefinedResamples'],
    of: bootstrapOf,
  },
};

/** Every statistic that a file of cases may name. */
export const namedStatistics: { readonly [name: string]: NamedStatistic } = {
  ...agreement,
  ...modelStatistics,
};

function ownWeights(data: RatingData, params: Params): Statistic {
  const own = params['disagreementWeights'];
  if (own === undefined) return weightedKappa(data, schemeOf(params, 'quadratic'));
  const q = data.categories.length;
  const fits =
    Array.isArray(own) && own.length === q && own.every((row) => Array.isArray(row) && row.length === q);
  if (!fits)
    throw fault('params.disagreementWeights', `must be ${q} rows of ${q} weights, 0 on the diagonal`);
  const weights = (own as unknown[][]).map((row, a) =>
    row.map((weight, b) => number(weight, `params.disagreementWeights[${a}][${b}]`)),
  );
  return weightedKappa(data, weights);
}

function schemeOf(params: Params, otherwise: WeightScheme): WeightScheme {
  const given = params['weights'];
  switch (given) {
    case undefined:
    case null:
      return otherwise;
    case 'identity':
    case 'unweighted':
    case 'nominal':
      return 'identity';
    case 'linear':
    case 'quadratic':
      return given;
    default:
      throw fault(
        'params.weights',
        `is ${JSON.stringify(given)}; the weights are identity, linear and quadratic`,
      );
  }
}

function levelOf(params: Params): MeasurementLevel {
  const given = params['level'] ?? 'ordinal';
  if (given === 'nominal' || given === 'ordinal' || given === 'interval' || given === 'ratio') return given;
  throw fault(
    'params.level',
    `is ${JSON.stringify(given)}; the levels are nominal, ordinal, interval and ratio`,
  );
}

function iccOf(data: RatingData, params: Params): Statistic {
  const level = params['level'] === undefined ? 0.95 : number(params['level'], 'params.level');
  return intraclassCorrelation(data, iccType(params['type'] ?? 'ICC(2,1)', ratersOf(data)), level);
}

/**
 * `ICC(2,1)`, `ICC(2,k)` with the number of raters in place of k or not, `ICC2` and `ICC2k`; McGraw and Wong's A
 * (agreement) is 2 and their C (consistency) is 3.
 */
function iccType(given: unknown, raters: number): IccType {
  const match = typeof given === 'string' ? /^ICC\(?([123AC])(?:,\s*(1|k|\d+)\)|(k?)\)?)$/.exec(given) : null;
  if (match === null)
    throw fault(
      'params.type',
      `is ${JSON.stringify(given)}; the types are ICC(1,1), ICC(2,1), ICC(3,1) and ICC(1,k), ICC(2,k), ICC(3,k)`,
    );
  const of = match[2] ?? (match[3] === 'k' ? 'k' : '1');
  if (of !== '1' && of !== 'k' && Number(of) !== raters)
    throw fault('params.type', `speaks of the mean of ${of} raters, and there are ${raters}`);
  const models: { readonly [name: string]: IccType['model'] } = { 1: 1, 2: 2, 3: 3, A: 2, C: 3 };
  return { model: models[match[1]!]!, of: of === '1' ? 'single' : 'mean' };
}

/** Hits and trials: `agree` and `n` as given, or how many pairs of ratings are the same. */
function hits(input: unknown, params: Params): { readonly k: number; readonly n: number } | undefined {
  const given = object(input, 'input');
  if (given['agree'] !== undefined) {
    const k = number(given['agree'], 'input.agree');
    const n = number(given['n'], 'input.n');
    if (k < 0 || k > n) throw fault('input.agree', `is ${k}; of ${n} there are 0 to ${n}`);
    return { k, n };
  }
  const joint = jointOf(readRatings(input, params));
  return joint && { k: sum(joint.map((row, a) => row[a]!)), n: sum(joint.flat()) };
}

function proportionIntervals(input: unknown, params: Params): Answer {
  const counted = hits(input, params);
  if (counted === undefined) return { value: null, reason: 'needs-two-raters' };
  const { k, n } = counted;
  if (n === 0)
    return {
      value: { wilson: null, clopperPearson: null, jeffreysUnadjusted: null },
      reason: 'too-few-pairs',
    };
  const level = params['level'] === undefined ? 0.95 : number(params['level'], 'params.level');
  const ends = (of: typeof wilson) => {
    const interval = of(k, n, level);
    return [interval.lower, interval.upper];
  };
  return {
    value: { wilson: ends(wilson), clopperPearson: ends(clopperPearson), jeffreysUnadjusted: ends(jeffreys) },
    reason: null,
  };
}

function posteriorOf(input: unknown, params: Params): Answer {
  const counted = hits(input, params);
  if (counted === undefined) return { value: null, reason: 'needs-two-raters' };
  const given = params['thresholds'] ?? [0.6, 0.7, 0.8];
  if (!Array.isArray(given)) throw fault('params.thresholds', 'must be a list of shares');
  const effect =
    params['designEffect'] === undefined ? 1 : number(params['designEffect'], 'params.designEffect');
  if (effect < 1) throw fault('params.designEffect', `is ${effect}; it is 1 or more`);
  const value: { [threshold: string]: AnswerValue } = {};
  given.forEach((one, index) => {
    const threshold = number(one, `params.thresholds[${index}]`);
    const name = String(threshold).length < 4 ? threshold.toFixed(2) : String(threshold);
    value[name] = posteriorAtLeast(threshold, counted.k, counted.n, effect);
  });
  return { value, reason: null };
}

function bootstrapOf(input: unknown, params: Params): Answer {
  const name = params['statistic'] ?? 'qwk';
  const statistics: { readonly [name: string]: (data: RatingData) => Statistic } = {
    exactAgreement,
    cohenKappa,
    linearWeightedKappa,
    qwk: quadraticWeightedKappa,
    scottPi: (data) => scottPi(data),
    fleissKappa: (data) => fleissKappa(data),
    gwetAC1: (data) => gwetAC(data),
    gwetAC2: (data) => gwetAC(data, 'quadratic'),
    krippendorffAlpha: (data) => krippendorffAlpha(data, 'ordinal'),
    pearson,
    smd: standardizedMeanDifference,
  };
  const statistic =
    typeof name === 'string' && Object.hasOwn(statistics, name) ? statistics[name] : undefined;
  if (statistic === undefined)
    throw fault(
      'params.statistic',
      `is ${JSON.stringify(name)}; an interval can be drawn of ${Object.keys(statistics).join(', ')}`,
    );
  const method = params['method'] ?? 'bca';
  if (method !== 'bca' && method !== 'percentile') throw fault('params.method', 'must be bca or percentile');
  const option = (named: string, otherwise: number) =>
    params[named] === undefined ? otherwise : number(params[named], `params.${named}`);
  const drawn = bootstrapInterval(readRatings(input, params), statistic, {
    seed: option('seed', 1),
    resamples: option('resamples', 2000),
    level: option('level', 0.95),
    method,
  });
  return {
    value: {
      lower: drawn.interval?.lower ?? null,
      upper: drawn.interval?.upper ?? null,
      resamples: drawn.resamples,
      undefinedResamples: drawn.undefinedResamples,
    },
    reason: drawn.reason,
  };
}
