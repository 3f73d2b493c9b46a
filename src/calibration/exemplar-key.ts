import type { Levels, Rubric } from '../achievements/index.js';
import type { Instant } from '../kernel/index.js';
import type { Exemplar, ExpertRating } from './exemplar.js';

/** The fewest blind expert ratings that make a key. */
export const fewestExperts = 3;

/**
 * The key that blind ratings give by themselves: for each criterion the median, when the ratings lie within one level
 * of each other and more than half of them are the same. Undefined when a criterion has no such agreement, so that
 * the experts must talk.
 * @throws Error for fewer than three ratings, or levels that are not the rubric's.
 */
export function consensus(
  rubric: Rubric,
  ratings: readonly Pick<ExpertRating, 'levels'>[],
): Levels | undefined {
  if (ratings.length < fewestExperts) throw new Error(`a key needs ${fewestExperts} blind ratings`);
  const key: Record<string, string> = {};
  for (const criterion of rubric.criteria) {
    const given = ratings.map((rating) =>
      criterion.levels.findIndex((level) => level.id === rating.levels[criterion.id]),
    );
    if (given.includes(-1)) throw new Error(`a rating has no level of criterion "${criterion.id}"`);
    given.sort((a, b) => a - b);
    // Within one level and with a majority, the majority's level is the median.
    const median = given[Math.floor(given.length / 2)]!;
    const within = given[given.length - 1]! - given[0]! <= 1;
    const majority = given.filter((level) => level === median).length * 2 > given.length;
    if (!within || !majority) return undefined;
    key[criterion.id] = criterion.levels[median]!.id;
  }
  return key;
}

/** The rubric as experts still rate it: without the criteria whose levels were carried over from an earlier version. */
export function openRubric(rubric: Rubric, { carried }: Pick<Exemplar, 'carried'>): Rubric {
  return carried === null
    ? rubric
    : { ...rubric, criteria: rubric.criteria.filter(({ id }) => carried.levels[id] === undefined) };
}

/** The exemplar with what now follows from its ratings, agreed levels and rationale: the key, or a discussion. */
export function keyed(exemplar: Exemplar, rubric: Rubric, now: Instant): Exemplar {
  if (exemplar.state === 'keyed' || exemplar.state === 'unresolved') return exemplar;
  let { agreed, state } = exemplar;
  const { carried } = exemplar;
  const open = openRubric(rubric, exemplar);
  if (agreed === null && state === 'keying' && exemplar.ratings.length >= exemplar.expertsWanted) {
    const levels = consensus(open, exemplar.ratings);
    if (levels === undefined) state = 'discussing';
    else agreed = { levels, how: 'consensus', at: now };
  }
  if (agreed === null) return { ...exemplar, state };
  const explained = open.criteria.every((criterion) => exemplar.rationale[criterion.id] !== undefined);
  if (!explained) return { ...exemplar, agreed, state: 'keying' };
  const levels = { ...carried?.levels, ...agreed.levels };
  const rationale = { ...carried?.rationale, ...exemplar.rationale };
  return { ...exemplar, agreed, state: 'keyed', key: { ...agreed, levels, rationale, at: now } };
}

/** What an exemplar waits for; null when it waits for nothing. */
export function waitsFor(exemplar: Exemplar): 'ratings' | 'discussion' | 'rationale' | null {
  if (exemplar.state === 'keyed' || exemplar.state === 'unresolved') return null;
  if (exemplar.state === 'discussing') return 'discussion';
  return exemplar.agreed === null ? 'ratings' : 'rationale';
}

/** Whether blind ratings are still being gathered: until then nobody is shown another's, nor the rationale. */
export function isGathering(exemplar: Exemplar): boolean {
  return exemplar.state === 'keying' && exemplar.agreed === null;
}
