import { unreachable } from '../kernel/index.js';

/** A rubric: criteria, each with ordered levels, and the rule that turns levels into a decision. */
export interface Rubric {
  readonly criteria: readonly Criterion[];
  readonly rule: DecisionRule;
}

/** One criterion; it becomes a ResultDescription of type RubricCriterionLevel (Open Badges 3.0). */
export interface Criterion {
  /** Lower-case slug, unique in the rubric: the fragment of the ResultDescription's id. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Lowest first; the position, from 1, is the level's number and its `level` in credentials. */
  readonly levels: readonly Level[];
  /** Id of the lowest level that meets the criterion: what "met" means for it. */
  readonly requiredLevel: string;
}

export interface Level {
  /** Unique in the rubric, `{criterion}-{number}`. */
  readonly id: string;
  readonly name: string;
  /** What work at this level looks like for this criterion. */
  readonly descriptor: string;
}

/**
 * How levels become a decision.
 * - `conjunctive`: every criterion at or above its required level.
 * - `conjunctive-with-allowances`: all but at most `allowances` criteria, and those at most one level below.
 * - `compensatory`: the sum of level numbers at least `cut`, and every criterion named in `floors` at or above that level id.
 */
export type DecisionRule =
  | { readonly kind: 'conjunctive' }
  | { readonly kind: 'conjunctive-with-allowances'; readonly allowances: number }
  | {
      readonly kind: 'compensatory';
      readonly cut: number;
      readonly floors: { readonly [criterion: string]: string };
    };

/** A level id for each criterion id. */
export type Levels = { readonly [criterion: string]: string };

/** The level's number, 1 for the lowest; undefined when the level is not of this criterion. */
export function levelNumber(criterion: Criterion, level: string): number | undefined {
  const index = criterion.levels.findIndex((candidate) => candidate.id === level);
  return index < 0 ? undefined : index + 1;
}

/** Whether this level meets the criterion. @throws Error when the level is not of this criterion. */
export function meets(criterion: Criterion, level: string): boolean {
  return numberOf(criterion, level) >= numberOf(criterion, criterion.requiredLevel);
}

/**
 * The decision of the rule for these levels: the same for anyone who computes it again from the record.
 * @throws Error when a criterion has no level or one that is not its own.
 */
export function decide(rubric: Rubric, levels: Levels): 'met' | 'not_yet' {
  const { rule } = rubric;
  const at = (criterion: Criterion) => numberOf(criterion, levels[criterion.id] ?? '');
  const required = (criterion: Criterion) => numberOf(criterion, criterion.requiredLevel);
  switch (rule.kind) {
    case 'conjunctive':
      return rubric.criteria.every((criterion) => at(criterion) >= required(criterion)) ? 'met' : 'not_yet';
    case 'conjunctive-with-allowances': {
      const below = rubric.criteria.filter((criterion) => at(criterion) < required(criterion));
      const near = below.every((criterion) => at(criterion) === required(criterion) - 1);
      return near && below.length <= rule.allowances ? 'met' : 'not_yet';
    }
    case 'compensatory': {
      const sum = rubric.criteria.reduce((total, criterion) => total + at(criterion), 0);
      const floorsHeld = rubric.criteria.every((criterion) => {
        const floor = rule.floors[criterion.id];
        return floor === undefined || at(criterion) >= numberOf(criterion, floor);
      });
      return sum >= rule.cut && floorsHeld ? 'met' : 'not_yet';
    }
    default:
      return unreachable(rule);
  }
}

/**
 * The floor that the rule truly enforces for a criterion, so what `requiredLevel` may claim in a credential:
 * the required level under the conjunctive rule, the floor under the compensatory one, none under allowances.
 */
export function enforcedFloor(rubric: Rubric, criterion: Criterion): string | null {
  switch (rubric.rule.kind) {
    case 'conjunctive':
      return criterion.requiredLevel;
    case 'conjunctive-with-allowances':
      return rubric.rule.allowances === 0 ? criterion.requiredLevel : null;
    case 'compensatory':
      return rubric.rule.floors[criterion.id] ?? null;
    default:
      return unreachable(rubric.rule);
  }
}

function numberOf(criterion: Criterion, level: string): number {
  const number = levelNumber(criterion, level);
  if (number === undefined) throw new Error(`"${level}" is not a level of criterion "${criterion.id}"`);
  return number;
}
