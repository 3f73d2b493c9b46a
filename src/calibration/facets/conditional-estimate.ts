import { choleskyFactor, inverseFromFactor, solveWithFactor } from '../symmetric-matrix.js';
import { stepsOf, type FacetSteps } from './estimate-facets.js';
import { facetsUndefined, type FacetsData, type FacetsUndefined } from './facets-data.js';
import { facetsDesign, type FacetsDesign, type StepModel } from './facets-design.js';

/** Measures by conditional maximum likelihood: raters, criteria and steps each sum to 0. */
export interface ConditionalEstimate {
  readonly kind: 'estimated';
  readonly raters: readonly ConditionalElement[];
  readonly criteria: readonly ConditionalElement[];
  readonly scales: readonly FacetSteps[];
  readonly logLikelihood: number;
  readonly iterations: number;
}

export interface ConditionalElement {
  readonly id: string;
  readonly measure: number;
  readonly standardError: number;
}

/**
 * Many-facet Rasch by conditional maximum likelihood (Andersen 1972; eRm): given a submission's total, the likelihood
 * no longer holds its θ, so no distribution of θ is assumed. The symmetric functions γ come by convolution of the
 * ratings' polynomials. With one rater it is the rating scale or partial credit model.
 */
export function conditionalEstimate(
  data: FacetsData,
  { steps }: { readonly steps: StepModel },
): ConditionalEstimate | FacetsUndefined {
  const design = facetsDesign(data, steps, 1);
  if ('kind' in design) return design;
  const groups = centredGroups(design);
  const free =
    (groups.length === 0 ? 0 : groups.reduce((sum, [from, to]) => sum + to - from - 1, 0)) +
    design.thresholds;
  if (free === 0) return facetsUndefined('no-variation', 'There is nothing to compare.');
  const expand = (point: Float64Array) => expanded(design, groups, point);
  const slope = (point: Float64Array) =>
    reduced(design, groups, conditionalGradient(design, expand(point)).gradient);
  let point = new Float64Array(free);
  for (let iteration = 1; iteration <= 100; iteration += 1) {
    const gradient = slope(point);
    const factor = choleskyFactor(differencedInformation(slope, point), free);
    if (factor === undefined) break;
    const step = solveWithFactor(factor, gradient);
    const longest = step.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    point = point.map(
      (value, index) => value + step[index]! * Math.min(1, 1 / longest),
    ) as Float64Array<ArrayBuffer>;
    if (longest < 1e-9)
      return result(design, groups, expand(point), inverseFromFactor(factor, free), iteration);
  }
  return facetsUndefined('not-converged', 'Conditional estimation did not come to rest.');
}

/** Runs of the full parameters that sum to 0: the raters, and the criteria. */
function centredGroups(design: FacetsDesign): (readonly [from: number, to: number])[] {
  const raters = design.raters.length;
  return [
    [0, raters],
    [raters, raters + design.criteria.length],
  ];
}

function expanded(
  design: FacetsDesign,
  groups: readonly (readonly [number, number])[],
  point: Float64Array,
): Float64Array {
  const full = new Float64Array(design.raters.length + design.criteria.length + design.thresholds);
  let next = 0;
  for (const [from, to] of groups) {
    for (let at = from; at < to - 1; at += 1) {
      full[at] = point[next]!;
      full[to - 1]! -= point[next]!;
      next += 1;
    }
  }
  full.set(point.subarray(next), full.length - design.thresholds);
  return full;
}

function reduced(
  design: FacetsDesign,
  groups: readonly (readonly [number, number])[],
  gradient: Float64Array,
): Float64Array {
  const free: number[] = [];
  for (const [from, to] of groups) {
    for (let at = from; at < to - 1; at += 1) free.push(gradient[at]! - gradient[to - 1]!);
  }
  return Float64Array.from([...free, ...gradient.subarray(gradient.length - design.thresholds)]);
}

/** Minus the derivative of the gradient, by central differences: the gradient is exact, so the root is too. */
function differencedInformation(
  slope: (point: Float64Array) => Float64Array,
  point: Float64Array,
): Float64Array {
  const size = point.length;
  const information = new Float64Array(size * size);
  const width = 1e-5;
  for (let column = 0; column < size; column += 1) {
    const moved = (by: number) => slope(point.map((value, index) => (index === column ? value + by : value)));
    const [up, down] = [moved(width), moved(-width)];
    for (let row = 0; row < size; row += 1)
      information[row * size + column] = (down[row]! - up[row]!) / (2 * width);
  }
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < row; column += 1) {
      const mean = (information[row * size + column]! + information[column * size + row]!) / 2;
      information[row * size + column] = mean;
      information[column * size + row] = mean;
    }
  }
  return information;
}

