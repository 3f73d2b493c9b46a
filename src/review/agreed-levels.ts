import {
  decide,
  levelNumber,
  meets,
  type Criterion,
  type Levels,
  type Rubric,
} from '../achievements/index.js';

/**
 * The final levels of ratings that agree; undefined when they do not, so that a senior reads the work blind.
 * They agree when no criterion is two or more levels apart, each criterion is met or unmet alike in all, and the rule
 * applied to the lower levels gives the decision of each: then the lower levels are final (review-quality.md, "Rating").
 * Nothing is averaged. One rating agrees with itself.
 * @throws Error for no rating, or levels that are not the rubric's.
 */
export function agreedLevels(rubric: Rubric, ratings: readonly Levels[]): Levels | undefined {
  const [first] = ratings;
  if (first === undefined) throw new Error('there is no rating to agree');
  const lower: Record<string, string> = {};
  for (const criterion of rubric.criteria) {
    const numbers = ratings.map((levels) => numberOf(criterion, levels));
    const lowest = Math.min(...numbers);
    if (Math.max(...numbers) - lowest >= 2) return undefined;
    const met = ratings.map((levels) => meets(criterion, levels[criterion.id]!));
    if (met.some((one) => one !== met[0])) return undefined;
    lower[criterion.id] = criterion.levels[lowest - 1]!.id;
  }
  const outcome = decide(rubric, lower);
  return ratings.every((levels) => decide(rubric, levels) === outcome) ? lower : undefined;
}

function numberOf(criterion: Criterion, levels: Levels): number {
  const number = levelNumber(criterion, levels[criterion.id] ?? '');
  if (number === undefined) throw new Error(`a rating has no level of criterion "${criterion.id}"`);
  return number;
}
