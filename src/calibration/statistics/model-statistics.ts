import { conditionalEstimate } from '../facets/conditional-estimate.js';
import { estimateFacets, type FacetSteps } from '../facets/estimate-facets.js';
import type { StepModel } from '../facets/facets-design.js';
import { jointEstimate } from '../facets/joint-estimate.js';
import { facetsRecovery } from '../facets/simulate-facets.js';
import { agreementRunLength, agreementWeights } from '../drift/agreement-chart.js';
import {
  defaultSequentialTest,
  sequentialCharacteristic,
} from '../qualification-characteristic/sequential-test.js';
import { groupSums, randomIntercept } from '../shrinkage/random-intercept.js';
import type { Answer, NamedStatistic } from './answer.js';
import { fault, number, object } from './read-input.js';
import { ordinalRandomIntercept } from './ordinal-statistic.js';
import { inOrder, readFacets, readGroups, readPersonsByItems } from './read-model-input.js';

type Params = { readonly [name: string]: unknown };
type Measures = readonly { readonly id: string; readonly measure: number }[];

/** The statistics that estimate a model, by the name that a file of cases calls them. */
export const modelStatistics: { readonly [name: string]: NamedStatistic } = {
  mfrmMML: {
    says: 'many-facet Rasch by marginal maximum likelihood: measures in logits, positive raters severe',
    params: ['steps'],
    parts: ['params', 'standardErrors', 'deviance', 'thetaVar'],
    of: marginal,
  },
  mfrmCML: {
    says: 'the same by conditional maximum likelihood',
    params: ['steps'],
    parts: ['params', 'standardErrors', 'logLik'],
    of: (input, params) => conditional(readFacets(input), stepsOf(params)),
  },
  mfrmJML: {
    says: 'the same by joint maximum likelihood, whose measures are too wide',
    params: ['steps'],
    parts: ['params', 'deviance'],
    of: joint,
  },
  rsmCML: {
    says: 'the rating scale model by conditional maximum likelihood',
    params: [],
    parts: ['params', 'standardErrors', 'logLik'],
    of: (input) => conditional(readPersonsByItems(input), 'rating-scale'),
  },
  pcmCML: {
    says: 'the partial credit model by conditional maximum likelihood',
    params: [],
    parts: ['params', 'standardErrors', 'logLik'],
    of: (input) => conditional(readPersonsByItems(input), 'partial-credit'),
  },
  raterFit: {
    says: 'infit and outfit of raters with one ability for each submission (joint estimation), raters in order',
    params: ['steps'],
    parts: ['infit', 'outfit'],
    of: raterFit,
  },
  mfrmRecovery: {
    says: 'how well severities are recovered: simulated, two of six raters, three criteria of four levels',
    params: ['seed', 'replications'],
    parts: ['N=30', 'N=90'],
    of: recovery,
  },
  randomInterceptREML: {
    says: 'mean, deviations between and within groups, and shrunk deviations of the groups, by REML',
    params: [],
    parts: ['mean', 'sdGroup', 'sdResidual', 'blup'],
    of: restricted,
  },
  clmm: {
    says: 'cumulative logit with a random intercept for each rater; Laplace unless `nAGQ` says how many nodes',
    params: ['nAGQ'],
    parts: ['thresholds', 'coefficients', 'sdGroup', 'logLik', 'modes'],
    of: ordinalRandomIntercept,
  },
  sprtOC: {
    says: 'chance of passing and mean number of ratings of a sequential test, at each of `rates`',
    params: ['p0', 'p1', 'alpha', 'beta', 'min', 'max', 'rates'],
    parts: ['pass', 'meanN'],
    of: sequential,
  },
  cusumARL: {
    says: 'mean number of ratings to an alarm of a Bernoulli CUSUM of `inControl` against `outOfControl`, at each of `rates`',
    params: ['inControl', 'outOfControl', 'h', 'rates'],
    of: runLengths,
  },
};

function marginal(input: unknown, params: Params): Answer {
  const found = refusing(() => estimateFacets(readFacets(input), { steps: stepsOf(params) }));
  if (found.kind === 'undefined') return { value: null, reason: found.reason };
  const elements = [...found.raters.map(asRater), ...found.criteria];
  return {
    value: {
      params: measuresOf(found.criteria, found.scales, found.raters),
      standardErrors: Object.fromEntries(elements.map(({ id, standardError }) => [id, standardError])),
      deviance: found.deviance,
      thetaVar: found.variance,
    },
    reason: null,
  };
}

function conditional(data: ReturnType<typeof readFacets>, steps: StepModel): Answer {
  const found = refusing(() => conditionalEstimate(data, { steps }));
  if (found.kind === 'undefined') return { value: null, reason: found.reason };
  const raters = found.raters.length > 1 ? found.raters : [];
  const elements = [...raters.map(asRater), ...found.criteria];
  return {
    value: {
      params: measuresOf(found.criteria, found.scales, raters),
      standardErrors: Object.fromEntries(elements.map(({ id, standardError }) => [id, standardError])),
      logLik: found.logLikelihood,
    },
    reason: null,
  };
}

function joint(input: unknown, params: Params): Answer {
  const found = refusing(() => jointEstimate(readFacets(input), { steps: stepsOf(params) }));
  if (found.kind === 'undefined') return { value: null, reason: found.reason };
  return {
    value: { params: measuresOf(found.criteria, found.scales, found.raters), deviance: found.deviance },
    reason: null,
  };
}

