import { cellTable } from './category-model.js';
import type { FacetsDesign } from './facets-design.js';

/** 101 points of θ from -10 to 10. */
export const gridPoints = Float64Array.from({ length: 101 }, (_, index) => (index - 50) / 5);

/** What the marginal log-likelihood is at a point, and how it bends. Parameters: raters, criteria, thresholds, log σ. */
export interface MarginalLikelihood {
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
  /** Observed information: minus the second derivatives (Louis 1982). */
  readonly information: Float64Array;
  /** Information of the complete data, θ known: never indefinite, where the observed one may be. */
  readonly completeInformation: Float64Array;
  /** Posterior weight of each point of θ, submission by submission. */
  readonly posterior: Float64Array;
}

/** Number of parameters in full, before raters are made to sum to 0. */
export const parameterCount = (design: FacetsDesign) =>
  design.raters.length + design.criteria.length + design.thresholds + 1;

/**
 * The marginal log-likelihood alone: Σ log Σ w(θ) Π P(x | θ), θ ~ N(0, σ²) with weights normalised over the grid
 * (Bock & Aitkin 1981).
 */
export function marginalLogLikelihood(design: FacetsDesign, parameters: Float64Array): number {
  return posteriors(design, parameters).logLikelihood;
}

/** Log-likelihood, gradient, both informations and posteriors. */
export function marginalLikelihood(design: FacetsDesign, parameters: Float64Array): MarginalLikelihood {
  const { logLikelihood, posterior, table, prior } = posteriors(design, parameters);
  const size = parameters.length;
  const points = gridPoints.length;
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  const completeInformation = new Float64Array(size * size);
  const cellWeight = new Float64Array(design.cellRater.length * points);

  const local = new Int32Array(size).fill(-1);
  const global = new Int32Array(size);
  const score = new Float64Array(size);
  const scoreMean = new Float64Array(size);
  let scoreSquare = new Float64Array(0);
  const raters = design.raters.length;
  const sigmaAt = size - 1;
  for (let submission = 0; submission + 1 < design.first.length; submission += 1) {
    const [from, to] = [design.first[submission]!, design.first[submission + 1]!];
    // The few parameters that this submission's likelihood depends on, numbered from 0.
    let count = 0;
    const note = (parameter: number) => {
      if (local[parameter]! >= 0) return;
      local[parameter] = count;
      global[count] = parameter;
      count += 1;
    };
    for (let j = from; j < to; j += 1) {
      const cell = design.cell[j]!;
      const criterion = design.cellCriterion[cell]!;
      note(design.cellRater[cell]!);
      note(raters + criterion);
      for (const threshold of design.scales[design.scaleOf[criterion]!]!.threshold) {
        if (threshold >= 0) note(raters + design.criteria.length + threshold);
      }
    }
    note(sigmaAt);
    if (scoreSquare.length < count * count) scoreSquare = new Float64Array(count * count);
    scoreSquare.fill(0, 0, count * count);
    scoreMean.fill(0, 0, count);
    for (let q = 0; q < points; q += 1) {
      const weight = posterior[submission * points + q]!;
      if (weight < 1e-18) continue;
      score.fill(0, 0, count);
      for (let j = from; j < to; j += 1) {
        const cell = design.cell[j]!;
        const entry = cell * points + q;
        cellWeight[entry]! += weight;
        const criterion = design.cellCriterion[cell]!;
        const residual = design.category[j]! - table.mean[entry]!;
        score[local[design.cellRater[cell]!]!]! -= residual;
        score[local[raters + criterion]!]! -= residual;
        const { threshold } = design.scales[design.scaleOf[criterion]!]!;
        for (let k = 1; k < threshold.length; k += 1) {
          if (threshold[k]! < 0) continue;
          const at = local[raters + design.criteria.length + threshold[k]!]!;
          score[at]! += table.probability[entry * table.width + k]! - (design.category[j] === k ? 1 : 0);
        }
      }
      score[count - 1] = prior.square[q]! - prior.meanSquare;
      for (let a = 0; a < count; a += 1) {
        const weighted = weight * score[a]!;
        scoreMean[a]! += weighted;
        for (let b = 0; b <= a; b += 1) scoreSquare[a * count + b]! += weighted * score[b]!;
      }
      completeInformation[sigmaAt * size + sigmaAt]! +=
        weight * (2 * prior.square[q]! - 2 * prior.meanSquare + prior.varianceSquare);
    }
    for (let a = 0; a < count; a += 1) {
      const row = global[a]!;
      gradient[row]! += scoreMean[a]!;
      for (let b = 0; b <= a; b += 1) {
        const column = global[b]!;
        const covariance = scoreSquare[a * count + b]! - scoreMean[a]! * scoreMean[b]!;
        information[row * size + column]! -= covariance;
        if (a !== b) information[column * size + row]! -= covariance;
      }
    }
    for (let a = 0; a < count; a += 1) local[global[a]!] = -1;
  }
  addCellInformation(design, table, cellWeight, completeInformation, size);
  for (let index = 0; index < information.length; index += 1)
    information[index]! += completeInformation[index]!;
  return { logLikelihood, gradient, information, completeInformation, posterior };
}

