import { createHash } from 'node:crypto';
import type { Criterion, Rubric } from '../achievements/index.js';
import { jcs } from '../audit/index.js';

/**
 * Hex SHA-256 of everything that a rater reads of a criterion: its name and description, the names and descriptors of its
 * levels in order, and which is required. Ids are not read by raters; JSON Canonicalization Scheme (RFC 8785).
 */
export function criterionHash({ name, description, levels, requiredLevel }: Criterion): string {
  const read = {
    ...{ name, description },
    levels: levels.map((level) => ({ name: level.name, descriptor: level.descriptor })),
    required: levels.findIndex(({ id }) => id === requiredLevel),
  };
  return createHash('sha256').update(jcs(read)).digest('hex');
}

/**
 * Whether a rubric only words things otherwise: the same criteria by their ids and in order, each with as many levels and
 * the same required one, and the same rule. Only then is what stayed word for word read as it was before; a criterion
 * that is new or gone changes how the others are read.
 */
export function isMinorChange(before: Rubric, after: Rubric): boolean {
  const shape = ({ criteria, rule }: Rubric) =>
    jcs({
      rule,
      criteria: criteria.map(({ id, levels, requiredLevel }) => ({
        id,
        levels: levels.map((level) => level.id),
        requiredLevel,
      })),
    });
  return shape(before) === shape(after);
}

/** The criteria of a later version that are word for word those of an earlier one; none unless the change is minor. */
export function unchangedCriteria(before: Rubric, after: Rubric): readonly string[] {
  if (!isMinorChange(before, after)) return [];
  return after.criteria
    .filter((criterion) => {
      const earlier = before.criteria.find(({ id }) => id === criterion.id);
      return earlier !== undefined && criterionHash(earlier) === criterionHash(criterion);
    })
    .map(({ id }) => id);
}