function raterFit(input: unknown, params: Params): Answer {
  const found = refusing(() => jointEstimate(readFacets(input), { steps: stepsOf(params) }));
  if (found.kind === 'undefined') return { value: null, reason: found.reason };
  const fits = new Map(found.raters.map(({ id }, index) => [id, found.fit.raters[index]!]));
  const ordered = inOrder(fits.keys()).map((id) => fits.get(id)!);
  return {
    value: {
      infit: ordered.map(({ infit }) => infit ?? null),
      outfit: ordered.map(({ outfit }) => outfit ?? null),
    },
    reason: ordered.some(({ infit }) => infit === undefined) ? 'too-few-ratings' : null,
  };
}

function recovery(_input: unknown, params: Params): Answer {
  const seed = optional(params, 'seed', 20261125);
  const replications = optional(params, 'replications', 25);
  if (!Number.isInteger(replications) || replications < 1 || replications > 10_000)
    throw fault('params.replications', 'must be a whole number from 1 to 10,000');
  const of = (submissions: number) => {
    const found = facetsRecovery(submissions, { seed, replications });
    return {
      rmseMean: found.rmse,
      rmseQ95: found.rmse95,
      corMean: found.correlation,
      rawMeanCor: found.rawCorrelation,
    };
  };
  return { value: { 'N=30': of(30), 'N=90': of(90) }, reason: null };
}

function restricted(input: unknown): Answer {
  const groups = groupSums(readGroups(input));
  const found = randomIntercept(groups);
  if (found.kind === 'undefined') return { value: null, reason: found.reason };
  return {
    value: {
      mean: found.mean,
      sdGroup: Math.sqrt(found.groupVariance),
      sdResidual: Math.sqrt(found.residualVariance),
      blup: found.groups.map(({ deviation }) => deviation),
      raw: groups.map(({ mean }) => mean - found.mean),
      n: groups.map(({ n }) => n),
      groups: groups.map(({ id }) => id),
    },
    reason: null,
  };
}

function sequential(input: unknown, params: Params): Answer {
  const given = { ...(typeof input === 'object' && input !== null ? input : {}), ...params };
  const test = {
    failRate: optional(given, 'p0', defaultSequentialTest.failRate),
    passRate: optional(given, 'p1', defaultSequentialTest.passRate),
    alpha: optional(given, 'alpha', defaultSequentialTest.alpha),
    beta: optional(given, 'beta', defaultSequentialTest.beta),
    firstLook: optional(given, 'min', defaultSequentialTest.firstLook),
    lastLook: optional(given, 'max', defaultSequentialTest.lastLook),
  };
  const found = ratesOf(given).map((rate) => refusing(() => sequentialCharacteristic(test, rate)));
  const by = (part: 'pass' | 'ratings') =>
    Object.fromEntries(found.map((one) => [one.rate.toFixed(2), one[part]]));
  return { value: { pass: by('pass'), meanN: by('ratings') }, reason: null };
}

function runLengths(input: unknown, params: Params): Answer {
  const given = { ...(typeof input === 'object' && input !== null ? input : {}), ...params };
  const weights = refusing(() =>
    agreementWeights(optional(given, 'inControl', 0.8), optional(given, 'outOfControl', 0.6)),
  );
  const chart = { ...weights, limit: optional(given, 'h', 2.8) };
  const value = ratesOf(given).map((rate) => [
    rate.toFixed(2),
    refusing(() => agreementRunLength(chart, rate)),
  ]);
  return { value: Object.fromEntries(value) as { [rate: string]: number }, reason: null };
}

/** Names as R's TAM has them: `C1`, `step1` (or `C1:step1`), `rater1`. */
function measuresOf(criteria: Measures, scales: readonly FacetSteps[], raters: Measures) {
  const steps = scales.flatMap(({ criterion, steps }) =>
    steps.map((step, index) => ({
      id: `${criterion === null || scales.length === 1 ? '' : `${criterion}:`}step${index + 1}`,
      measure: step ?? null,
    })),
  );
  return Object.fromEntries(
    [...criteria, ...steps, ...raters.map(asRater)].map(({ id, measure }) => [id, measure]),
  );
}

const asRater = <T extends { readonly id: string }>(element: T): T => ({
  ...element,
  id: `rater${element.id}`,
});

function stepsOf(params: Params): StepModel {
  const steps = params['steps'] ?? 'rating-scale';
  if (steps !== 'rating-scale' && steps !== 'partial-credit')
    throw fault('params.steps', 'must be rating-scale or partial-credit');
  return steps;
}

function ratesOf(given: Params): readonly number[] {
  const rates = given['rates'] ?? given['p'] ?? [0.5, 0.6, 0.7, 0.8, 0.9];
  if (!Array.isArray(rates)) return [number(rates, 'params.rates')];
  return rates.map((rate, index) => {
    const read = number(rate, `params.rates[${index}]`);
    if (read < 0 || read > 1) throw fault(`params.rates[${index}]`, `is ${read}; a rate is from 0 to 1`);
    return read;
  });
}

function optional(params: Params, name: string, otherwise: number): number {
  return params[name] === undefined ? otherwise : number(object(params, 'params')[name], `params.${name}`);
}

/** What the models refuse is a fault of the case, not of the program. */
function refusing<T>(estimate: () => T): T {
  try {
    return estimate();
  } catch (error) {
    if (error instanceof Error && error.constructor === Error)
      throw fault('input', `cannot be estimated: ${error.message}`);
    throw error;
  }
}