/** Minus the second derivatives of log P(x | θ), which do not depend on x, over all ratings of each cell. */
function addCellInformation(
  design: FacetsDesign,
  table: ReturnType<typeof cellTable>,
  cellWeight: Float64Array,
  information: Float64Array,
  size: number,
): void {
  const points = gridPoints.length;
  const raters = design.raters.length;
  const add = (a: number, b: number, value: number) => {
    information[a * size + b]! += value;
    if (a !== b) information[b * size + a]! += value;
  };
  for (let cell = 0; cell < design.cellRater.length; cell += 1) {
    const criterion = design.cellCriterion[cell]!;
    const { threshold } = design.scales[design.scaleOf[criterion]!]!;
    const [rater, hardness] = [design.cellRater[cell]!, raters + criterion];
    const thresholdAt = (k: number) => raters + design.criteria.length + threshold[k]!;
    for (let q = 0; q < points; q += 1) {
      const entry = cell * points + q;
      const weight = cellWeight[entry]!;
      if (weight === 0) continue;
      const variance = weight * table.variance[entry]!;
      add(rater, rater, variance);
      add(rater, hardness, variance);
      add(hardness, hardness, variance);
      for (let k = 1; k < threshold.length; k += 1) {
        if (threshold[k]! < 0) continue;
        const p = table.probability[entry * table.width + k]!;
        const cross = weight * p * (k - table.mean[entry]!);
        add(rater, thresholdAt(k), cross);
        add(hardness, thresholdAt(k), cross);
        for (let other = 1; other <= k; other += 1) {
          if (threshold[other]! < 0) continue;
          const p2 = table.probability[entry * table.width + other]!;
          add(thresholdAt(k), thresholdAt(other), weight * (other === k ? p * (1 - p) : -p * p2));
        }
      }
    }
  }
}

/** Normal weights over the grid, with the moments of θ²/σ² under them. */
function priorOver(sigma: number) {
  const square = gridPoints.map((point) => (point / sigma) ** 2);
  const weight = square.map((value) => Math.exp(-value / 2));
  const total = weight.reduce((sum, value) => sum + value, 0);
  let meanSquare = 0;
  let fourth = 0;
  for (let q = 0; q < square.length; q += 1) {
    weight[q]! /= total;
    meanSquare += weight[q]! * square[q]!;
    fourth += weight[q]! * square[q]! ** 2;
  }
  return { weight, square, meanSquare, varianceSquare: fourth - meanSquare ** 2 };
}

function posteriors(design: FacetsDesign, parameters: Float64Array) {
  const points = gridPoints.length;
  const table = cellTable(design, parameters, gridPoints);
  const prior = priorOver(Math.exp(parameters[parameters.length - 1]!));
  const logs = table.probability.map((p) => Math.log(p));
  const logPrior = prior.weight.map((weight) => Math.log(weight));
  const submissions = design.submissions.length;
  const posterior = new Float64Array(submissions * points);
  const own = new Float64Array(points);
  let logLikelihood = 0;
  for (let submission = 0; submission < submissions; submission += 1) {
    own.set(logPrior);
    for (let j = design.first[submission]!; j < design.first[submission + 1]!; j += 1) {
      const start = design.cell[j]! * points * table.width + design.category[j]!;
      for (let q = 0; q < points; q += 1) own[q]! += logs[start + q * table.width]!;
    }
    let highest = -Infinity;
    for (let q = 0; q < points; q += 1) if (own[q]! > highest) highest = own[q]!;
    let sum = 0;
    for (let q = 0; q < points; q += 1) {
      const term = Math.exp(own[q]! - highest);
      posterior[submission * points + q] = term;
      sum += term;
    }
    for (let q = 0; q < points; q += 1) posterior[submission * points + q]! /= sum;
    logLikelihood += highest + Math.log(sum);
  }
  return { logLikelihood, posterior, table, prior };
}
