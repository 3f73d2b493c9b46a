import { choleskyFactor, solveWithFactor } from '../symmetric-matrix.js';
import { cellTable } from './category-model.js';
import { centring, freeGradient, freeMatrix, fullStep } from './centred-raters.js';
import type { FacetSteps } from './estimate-facets.js';
import { stepsOf } from './estimate-facets.js';
import { facetsUndefined, type FacetsData, type FacetsUndefined } from './facets-data.js';
import { facetsDesign, type FacetsDesign, type StepModel } from './facets-design.js';
import { pointFit, type FacetsFit } from './facets-fit.js';

/** Measures by joint maximum likelihood, without standard errors: they would be too small, as the measures are too wide. */
export interface JointEstimate {
  readonly kind: 'estimated';
  readonly raters: readonly { readonly id: string; readonly measure: number }[];
  readonly criteria: readonly { readonly id: string; readonly measure: number }[];
  readonly scales: readonly FacetSteps[];
  readonly abilities: readonly { readonly id: string; readonly ability: number }[];
  readonly deviance: number;
  readonly fit: FacetsFit;
}

/** What a perfect or a zero score is moved by, so that its θ is finite (as FACETS and TAM do). */
const extremeAdjustment = 0.3;

/**
 * Many-facet Rasch by joint maximum likelihood (Wright & Masters 1982; FACETS, tam.jml): every submission's θ is a
 * parameter, θ has mean 0, raters and steps sum to 0. Its measures are stretched by about L/(L-1), L ratings a
 * submission: it is here to be compared with other software and as a check of fit, never for what a person is told.
 */
export function jointEstimate(
  data: FacetsData,
  { steps }: { readonly steps: StepModel },
): JointEstimate | FacetsUndefined {
  const design = facetsDesign(data, steps);
  if ('kind' in design) return design;
  const by = centring(
    design.raters.length,
    design.raters.length + design.criteria.length + design.thresholds,
  );
  const parameters = new Float64Array(by.full);
  const abilities = new Float64Array(design.submissions.length);
  const scores = adjustedScores(design);
  for (let iteration = 0; iteration < 5000; iteration += 1) {
    const moved = Math.max(
      moveAbilities(design, parameters, abilities, scores),
      moveParameters(design, by, parameters, abilities),
    );
    if (moved < 1e-9) return result(design, parameters, abilities);
    if (!Number.isFinite(moved)) break;
  }
  return facetsUndefined('not-converged', 'Joint estimation did not come to rest.');
}

function adjustedScores(design: FacetsDesign): Float64Array {
  return Float64Array.from(design.submissions, (_, submission) => {
    let [score, least, most] = [0, 0, 0];
    for (let j = design.first[submission]!; j < design.first[submission + 1]!; j += 1) {
      const scale = design.scales[design.scaleOf[design.cellCriterion[design.cell[j]!]!]!]!;
      score += design.category[j]!;
      least += scale.used.indexOf(true);
      most += scale.used.lastIndexOf(true);
    }
    if (score === most) return score - extremeAdjustment;
    return score === least ? score + extremeAdjustment : score;
  });
}

/** One Newton step for each θ, then their mean is made 0. Gives the longest move. */
function moveAbilities(
  design: FacetsDesign,
  parameters: Float64Array,
  abilities: Float64Array,
  scores: Float64Array,
): number {
  const table = cellTable(design, parameters, abilities);
  const before = Float64Array.from(abilities);
  for (let submission = 0; submission < abilities.length; submission += 1) {
    let [mean, variance] = [0, 0];
    for (let j = design.first[submission]!; j < design.first[submission + 1]!; j += 1) {
      const entry = design.cell[j]! * abilities.length + submission;
      mean += table.mean[entry]!;
      variance += table.variance[entry]!;
    }
    const step = (scores[submission]! - mean) / variance;
    abilities[submission]! += Math.max(-1, Math.min(1, step));
  }
  const centre = abilities.reduce((sum, value) => sum + value, 0) / abilities.length;
  let longest = 0;
  for (let submission = 0; submission < abilities.length; submission += 1) {
    abilities[submission]! -= centre;
    longest = Math.max(longest, Math.abs(abilities[submission]! - before[submission]!));
  }
  return longest;
}

/** One Newton step for raters, criteria and thresholds with θ known. Gives the longest move. */
function moveParameters(
  design: FacetsDesign,
  by: ReturnType<typeof centring>,
  parameters: Float64Array,
  abilities: Float64Array,
): number {
  const table = cellTable(design, parameters, abilities);
  const gradient = new Float64Array(by.full);
  const information = new Float64Array(by.full * by.full);
  const raters = design.raters.length;
  const add = (a: number, b: number, value: number) => {
    information[a * by.full + b]! += value;
    if (a !== b) information[b * by.full + a]! += value;
  };
  for (let submission = 0; submission < abilities.length; submission += 1) {
    for (let j = design.first[submission]!; j < design.first[submission + 1]!; j += 1) {
      const cell = design.cell[j]!;
      const entry = cell * abilities.length + submission;
      const criterion = design.cellCriterion[cell]!;
      const [rater, hardness] = [design.cellRater[cell]!, raters + criterion];
      const residual = design.category[j]! - table.mean[entry]!;
      gradient[rater]! -= residual;
      gradient[hardness]! -= residual;
      add(rater, rater, table.variance[entry]!);
      add(rater, hardness, table.variance[entry]!);
      add(hardness, hardness, table.variance[entry]!);
      const { threshold } = design.scales[design.scaleOf[criterion]!]!;
      threshold.forEach((parameter, k) => {
        if (parameter < 0) return;
        const at = raters + design.criteria.length + parameter;
        const p = table.probability[entry * table.width + k]!;
        gradient[at]! += p - (design.category[j] === k ? 1 : 0);
        add(rater, at, p * (k - table.mean[entry]!));
        add(hardness, at, p * (k - table.mean[entry]!));
        for (let other = 1; other <= k; other += 1) {
          if (threshold[other]! < 0) continue;
          const p2 = table.probability[entry * table.width + other]!;
          add(at, raters + design.criteria.length + threshold[other]!, other === k ? p * (1 - p) : -p * p2);
        }
      });
    }
  }
  const factor = choleskyFactor(freeMatrix(by, information), by.free);
  if (factor === undefined) return NaN;
  const step = fullStep(by, solveWithFactor(factor, freeGradient(by, gradient)));
  const longest = step.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  for (let index = 0; index < by.full; index += 1)
    parameters[index]! += step[index]! * Math.min(1, 1 / longest);
  return longest;
}

function result(design: FacetsDesign, parameters: Float64Array, abilities: Float64Array): JointEstimate {
  const table = cellTable(design, parameters, abilities);
  let deviance = 0;
  for (let submission = 0; submission < abilities.length; submission += 1) {
    for (let j = design.first[submission]!; j < design.first[submission + 1]!; j += 1) {
      const entry = design.cell[j]! * abilities.length + submission;
      deviance -= 2 * Math.log(table.probability[entry * table.width + design.category[j]!]!);
    }
  }
  const raters = design.raters.length;
  return {
    kind: 'estimated',
    raters: design.raters.map((id, index) => ({ id, measure: parameters[index]! })),
    criteria: design.criteria.map((id, index) => ({ id, measure: parameters[raters + index]! })),
    scales: stepsOf(design, parameters.subarray(raters + design.criteria.length)),
    abilities: design.submissions.map((id, index) => ({ id, ability: abilities[index]! })),
    deviance,
    fit: pointFit(design, parameters, abilities),
  };
}
