import { choleskyFactor, inverseFromFactor, leadingBlock, solveWithFactor } from '../symmetric-matrix.js';

/** One rating: its category from 0, its group (the reviewer), and the values of its covariates. */
export interface OrdinalRow {
  readonly category: number;
  readonly group: string;
  readonly covariates: readonly number[];
}

/** A cumulative-logit model with a random intercept for each group. */
export interface CumulativeLogit {
  readonly kind: 'estimated';
  /** θ(k): logit P(y <= k) = θ(k) - xβ - u. */
  readonly thresholds: readonly number[];
  readonly effects: readonly number[];
  /** Standard errors of thresholds, then effects. */
  readonly standardErrors: readonly number[];
  readonly groupVariance: number;
  readonly logLikelihood: number;
  /** Conditional mode of each group's u, and its standard deviation: positive is lenient (higher categories). */
  readonly groups: readonly { readonly id: string; readonly mode: number; readonly deviation: number }[];
}

export interface NoCumulativeLogit {
  readonly kind: 'undefined';
  readonly reason: 'no-variation' | 'not-converged';
  readonly detail: string;
}

interface Problem {
  readonly rows: readonly OrdinalRow[];
  readonly groups: readonly { readonly id: string; readonly rows: readonly OrdinalRow[] }[];
  readonly thresholds: number;
  readonly covariates: number;
  readonly nodes: readonly (readonly [point: number, logWeight: number])[];
}

/**
 * Ordinal ratings with a random reviewer: logit P(y <= k) = θ(k) - xβ - u(group), u ~ N(0, τ²), by Laplace's
 * approximation (`nodes` 1, as ordinal::clmm by default) or adaptive Gauss and Hermite quadrature (Christensen 2019;
 * Liu & Pierce 1994). The marginal likelihood is climbed by Newton's method.
 * @throws Error for categories beyond `categories`, and rows with unequal covariates.
 */
export function cumulativeLogit(
  rows: readonly OrdinalRow[],
  { categories, nodes = 1 }: { readonly categories: number; readonly nodes?: number },
): CumulativeLogit | NoCumulativeLogit {
  const covariates = rows[0]?.covariates.length ?? 0;
  for (const { category, covariates: own } of rows) {
    if (!Number.isInteger(category) || category < 0 || category >= categories)
      throw new Error(`category ${category} is none of 0 to ${categories - 1}`);
    if (own.length !== covariates || own.some((value) => !Number.isFinite(value)))
      throw new Error(`every row needs ${covariates} covariates that are numbers`);
  }
  // A category that does not occur has no threshold: those that do are numbered anew.
  const used = [...new Set(rows.map(({ category }) => category))].sort((a, b) => a - b);
  if (used.length < 2)
    return { kind: 'undefined', reason: 'no-variation', detail: 'Fewer than two categories occur.' };
  const numbered = rows.map((row) => ({ ...row, category: used.indexOf(row.category) }));
  const ids = [...new Set(rows.map(({ group }) => group))].sort();
  const problem: Problem = {
    rows: numbered,
    groups: ids.map((id) => ({ id, rows: numbered.filter(({ group }) => group === id) })),
    thresholds: used.length - 1,
    covariates,
    nodes: hermiteNodes(nodes),
  };
  const found = minimise((point) => -logLikelihood(problem, point), start(problem));
  if (found === undefined)
    return { kind: 'undefined', reason: 'not-converged', detail: 'The estimation did not come to rest.' };
  return resultOf(problem, found);
}

function start({ rows, thresholds, covariates }: Problem): Float64Array<ArrayBuffer> {
  const point = new Float64Array(thresholds + covariates + 1);
  for (let k = 0; k < thresholds; k += 1) {
    const below = (rows.filter(({ category }) => category <= k).length + 0.5) / (rows.length + 1);
    point[k] = Math.log(below / (1 - below));
  }
  return point;
}

/** The marginal log-likelihood; minus infinity where thresholds do not rise. The last parameter is log τ. */
function logLikelihood(problem: Problem, point: Float64Array): number {
  for (let k = 1; k < problem.thresholds; k += 1) if (point[k]! <= point[k - 1]!) return -Infinity;
  const tau = Math.exp(point[point.length - 1]!);
  let sum = 0;
  for (const group of problem.groups) sum += groupIntegral(problem, point, tau, group.rows).logIntegral;
  return sum;
}

