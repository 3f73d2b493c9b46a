import type { Levels, Rubric } from '../achievements/index.js';
import { AppError, type FieldError } from '../kernel/index.js';

/** What is wrong with levels that should give every criterion of the rubric one of its own levels, each by JSON Pointer. */
export function levelFaults(
  rubric: Rubric,
  levels: { readonly [criterion: string]: unknown },
  at: string,
): FieldError[] {
  const faults: FieldError[] = [];
  for (const criterion of rubric.criteria) {
    const level = levels[criterion.id];
    const pointer = `${at}/${criterion.id}`;
    if (level === undefined) {
      faults.push({ pointer, detail: 'is required: every criterion needs a level' });
    } else if (!criterion.levels.some((candidate) => candidate.id === level)) {
      const own = criterion.levels.map((candidate) => candidate.id).join(', ');
      faults.push({ pointer, detail: `must be a level of this criterion in this version: ${own}` });
    }
  }
  for (const name of Object.keys(levels)) {
    if (!rubric.criteria.some((criterion) => criterion.id === name)) {
      const own = rubric.criteria.map((criterion) => criterion.id).join(', ');
      faults.push({
        pointer: `${at}/${escapePointer(name)}`,
        detail: `is not a criterion of this version, which has ${own}`,
      });
    }
  }
  return faults;
}

/** @throws rule-violated naming every criterion at fault. */
export function checkLevels(rubric: Rubric, levels: Levels, at: string): void {
  throwFaults(levelFaults(rubric, levels, at));
}

/** Throws `rule-violated` when there are faults; the first is said in the message. */
export function throwFaults(errors: readonly FieldError[]): void {
  const first = errors[0];
  if (first !== undefined)
    throw new AppError('rule-violated', `${first.pointer} ${first.detail}.`, { errors });
}

/** A member's name as one step of a JSON Pointer (RFC 6901, section 3). */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
