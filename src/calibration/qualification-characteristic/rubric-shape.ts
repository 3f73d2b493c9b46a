import type { DecisionRule, Rubric } from '../../achievements/index.js';

/** What of a rubric bears on qualification, for asking about one that is not written yet. */
export interface RubricShape {
  readonly criteria: number;
  /** Levels of every criterion. */
  readonly levels: number;
  /** Number, from 1, of the level that every criterion requires. */
  readonly requiredLevel: number;
  readonly rule?: DecisionRule;
}

/** A rubric of this shape, conjunctive where no rule is given. Criteria are `c1` …, their levels `c1-1` …. */
export function rubricOfShape({
  criteria,
  levels,
  requiredLevel,
  rule = { kind: 'conjunctive' },
}: RubricShape): Rubric {
  return {
    rule,
    criteria: Array.from({ length: criteria }, (_, index) => ({
      id: `c${index + 1}`,
      name: `Criterion ${index + 1}`,
      description: '',
      requiredLevel: `c${index + 1}-${requiredLevel}`,
      levels: Array.from({ length: levels }, (_level, number) => ({
        id: `c${index + 1}-${number + 1}`,
        name: `Level ${number + 1}`,
        descriptor: '',
      })),
    })),
  };
}
