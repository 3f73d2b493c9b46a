import { decide, levelNumber, meets, type Levels, type Rubric } from '../achievements/index.js';
import type { Certification, ReviewPolicy } from '../calibration/index.js';
import { unreachable } from '../kernel/index.js';

/** Why a submission is rated by two: known when the case opens, when a reviewer is drawn, or from the first rating. */
export type DoubleRatingReason =
  | 'first-of-version'
  | 'random'
  | 'first-of-reviewer'
  | 'founding-panel'
  | 'probation'
  | 'seed-shortage'
  | 'not-yet'
  | 'boundary';

/** What asks for a second rating because of who was drawn. `rated` counts the reviewer's ratings of this version. */
export function reasonsFromReviewer(
  certification: Certification,
  rated: number,
  policy: ReviewPolicy,
): DoubleRatingReason[] {
  const reasons: DoubleRatingReason[] = [];
  if (rated < policy.firstOfReviewer) reasons.push('first-of-reviewer');
  if (certification.basis === 'keying') reasons.push('founding-panel');
  if (certification.state === 'probation') reasons.push('probation');
  return reasons;
}

/** What asks for a second rating because of what the first one says. */
export function reasonsFromLevels(rubric: Rubric, levels: Levels): DoubleRatingReason[] {
  if (decide(rubric, levels) === 'not_yet')
    return isBoundary(rubric, levels) ? ['not-yet', 'boundary'] : ['not-yet'];
  return isBoundary(rubric, levels) ? ['boundary'] : [];
}

/** Variance of one criterion rating about the key, in levels, until a version has figures of its own (calibration.md, 2.2). */
const ratingVariance = 0.45;

/**
 * Whether the decision could easily have been the other one: compensatory, within one standard error of the cut; with
 * allowances, all of them used; conjunctive, no case beyond "not yet" (review-quality.md, "Double rating").
 */
export function isBoundary(rubric: Rubric, levels: Levels): boolean {
  const { rule, criteria } = rubric;
  switch (rule.kind) {
    case 'conjunctive':
      return false;
    case 'conjunctive-with-allowances': {
      const below = criteria.filter((criterion) => !meets(criterion, levels[criterion.id] ?? '')).length;
      return rule.allowances > 0 && below === rule.allowances;
    }
    case 'compensatory': {
      const sum = criteria.reduce(
        (total, criterion) => total + (levelNumber(criterion, levels[criterion.id] ?? '') ?? 0),
        0,
      );
      return Math.abs(sum - rule.cut) <= Math.sqrt(ratingVariance * criteria.length);
    }
    default:
      return unreachable(rule);
  }
}