/** log ∫ Π P(y | z) φ(z) dz of one group, u = τz, around the mode of the integrand. */
function groupIntegral(problem: Problem, point: Float64Array, tau: number, rows: readonly OrdinalRow[]) {
  let z = 0;
  let at = derivatives(problem, point, tau, rows, z);
  for (let iteration = 0; iteration < 100; iteration += 1) {
    let step = at.first / -at.second;
    let next = derivatives(problem, point, tau, rows, z + step);
    while (next.value < at.value - 1e-12 && Math.abs(step) > 1e-12) {
      step /= 2;
      next = derivatives(problem, point, tau, rows, z + step);
    }
    z += step;
    at = next;
    if (Math.abs(step) < 1e-10) break;
  }
  const scale = 1 / Math.sqrt(-at.second);
  // Gauss and Hermite around the mode; one node at it is Laplace's approximation.
  const terms = problem.nodes.map(([node, logWeight]) => {
    const moved = node === 0 ? at : derivatives(problem, point, tau, rows, z + Math.SQRT2 * scale * node);
    return logWeight + node * node + moved.value;
  });
  const highest = Math.max(...terms);
  const sum = terms.reduce((total, term) => total + Math.exp(term - highest), 0);
  return { logIntegral: highest + Math.log(sum) + Math.log(scale * Math.SQRT2), mode: z, scale };
}

/** log [Π P(y | z) φ(z)] and its first and second derivative by z. */
function derivatives(
  problem: Problem,
  point: Float64Array,
  tau: number,
  rows: readonly OrdinalRow[],
  z: number,
) {
  let value = -(z * z) / 2 - halfLogTwoPi;
  let first = -z;
  let second = -1;
  for (const { category, covariates } of rows) {
    let eta = tau * z;
    for (let c = 0; c < covariates.length; c += 1) eta += covariates[c]! * point[problem.thresholds + c]!;
    const upper = category < problem.thresholds ? logistic(point[category]! - eta) : 1;
    const lower = category > 0 ? logistic(point[category - 1]! - eta) : 0;
    // P = F(a) - F(b); d log P / dη = -(1 - F(a) - F(b)), by F' = F(1 - F).
    value += log(max(upper - lower, 1e-300));
    first -= tau * (1 - upper - lower);
    second -= tau * tau * (upper * (1 - upper) + lower * (1 - lower));
  }
  return { value, first, second };
}

const { exp, log, max } = Math;
const halfLogTwoPi = log(2 * Math.PI) / 2;
const logistic = (x: number) => 1 / (1 + exp(-x));

function resultOf(problem: Problem, point: Float64Array): CumulativeLogit | NoCumulativeLogit {
  const size = point.length;
  const tau = Math.exp(point[size - 1]!);
  // At the edge, τ = 0, the likelihood is flat in log τ: the standard errors are then those with τ known.
  const free = tau < 1e-3 ? size - 1 : size;
  const hessian = differencedHessian((at) => -logLikelihood(problem, at), point);
  const factor = choleskyFactor(leadingBlock(hessian, size, free), free);
  if (factor === undefined)
    return {
      kind: 'undefined',
      reason: 'not-converged',
      detail: 'The likelihood has no single highest point.',
    };
  const covariance = inverseFromFactor(factor, free);
  return {
    kind: 'estimated',
    thresholds: [...point.subarray(0, problem.thresholds)],
    effects: [...point.subarray(problem.thresholds, size - 1)],
    standardErrors: Array.from({ length: size - 1 }, (_, index) =>
      Math.sqrt(covariance[index * free + index]!),
    ),
    groupVariance: tau * tau,
    logLikelihood: logLikelihood(problem, point),
    groups: problem.groups.map(({ id, rows }) => {
      const { mode, scale } = groupIntegral(problem, point, tau, rows);
      return { id, mode: tau * mode, deviation: tau * scale };
    }),
  };
}

