import type { Levels, Rubric } from '../achievements/index.js';
import type { DecisionId, Instant, RatingId } from '../kernel/index.js';

/** A level that stands from an earlier attempt, with the decision that found the criterion met, and what that rests on. */
export interface CarriedLevel {
  readonly level: string;
  /** The decision that found it met: of a level that stood there already, the one that it stood from. */
  readonly decision: DecisionId;
  readonly decidedAt: Instant;
  /** The sign-offs under that decision. */
  readonly ratings: readonly RatingId[];
}

/** By criterion; empty, or absent, where all are rated. */
export type CarriedLevels = { readonly [criterion: string]: CarriedLevel };

/** The levels alone. */
export function carriedLevels(carried: CarriedLevels | undefined): Levels {
  return Object.fromEntries(
    Object.entries(carried ?? {}).map(([criterion, { level }]) => [criterion, level]),
  );
}

/** Levels of every criterion: those that stand, and those that were rated. */
export function withCarried(carried: CarriedLevels | undefined, rated: Levels): Levels {
  return { ...rated, ...carriedLevels(carried) };
}

/** The criteria that are rated anew; undefined when all are. */
export function askedCriteria(
  { criteria }: Rubric,
  carried: CarriedLevels | undefined,
): readonly string[] | undefined {
  const asked = criteria.filter(({ id }) => carried?.[id] === undefined).map(({ id }) => id);
  return asked.length === criteria.length ? undefined : asked;
}

/** The rubric as an assignment asks by it: with the criteria that it is about, in the rubric's order. */
export function rubricAsked(rubric: Rubric, asked: readonly string[] | undefined): Rubric {
  return asked === undefined
    ? rubric
    : { ...rubric, criteria: rubric.criteria.filter(({ id }) => asked.includes(id)) };
}
