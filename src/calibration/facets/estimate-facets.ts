import { choleskyFactor, inverseFromFactor, leadingBlock, solveWithFactor } from '../symmetric-matrix.js';
import {
  centring,
  freeGradient,
  freeMatrix,
  fullStandardErrors,
  fullStep,
  type Centring,
} from './centred-raters.js';
import { facetsUndefined, type FacetsData, type FacetsUndefined } from './facets-data.js';
import { facetsDesign, type Extreme, type FacetsDesign, type StepModel } from './facets-design.js';
import { posteriorFit, type MeanSquares } from './facets-fit.js';
import {
  gridPoints,
  marginalLikelihood,
  marginalLogLikelihood,
  parameterCount,
  type MarginalLikelihood,
} from './marginal-likelihood.js';

/** One rater or criterion: where it lies on the logit scale, how surely, and how well its ratings fit the model. */
export interface FacetElement extends MeanSquares {
  readonly id: string;
  /** Logits. Raters: positive is severe, and the raters sum to 0. Criteria: positive is hard. */
  readonly measure: number;
  readonly standardError: number;
}

/** The steps of one scale, from the second category on; undefined where a category beside it never occurs. */
export interface FacetSteps {
  /** null: of all criteria (rating scale). */
  readonly criterion: string | null;
  /** Logits; they sum to 0 over the categories that occur. */
  readonly steps: readonly (number | undefined)[];
}

export interface FacetsEstimate {
  readonly kind: 'estimated';
  readonly raters: readonly FacetElement[];
  readonly criteria: readonly FacetElement[];
  readonly scales: readonly FacetSteps[];
  /** Each submission's posterior mean of θ and its standard deviation. */
  readonly submissions: readonly {
    readonly id: string;
    readonly ability: number;
    readonly deviation: number;
  }[];
  /** σ² of θ between submissions; 0.01, its least, when the ratings do not tell submissions apart. */
  readonly variance: number;
  /** -2 log-likelihood. */
  readonly deviance: number;
  readonly iterations: number;
  /** Left out of the estimation: every rating at one end, so without a finite measure. */
  readonly extremes: readonly Extreme[];
}

export type FacetsResult = FacetsEstimate | FacetsUndefined;

/** Where σ is held when the likelihood would have it nearer to 0, or wider than the grid can carry. */
const [lowestSigma, highestSigma] = [0.1, 5];

/** A measure with a standard error of so many logits is running away to infinity. */
const widestError = 5;

/**
 * Many-facet Rasch by marginal maximum likelihood:
 * log P(k)/P(k-1) = θ(submission) - δ(criterion) - α(rater) - τ(k), θ ~ N(0, σ²) (Linacre 1989).
 * Newton's method with the exact observed information; where that is not positive definite, with the complete-data
 * information, which always climbs (Lange 1995); steps are halved until the likelihood does not fall. Standard errors
 * are from the observed information.
 *
 * Takes ratings by design: what is missing is missing (at random given the design). Gives measures in logits, or
 * why there are none. A severity estimate never changes a decision: it sends work to be rated again.
 * @throws Error for bad data (see `checkFacetsData`), and unequal level counts with `rating-scale`.
 */
export function estimateFacets(data: FacetsData, { steps }: { readonly steps: StepModel }): FacetsResult {
  const design = facetsDesign(data, steps);
  return 'kind' in design ? design : estimateDesign(design);
}

/** The same for a design; with one rater too, whose severity is then 0. */
export function estimateDesign(design: FacetsDesign): FacetsResult {
  const by = centring(design.raters.length, parameterCount(design));
  const sigmaAt = by.full - 1;
  let parameters = new Float64Array(by.full);
  for (let iteration = 1; iteration <= 200; iteration += 1) {
    const here = marginalLikelihood(design, parameters);
    const gradient = freeGradient(by, here.gradient);
    const held = sigmaHeld(parameters[sigmaAt]!, gradient[by.free - 1]!);
    const step = direction(by, here, gradient, held);
    if (step === undefined)
      return facetsUndefined(
        'not-converged',
        'The information of the ratings is singular: some measures cannot be told apart.',
      );
    let gain = 0;
    for (let free = 0; free < by.free; free += 1) gain += gradient[free]! * step[free]!;
    const longest = step.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    if (gain < 1e-9 && longest < 1e-6) return result(design, by, parameters, here, held, iteration);
    const full = fullStep(
      by,
      step.map((value) => value * Math.min(1, 1.5 / longest)),
    );
    const next = climb(design, parameters, full, here.logLikelihood);
    if (next === undefined) {
      // No step raises the likelihood in floating point: at rest if the promised gain was nil.
      if (gain < 1e-6) return result(design, by, parameters, here, held, iteration);
      break;
    }
    parameters = next;
    if (parameters.subarray(0, sigmaAt).some((value) => Math.abs(value) > 20)) break;
  }
  return facetsUndefined(
    'not-converged',
    'The estimation did not come to rest: too few ratings, or some that only an infinite severity would explain.',
  );
}

