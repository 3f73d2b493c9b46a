import { decide, levelNumber, type Criterion, type Levels, type Rubric } from '../achievements/index.js';
import { ofTwoRaters, quadraticWeightedKappa } from './statistics/index.js';
import { posteriorAtLeast } from './posterior.js';
import type { QualificationPolicy } from './policy/index.js';

/** One exemplar of a form with its key and what the reviewer gave. */
export interface ScoredExemplar {
  readonly key: Levels;
  readonly given: Levels;
}

/** What the form shows so far, and which of the three zones that is. */
export interface QualificationFigures {
  readonly zone: 'pass' | 'extend' | 'fail';
  readonly exemplars: number;
  /** Criterion ratings. */
  readonly n: number;
  readonly exact: number;
  readonly twoOff: number;
  /** Exemplars on which the reviewer's levels give the key's decision. */
  readonly decisionsRight: number;
  /** P(exact rate >= the policy's) after these ratings. */
  readonly probability: number;
  /** Mean of given minus key, in levels, shrunk towards 0. */
  readonly meanDifference: number;
  readonly exactByCriterion: { readonly [criterion: string]: number };
  /** Quadratic weighted kappa over all ratings; null where it is undefined. */
  readonly kappa: number | null;
}

/** Prior variance of a reviewer's mean difference and variance of one difference (calibration.md, 2.2, cold start). */
const severityVariance = 0.25 ** 2;
const differenceVariance = 0.45;

/**
 * The three-zone rule of the qualifying form (review-quality.md): `pass` when every bar is met, `fail` when the exact
 * rate is improbable or too many ratings are two or more levels off, else `extend`. Adjacent agreement and AC2 have
 * no say: a reviewer who always gives one level does well on them.
 * @throws Error for no exemplar, and for levels that are not the rubric's.
 */
export function judgeQualification(
  rubric: Rubric,
  scored: readonly ScoredExemplar[],
  policy: QualificationPolicy,
): QualificationFigures {
  if (scored.length === 0) throw new Error('a form without a rated exemplar cannot be judged');
  const ratings = rubric.criteria.flatMap((criterion) =>
    scored.map(({ key, given }) => ({
      criterion: criterion.id,
      key: numberIn(criterion, key),
      given: numberIn(criterion, given),
    })),
  );
  const n = ratings.length;
  const isExact = (rating: (typeof ratings)[number]) => rating.given === rating.key;
  const exact = ratings.filter(isExact).length;
  const twoOff = ratings.filter((rating) => Math.abs(rating.given - rating.key) >= 2).length;
  const decisionsRight = scored.filter(
    ({ key, given }) => decide(rubric, key) === decide(rubric, given),
  ).length;
  const mean = ratings.reduce((sum, rating) => sum + rating.given - rating.key, 0) / n;
  const exactByCriterion = Object.fromEntries(
    rubric.criteria.map((criterion) => {
      const own = ratings.filter((rating) => rating.criterion === criterion.id);
      return [criterion.id, own.filter(isExact).length / own.length];
    }),
  );
  const levels = Math.max(...rubric.criteria.map((criterion) => criterion.levels.length));
  const both = {
    first: ratings.map((rating) => rating.key),
    second: ratings.map((rating) => rating.given),
    categories: Array.from({ length: levels }, (_, index) => index + 1),
  };
  const figures = {
    exemplars: scored.length,
    n,
    exact,
    twoOff,
    decisionsRight,
    probability: posteriorAtLeast(policy.exactRate, exact, n, policy.designEffect),
    meanDifference: (mean * n * severityVariance) / (n * severityVariance + differenceVariance),
    exactByCriterion,
    kappa: quadraticWeightedKappa(ofTwoRaters(both)).value ?? null,
  };
  return { ...figures, zone: zoneOf(figures, policy) };
}

function zoneOf(
  figures: Omit<QualificationFigures, 'zone'>,
  policy: QualificationPolicy,
): QualificationFigures['zone'] {
  const twoOff = figures.twoOff / figures.n;
  if (figures.probability <= policy.failProbability || twoOff > policy.failTwoOff) return 'fail';
  const passes =
    figures.probability >= policy.passProbability &&
    twoOff <= policy.passTwoOff &&
    figures.decisionsRight / figures.exemplars >= policy.decisionRate &&
    Math.abs(figures.meanDifference) <= policy.meanDifference &&
    Object.values(figures.exactByCriterion).every((rate) => rate >= policy.criterionExactRate) &&
    (figures.kappa === null || figures.kappa >= policy.kappa);
  return passes ? 'pass' : 'extend';
}

function numberIn(criterion: Criterion, levels: Levels): number {
  const number = levelNumber(criterion, levels[criterion.id] ?? '');
  if (number === undefined) throw new Error(`no level of criterion "${criterion.id}" was given`);
  return number;
}
