import type { Criterion, Levels, Rubric } from '../../achievements/index.js';
import type { ScoredExemplar } from '../qualification-rule.js';
import { normalAtRandom, type Random } from '../statistics/index.js';

/** A reviewer as a model: what is given is round(key + bias + effect of the submission + noise), kept on the scale. */
export interface SimulatedReviewer {
  /** Standard deviation of the noise of one rating, in levels. */
  readonly noise: number;
  /** In levels: above 0 is lenient. */
  readonly bias: number;
  /** Standard deviation of what the ratings of one submission share, in levels. */
  readonly submissionEffect: number;
}

/** Of ratings of one submission: .15 level (calibration.md, 2.3). */
export const defaultSubmissionEffect = 0.15;

/** Upper cuts of the normal at which 15 % and 50 % lie below: how far apart levels are for keys of submissions. */
const cutDistance = 1.0364333894937896;

/**
 * The shares of a scale's levels among keys: a standard normal cut at equal distances, so that a scale of four has
 * 15, 35, 35, 15 % (the research's), one of three 30, 40, 30 %, and one of two halves.
 */
export function drawKeyLevel(levels: number, random: Random): number {
  const place = normalAtRandom(random) / cutDistance + levels / 2;
  return Math.min(levels, Math.max(1, Math.ceil(place)));
}

/** One exemplar with a key drawn at random, rated by the reviewer. */
export function simulatedExemplar(
  rubric: Rubric,
  reviewer: SimulatedReviewer,
  random: Random,
): ScoredExemplar {
  const shared = reviewer.bias + reviewer.submissionEffect * normalAtRandom(random);
  const key: { [criterion: string]: string } = {};
  const given: { [criterion: string]: string } = {};
  for (const criterion of rubric.criteria) {
    const level = drawKeyLevel(criterion.levels.length, random);
    const rated = Math.round(level + shared + reviewer.noise * normalAtRandom(random));
    key[criterion.id] = levelId(criterion, level);
    given[criterion.id] = levelId(criterion, Math.min(criterion.levels.length, Math.max(1, rated)));
  }
  return { key: key as Levels, given: given as Levels };
}

const levelId = (criterion: Criterion, number: number) => criterion.levels[number - 1]!.id;