/** Whether σ rests at a bound: the likelihood would move it on outwards. */
function sigmaHeld(logSigma: number, slope: number): boolean {
  return (
    (logSigma <= Math.log(lowestSigma) && slope <= 0) || (logSigma >= Math.log(highestSigma) && slope >= 0)
  );
}

function direction(
  by: Centring,
  here: MarginalLikelihood,
  gradient: Float64Array,
  held: boolean,
): Float64Array | undefined {
  const size = held ? by.free - 1 : by.free;
  for (const matrix of [here.information, here.completeInformation]) {
    const factor = choleskyFactor(leadingBlock(freeMatrix(by, matrix), by.free, size), size);
    if (factor === undefined) continue;
    const step = new Float64Array(by.free);
    step.set(solveWithFactor(factor, gradient.subarray(0, size)));
    if (held) gradient[by.free - 1] = 0;
    return step;
  }
  return undefined;
}

function climb(
  design: FacetsDesign,
  from: Float64Array,
  step: Float64Array,
  logLikelihood: number,
): Float64Array<ArrayBuffer> | undefined {
  const sigmaAt = from.length - 1;
  for (let length = 1; length > 1e-6; length /= 2) {
    const next = from.map((value, index) => value + length * step[index]!);
    next[sigmaAt] = Math.min(Math.max(next[sigmaAt]!, Math.log(lowestSigma)), Math.log(highestSigma));
    if (marginalLogLikelihood(design, next) >= logLikelihood) return next as Float64Array<ArrayBuffer>;
  }
  return undefined;
}

function result(
  design: FacetsDesign,
  by: Centring,
  parameters: Float64Array,
  here: MarginalLikelihood,
  held: boolean,
  iterations: number,
): FacetsResult {
  const size = held ? by.free - 1 : by.free;
  const factor = choleskyFactor(leadingBlock(freeMatrix(by, here.information), by.free, size), size);
  if (factor === undefined)
    return facetsUndefined(
      'not-converged',
      'The estimation rests where the likelihood has no single highest point.',
    );
  const covariance = new Float64Array(by.free * by.free);
  const inverse = inverseFromFactor(factor, size);
  for (let row = 0; row < size; row += 1)
    covariance.set(inverse.subarray(row * size, (row + 1) * size), row * by.free);
  const errors = fullStandardErrors(by, covariance);
  if (parameters[by.full - 1]! >= Math.log(highestSigma) || errors.some((error) => !(error < widestError)))
    return facetsUndefined(
      'not-converged',
      'The likelihood has no highest point at finite measures: some raters or submissions are told apart without end.',
    );
  const fit = posteriorFit(design, parameters, here.posterior);
  const element = (id: string, at: number, squares: MeanSquares): FacetElement => ({
    id,
    measure: parameters[at]!,
    standardError: errors[at]!,
    ...squares,
  });
  const raters = design.raters.length;
  return {
    kind: 'estimated',
    raters: design.raters.map((id, index) => element(id, index, fit.raters[index]!)),
    criteria: design.criteria.map((id, index) => element(id, raters + index, fit.criteria[index]!)),
    scales: stepsOf(design, parameters.subarray(raters + design.criteria.length)),
    submissions: abilities(design, here.posterior),
    variance: Math.exp(2 * parameters[by.full - 1]!),
    deviance: -2 * here.logLikelihood,
    iterations,
    extremes: design.extremes,
  };
}

/** Steps from the thresholds: τ(k) = T(k) - T(k-1). */
export function stepsOf(design: FacetsDesign, thresholds: Float64Array): FacetSteps[] {
  return design.scales.map((scale, index) => {
    const sum = (k: number) =>
      !scale.used[k] ? undefined : scale.threshold[k]! < 0 ? 0 : thresholds[scale.threshold[k]!]!;
    return {
      criterion: design.scales.length === 1 && design.criteria.length > 1 ? null : criterionOf(design, index),
      steps: Array.from({ length: scale.highest }, (_, below) => {
        const [from, to] = [sum(below), sum(below + 1)];
        return from === undefined || to === undefined ? undefined : to - from;
      }),
    };
  });
}

const criterionOf = (design: FacetsDesign, scale: number): string | null =>
  design.criteria[design.scaleOf.indexOf(scale)] ?? null;

function abilities(design: FacetsDesign, posterior: Float64Array): FacetsEstimate['submissions'] {
  const points = gridPoints.length;
  return design.submissions.map((id, submission) => {
    let mean = 0;
    let square = 0;
    for (let q = 0; q < points; q += 1) {
      const weight = posterior[submission * points + q]!;
      mean += weight * gridPoints[q]!;
      square += weight * gridPoints[q]! ** 2;
    }
    return { id, ability: mean, deviation: Math.sqrt(Math.max(0, square - mean * mean)) };
  });
}
