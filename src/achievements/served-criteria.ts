import type { EvidenceRequirement } from './achievement.js';
import type { Findings } from './content-findings.js';
import type { Rubric } from './rubric.js';

/** The evidence that shows a criterion, in the order of the requirements; empty where the author says of none. */
export function requirementsFor<T extends Pick<EvidenceRequirement, 'serves'>>(
  criterion: string,
  requirements: readonly T[],
): readonly T[] {
  return requirements.filter(({ serves }) => serves?.includes(criterion) === true);
}

/**
 * What is wrong and what is weak in what the author says of which evidence shows which criterion: a name that is none, a
 * criterion that no evidence shows, or only such as may be left out. Where nothing is said at all, it is said once.
 */
export function servedCriteriaFindings(
  { criteria }: Rubric,
  requirements: readonly EvidenceRequirement[],
  at: string,
): Findings {
  const ids = criteria.map(({ id }) => id);
  const errors = requirements.flatMap(({ serves = [] }, index) =>
    serves
      .filter((id) => !ids.includes(id))
      .map((id) => ({
        pointer: `${at}/requirements/${index}/serves`,
        detail: `"${id}" is no criterion of the rubric; choose of ${ids.join(', ')}`,
      })),
  );
  if (criteria.length === 0 || requirements.length === 0) return { errors, warnings: [] };
  if (requirements.every(({ serves = [] }) => serves.length === 0)) {
    return {
      errors,
      warnings: [
        {
          pointer: `${at}/requirements`,
          detail:
            'do not say which criteria they show: with `serves`, reviewers look in one place for each criterion, and one that no evidence shows is found before teachers hand in',
        },
      ],
    };
  }
  const warnings = criteria.flatMap(({ id, name }, index) => {
    const pointer = `${at}/rubric/criteria/${index}`;
    const own = requirementsFor(id, requirements);
    if (own.length === 0)
      return [
        {
          pointer,
          detail: `no evidence requirement shows “${name}”: teachers are asked for nothing to be judged by; name it in the \`serves\` of one, or ask for more`,
        },
      ];
    return own.every(({ min }) => min === 0)
      ? [
          {
            pointer,
            detail: `only evidence that may be left out shows “${name}”: work without it could not be judged; let one requirement have a min of 1`,
          },
        ]
      : [];
  });
  return { errors, warnings };
}