/** Newton's method with differenced derivatives and halved steps; undefined when it does not come to rest. */
function minimise(
  of: (point: Float64Array) => number,
  from: Float64Array<ArrayBuffer>,
): Float64Array | undefined {
  const size = from.length;
  let point = from;
  let value = of(point);
  let gradient = differencedGradient(of, point);
  let curvature = differencedHessian(of, point);
  for (let iteration = 0; iteration < 200; iteration += 1) {
    const steepest = gradient.reduce((max, slope) => Math.max(max, Math.abs(slope)), 0);
    if (steepest < 1e-6) return point;
    const factor = choleskyFactor(curvature, size);
    let step =
      factor === undefined
        ? gradient.map((slope) => -slope)
        : solveWithFactor(factor, gradient).map((d) => -d);
    const longest = step.reduce((max, move) => Math.max(max, Math.abs(move)), 0);
    if (longest > 1) step = step.map((move) => move / longest);
    let moved = point;
    let next = Infinity;
    for (let length = 1; length > 1e-9; length /= 2) {
      moved = point.map((at, index) => at + length * step[index]!) as Float64Array<ArrayBuffer>;
      next = of(moved);
      if (next < value) break;
    }
    if (!(next < value)) return steepest < 1e-3 ? point : undefined;
    point = moved;
    value = next;
    gradient = differencedGradient(of, point);
    curvature = differencedHessian(of, point);
  }
  return undefined;
}

function differencedGradient(of: (point: Float64Array) => number, point: Float64Array): Float64Array {
  return Float64Array.from(point, (_, index) => {
    const at = (by: number) => of(point.map((value, other) => (other === index ? value + by : value)));
    const width = 1e-4;
    // Fourth order: the error is of the width's fourth power.
    return (8 * (at(width) - at(-width)) - (at(2 * width) - at(-2 * width))) / (12 * width);
  });
}

function differencedHessian(of: (point: Float64Array) => number, point: Float64Array): Float64Array {
  const size = point.length;
  const hessian = new Float64Array(size * size);
  const width = 1e-3;
  const at = (a: number, da: number, b: number, db: number) =>
    of(point.map((value, index) => value + (index === a ? da : 0) + (index === b ? db : 0)));
  for (let a = 0; a < size; a += 1) {
    for (let b = 0; b <= a; b += 1) {
      const second =
        (at(a, width, b, width) -
          at(a, width, b, -width) -
          at(a, -width, b, width) +
          at(a, -width, b, -width)) /
        (4 * width * width);
      hessian[a * size + b] = second;
      hessian[b * size + a] = second;
    }
  }
  return hessian;
}

/** Points and log weights of Gauss and Hermite: roots of H(n) by Newton's method (Press et al. 2007, 4.6). */
function hermiteNodes(count: number): (readonly [number, number])[] {
  if (count === 1) return [[0, Math.log(Math.PI) / 2]];
  const nodes: (readonly [number, number])[] = [];
  // Roots lie within sqrt(2n + 1): found by the changes of sign over a fine grid.
  const normalised = (x: number) => {
    let [before, now] = [0, Math.PI ** -0.25];
    for (let j = 0; j < count; j += 1)
      [before, now] = [now, x * Math.sqrt(2 / (j + 1)) * now - Math.sqrt(j / (j + 1)) * before];
    return [now, before] as const;
  };
  const bound = Math.sqrt(2 * count + 1) + 0.01;
  const pieces = 200 * count;
  for (let piece = 0; piece < pieces; piece += 1) {
    let low = -bound + (2 * bound * piece) / pieces;
    let high = -bound + (2 * bound * (piece + 1)) / pieces;
    const sign = Math.sign(normalised(low)[0]);
    if (sign === Math.sign(normalised(high)[0])) continue;
    for (let step = 0; step < 80; step += 1) {
      const middle = (low + high) / 2;
      if (Math.sign(normalised(middle)[0]) === sign) low = middle;
      else high = middle;
    }
    const root = (low + high) / 2;
    const slope = Math.sqrt(2 * count) * normalised(root)[1];
    nodes.push([root, Math.log(2 / (slope * slope))]);
  }
  return nodes;
}