/** The conditional log-likelihood and its gradient by raters, criteria and thresholds. */
function conditionalGradient(design: FacetsDesign, parameters: Float64Array) {
  const raters = design.raters.length;
  const gradient = new Float64Array(parameters.length);
  let logLikelihood = 0;
  const weights = cellWeights(design, parameters);
  const patterns = new Map<string, { readonly rest: Float64Array[]; readonly whole: Float64Array }>();
  for (let submission = 0; submission < design.submissions.length; submission += 1) {
    const [from, to] = [design.first[submission]!, design.first[submission + 1]!];
    const cells = design.cell.subarray(from, to);
    const key = cells.join(' ');
    const functions = patterns.get(key) ?? symmetricFunctions(cells, weights);
    patterns.set(key, functions);
    let total = 0;
    for (let j = from; j < to; j += 1) {
      total += design.category[j]!;
      logLikelihood += Math.log(weights[design.cell[j]!]![design.category[j]!]!);
    }
    const gamma = functions.whole[total]!;
    logLikelihood -= Math.log(gamma);
    for (let j = from; j < to; j += 1) {
      const weight = weights[design.cell[j]!]!;
      const criterion = design.cellCriterion[design.cell[j]!]!;
      const { threshold } = design.scales[design.scaleOf[criterion]!]!;
      let mean = 0;
      for (let k = 0; k < weight.length && k <= total; k += 1) {
        const p = (weight[k]! * (functions.rest[j - from]![total - k] ?? 0)) / gamma;
        mean += k * p;
        if (threshold[k]! >= 0) gradient[raters + design.criteria.length + threshold[k]!]! += p;
      }
      const own = threshold[design.category[j]!]!;
      if (own >= 0) gradient[raters + design.criteria.length + own]! -= 1;
      gradient[design.cellRater[design.cell[j]!]!]! += mean - design.category[j]!;
      gradient[raters + criterion]! += mean - design.category[j]!;
    }
  }
  return { logLikelihood, gradient };
}

/** exp(-k(δ + α) - T(k)) of each cell and category; 0 for a category that does not occur. */
function cellWeights(design: FacetsDesign, parameters: Float64Array): Float64Array[] {
  const raters = design.raters.length;
  const thresholds = parameters.subarray(raters + design.criteria.length);
  return Array.from(design.cellRater, (rater, cell) => {
    const criterion = design.cellCriterion[cell]!;
    const scale = design.scales[design.scaleOf[criterion]!]!;
    const hardness = parameters[rater]! + parameters[raters + criterion]!;
    return Float64Array.from(scale.used, (used, k) => {
      const at = scale.threshold[k]!;
      return used ? Math.exp(-k * hardness - (at < 0 ? 0 : thresholds[at]!)) : 0;
    });
  });
}

/** γ over all ratings of a pattern, and over all but each one (by products from both ends). */
function symmetricFunctions(cells: Int32Array, weights: readonly Float64Array[]) {
  const one = Float64Array.of(1);
  const before: Float64Array[] = [one];
  for (const cell of cells) before.push(product(before[before.length - 1]!, weights[cell]!));
  const rest: Float64Array[] = [];
  let after: Float64Array = one;
  for (let j = cells.length - 1; j >= 0; j -= 1) {
    rest[j] = product(before[j]!, after);
    after = product(after, weights[cells[j]!]!);
  }
  return { rest, whole: before[cells.length]! };
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  const c = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i += 1) for (let j = 0; j < b.length; j += 1) c[i + j]! += a[i]! * b[j]!;
  return c;
}

function result(
  design: FacetsDesign,
  groups: readonly (readonly [number, number])[],
  parameters: Float64Array,
  covariance: Float64Array,
  iterations: number,
): ConditionalEstimate {
  const size = Math.sqrt(covariance.length);
  const errors: number[] = [];
  let start = 0;
  for (const [from, to] of groups) {
    let lastVariance = 0;
    const count = to - from - 1;
    for (let a = start; a < start + count; a += 1) {
      errors.push(Math.sqrt(covariance[a * size + a]!));
      for (let b = start; b < start + count; b += 1) lastVariance += covariance[a * size + b]!;
    }
    errors.push(Math.sqrt(lastVariance));
    start += count;
  }
  const element = (id: string, at: number) => ({ id, measure: parameters[at]!, standardError: errors[at]! });
  const raters = design.raters.length;
  return {
    kind: 'estimated',
    raters: design.raters.map((id, index) => element(id, index)),
    criteria: design.criteria.map((id, index) => element(id, raters + index)),
    scales: stepsOf(design, parameters.subarray(raters + design.criteria.length)),
    logLikelihood: conditionalGradient(design, parameters).logLikelihood,
    iterations,
  };
}
