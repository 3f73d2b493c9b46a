import type { FacetsDesign, Scale } from './facets-design.js';

/**
 * Probabilities of categories: log P(k) = k(θ - δ - α) - T_k - log Z over the categories that occur, where T_k is the
 * sum of the steps τ up to k, and T of the first and last occurring category is 0, so that the steps sum to 0
 * (Linacre 1989; Andrich 1978; Masters 1982).
 */
export function categoryProbabilities(
  scale: Scale,
  thresholds: Float64Array,
  location: number,
  into: Float64Array,
  at: number,
): void {
  let highest = -Infinity;
  for (let k = 0; k <= scale.highest; k += 1) {
    const parameter = scale.threshold[k]!;
    const value = scale.used[k] ? k * location - (parameter < 0 ? 0 : thresholds[parameter]!) : -Infinity;
    into[at + k] = value;
    if (value > highest) highest = value;
  }
  let sum = 0;
  for (let k = 0; k <= scale.highest; k += 1) {
    const term = Math.exp(into[at + k]! - highest);
    into[at + k] = term;
    sum += term;
  }
  for (let k = 0; k <= scale.highest; k += 1) into[at + k]! /= sum;
}

/** Of every cell at every point: probabilities of the categories, their mean and variance. */
export interface CellTable {
  /** Room for so many categories in each entry of `probability`. */
  readonly width: number;
  readonly probability: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** The table of all cells over `points` of θ. `parameters` holds raters, criteria, thresholds, in this order. */
export function cellTable(design: FacetsDesign, parameters: Float64Array, points: Float64Array): CellTable {
  const width = Math.max(...design.scales.map((scale) => scale.highest)) + 1;
  const cells = design.cellRater.length;
  const probability = new Float64Array(cells * points.length * width);
  const mean = new Float64Array(cells * points.length);
  const variance = new Float64Array(cells * points.length);
  const raters = design.raters.length;
  const thresholds = parameters.subarray(raters + design.criteria.length);
  for (let cell = 0; cell < cells; cell += 1) {
    const criterion = design.cellCriterion[cell]!;
    const scale = design.scales[design.scaleOf[criterion]!]!;
    const hardness = parameters[design.cellRater[cell]!]! + parameters[raters + criterion]!;
    for (let q = 0; q < points.length; q += 1) {
      const entry = cell * points.length + q;
      categoryProbabilities(scale, thresholds, points[q]! - hardness, probability, entry * width);
      let first = 0;
      let second = 0;
      for (let k = 1; k <= scale.highest; k += 1) {
        const p = probability[entry * width + k]!;
        first += k * p;
        second += k * k * p;
      }
      mean[entry] = first;
      variance[entry] = second - first * first;
    }
  }
  return { width, probability, mean, variance };
}
