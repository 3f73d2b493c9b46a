import { cellTable } from './category-model.js';
import type { FacetsDesign } from './facets-design.js';
import { gridPoints } from './marginal-likelihood.js';

/** Fewer ratings than these say nothing of fit. */
export const fewestForFit = 30;

/**
 * Mean squares of the residuals of one rater or criterion; 1 is what the model expects. Low (below .5) is suspiciously
 * predictable (halo, central tendency), high is erratic (Wright & Linacre 1994).
 */
export interface MeanSquares {
  /** Ratings that it rests on. */
  readonly n: number;
  /** Weighted by information: Σ(x - E)² / ΣV. Undefined for fewer than 30 ratings. */
  readonly infit: number | undefined;
  /** Unweighted: the mean of (x - E)² / V. Undefined for fewer than 30 ratings. */
  readonly outfit: number | undefined;
}

export interface FacetsFit {
  readonly raters: readonly MeanSquares[];
  readonly criteria: readonly MeanSquares[];
}

/**
 * Fit by marginal estimation: the squares are averaged over each submission's posterior of θ, under which their
 * expectation is what the model says (a θ drawn from the posterior and the ratings are a draw of the model).
 */
export function posteriorFit(
  design: FacetsDesign,
  parameters: Float64Array,
  posterior: Float64Array,
): FacetsFit {
  const points = gridPoints.length;
  const table = cellTable(design, parameters, gridPoints);
  const sums = new FitSums(design);
  for (let submission = 0; submission < design.submissions.length; submission += 1) {
    for (let j = design.first[submission]!; j < design.first[submission + 1]!; j += 1) {
      let [square, variance, standardised] = [0, 0, 0];
      for (let q = 0; q < points; q += 1) {
        const weight = posterior[submission * points + q]!;
        const entry = design.cell[j]! * points + q;
        if (weight < 1e-14) continue;
        const residual = (design.category[j]! - table.mean[entry]!) ** 2;
        square += weight * residual;
        variance += weight * table.variance[entry]!;
        standardised += (weight * residual) / table.variance[entry]!;
      }
      sums.add(design.cell[j]!, square, variance, standardised);
    }
  }
  return sums.fit();
}

/** Fit with one θ for each submission (joint estimation): E and V at that point. */
export function pointFit(design: FacetsDesign, parameters: Float64Array, abilities: Float64Array): FacetsFit {
  const table = cellTable(design, parameters, abilities);
  const sums = new FitSums(design);
  for (let submission = 0; submission < abilities.length; submission += 1) {
    for (let j = design.first[submission]!; j < design.first[submission + 1]!; j += 1) {
      const entry = design.cell[j]! * abilities.length + submission;
      const square = (design.category[j]! - table.mean[entry]!) ** 2;
      sums.add(design.cell[j]!, square, table.variance[entry]!, square / table.variance[entry]!);
    }
  }
  return sums.fit();
}

class FitSums {
  private readonly design: FacetsDesign;
  private readonly raters: Float64Array;
  private readonly criteria: Float64Array;

  constructor(design: FacetsDesign) {
    this.design = design;
    this.raters = new Float64Array(design.raters.length * 4);
    this.criteria = new Float64Array(design.criteria.length * 4);
  }

  add(cell: number, square: number, variance: number, standardised: number): void {
    for (const [sums, at] of [
      [this.raters, this.design.cellRater[cell]!],
      [this.criteria, this.design.cellCriterion[cell]!],
    ] as const) {
      sums[at * 4]! += 1;
      sums[at * 4 + 1]! += square;
      sums[at * 4 + 2]! += variance;
      sums[at * 4 + 3]! += standardised;
    }
  }

  fit(): FacetsFit {
    return { raters: meanSquares(this.raters), criteria: meanSquares(this.criteria) };
  }
}

function meanSquares(sums: Float64Array): MeanSquares[] {
  return Array.from({ length: sums.length / 4 }, (_, index) => {
    const [n, square, variance, standardised] = [...sums.subarray(index * 4, index * 4 + 4)] as [
      number,
      number,
      number,
      number,
    ];
    return n < fewestForFit
      ? { n, infit: undefined, outfit: undefined }
      : { n, infit: square / variance, outfit: standardised / n };
  });
}
