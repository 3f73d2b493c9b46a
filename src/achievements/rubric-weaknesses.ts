import { unreachable, type FieldError } from '../kernel/index.js';
import { levelNumber, type Criterion, type Rubric } from './rubric.js';

/**
 * What makes a rubric weak though it may be published: scales that tell little, descriptors that say no more than a
 * name, rules of which a part decides nothing. Each names what to do (calibration.md, 1.2 and 2.3).
 */
export function rubricWeaknesses(rubric: Rubric, at: string): readonly FieldError[] {
  const { criteria } = rubric;
  const few =
    criteria.length > 0 && criteria.length < 3
      ? [
          {
            pointer: `${at}/criteria`,
            detail: `are ${criteria.length}: with fewer than 3 a reviewer rates so little on a form that it takes 20 submissions to tell how well; split what is judged together`,
          },
        ]
      : [];
  return [
    ...few,
    ...criteria.flatMap((criterion, index) => criterionWeaknesses(criterion, `${at}/criteria/${index}`)),
    ...ruleWeaknesses(rubric, `${at}/rule`),
  ];
}

/** A descriptor of fewer words can hardly say what work looks like. */
const fewestWords = 4;

function criterionWeaknesses(criterion: Criterion, at: string): FieldError[] {
  const { levels } = criterion;
  const found: FieldError[] = [];
  if (levels.length === 2)
    found.push({
      pointer: `${at}/levels`,
      detail:
        'are two: the scale tells met from not met and nothing more, and qualifying on it takes 20 submissions; three or four levels tell a teacher where the work stands',
    });
  levels.forEach((level, index) => {
    const words = level.descriptor.trim().split(/\s+/).filter(Boolean).length;
    const pointer = `${at}/levels/${index}/descriptor`;
    if (level.descriptor !== '' && same(level.descriptor, level.name))
      found.push({ pointer, detail: 'only repeats the name of the level; say what is seen in the work' });
    else if (level.descriptor !== '' && words < fewestWords)
      found.push({
        pointer,
        detail: `has ${words === 1 ? 'one word' : `${words} words`}; say what is seen in work at this level and not at the one below`,
      });
  });
  return found;
}

function same(one: string, other: string): boolean {
  const read = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return read(one) === read(other);
}

function ruleWeaknesses({ rule, criteria }: Rubric, at: string): FieldError[] {
  const required = (criterion: Criterion) => levelNumber(criterion, criterion.requiredLevel) ?? 1;
  switch (rule.kind) {
    case 'conjunctive':
      return criteria.length > 1 &&
        criteria.every((criterion) => required(criterion) === criterion.levels.length)
        ? [
            {
              pointer: at,
              detail: 'asks for the highest level of every criterion: only work without a fault meets it',
            },
          ]
        : [];
    case 'conjunctive-with-allowances':
      return rule.allowances > 0 &&
        criteria.length > 0 &&
        criteria.every((criterion) => required(criterion) === 1)
        ? [
            {
              pointer: `${at}/allowances`,
              detail: 'allow nothing: no criterion has a level below the one that it requires',
            },
          ]
        : [];
    case 'compensatory': {
      const floor = (criterion: Criterion) => levelNumber(criterion, rule.floors[criterion.id] ?? '') ?? 1;
      const least = criteria.reduce((sum, criterion) => sum + floor(criterion), 0);
      const highest = criteria.reduce((sum, criterion) => sum + criterion.levels.length, 0);
      const found: FieldError[] = [];
      if (least > criteria.length && rule.cut <= least)
        found.push({
          pointer: `${at}/cut`,
          detail: `is ${rule.cut}, and work that reaches every floor has ${least} already: the cut decides nothing; raise it or use the conjunctive rule`,
        });
      if (rule.cut === highest)
        found.push({
          pointer: `${at}/cut`,
          detail: `is the sum of all highest levels (${highest}): nothing can make up for anything, so the rule is not compensatory`,
        });
      return found;
    }
    default:
      return unreachable(rule);
  }
}
