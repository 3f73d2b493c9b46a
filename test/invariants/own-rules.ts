import { createHash } from 'node:crypto';
import type { Raw } from './raw-store.js';

/*
 * What review-quality.md says, written a second time from its text: the checkers of the invariants use none of the code
 * whose results they check.
 */

/** A level's place in its criterion, 1 for the lowest; 0 when it is none of it. */
export function place(criterion: Raw, level: unknown): number {
  return (criterion['levels'] as Raw[]).map(({ id }) => id as unknown).indexOf(level) + 1;
}

/** What the rule makes of final levels, by place. */
export function outcomeOf(rubric: Raw, levels: Raw): 'met' | 'not_yet' {
  let sum = 0;
  let short = 0;
  let tooShort = 0;
  let underFloor = 0;
  for (const criterion of rubric['criteria'] as Raw[]) {
    const at = place(criterion, levels[criterion['id'] as string]);
    if (at === 0) throw new Error(`no level for ${criterion['id']}`);
    const lacking = place(criterion, criterion['requiredLevel']) - at;
    sum += at;
    if (lacking > 0) short += 1;
    if (lacking > 1) tooShort += 1;
    const floor = rubric['rule'].floors?.[criterion['id']] as unknown;
    if (floor !== undefined && at < place(criterion, floor)) underFloor += 1;
  }
  const { kind, allowances, cut } = rubric['rule'];
  const met =
    kind === 'compensatory'
      ? sum >= cut && underFloor === 0
      : kind === 'conjunctive'
        ? short === 0
        : tooShort === 0 && short <= allowances;
  return met ? 'met' : 'not_yet';
}

/** The lower of two sets of levels, criterion by criterion. */
export function lowerOf(rubric: Raw, one: Raw, other: Raw): Raw {
  return Object.fromEntries(
    (rubric['criteria'] as Raw[]).map((criterion) => {
      const id = criterion['id'] as string;
      return [id, place(criterion, one[id]) <= place(criterion, other[id]) ? one[id] : other[id]];
    }),
  );
}

/** Whether two ratings differ so that a third person must read: by two levels, across a required level, in decision. */
export function differ(rubric: Raw, one: Raw, other: Raw): boolean {
  for (const criterion of rubric['criteria'] as Raw[]) {
    const id = criterion['id'] as string;
    const [a, b] = [place(criterion, one[id]), place(criterion, other[id])];
    const required = place(criterion, criterion['requiredLevel']);
    if (Math.abs(a - b) >= 2 || a >= required !== b >= required) return true;
  }
  const lower = outcomeOf(rubric, lowerOf(rubric, one, other));
  return outcomeOf(rubric, one) !== lower || outcomeOf(rubric, other) !== lower;
}

/** The levels of a kept rating. */
export function levelsIn(rating: Raw): Raw {
  return Object.fromEntries(
    Object.entries(rating['criteria'] as Raw).map(([criterion, { level }]) => [criterion, level]),
  );
}

/** Members in order, no white space: JCS for what our documents hold (RFC 8785; no fractions beyond what JSON prints). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

export function sha256(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Who is drawn: least loaded, then least met, then least paired, then by the seed's words (docs/review.md, "A draw"). */
export function drawnFrom(seed: string, candidates: readonly Raw[]): string | undefined {
  let left = [...candidates];
  for (const figure of ['load', 'met', 'paired']) {
    const least = Math.min(...left.map((one) => (one[figure] as number | undefined) ?? 0));
    left = left.filter((one) => ((one[figure] as number | undefined) ?? 0) === least);
  }
  const names = left.map((one) => one['reviewer'] as string).sort();
  if (names.length === 0) return undefined;
  const usable = Math.floor(2 ** 32 / names.length) * names.length;
  for (let counter = 0; ; counter += 1) {
    const word = parseInt(sha256(`${seed}:${counter}`).slice(0, 8), 16);
    if (word < usable) return names[word % names.length];
  }
}

/** The moment that many years before, on the calendar. */
export function yearsBefore(at: string, years: number): string {
  return `${Number(at.slice(0, 4)) - years}${at.slice(4)}`;
}

/** Whether two members must not judge each other: same person, same school, a relationship now or within three years. */
export function inConflict(one: Raw, other: Raw, relationships: readonly Raw[], at: string): boolean {
  if (one['id'] === other['id']) return true;
  if (one['school'] !== null && one['school'] === other['school']) return true;
  return relationships.some(
    ({ member, other: second, to }) =>
      [member, second].includes(one['id']) &&
      [member, second].includes(other['id']) &&
      (to === null || to > yearsBefore(at, 3)),
  );
}

/**
 * Whether somebody has signed the code of conduct and declared conflicts at a moment: the newest text, or the one before
 * for 30 days more; within 12 months (docs/calibration.md, "Declarations").
 */
export function hasDeclared(
  declarations: readonly Raw[],
  codes: readonly Raw[],
  who: string,
  at: string,
): boolean {
  const own = declarations.filter((one) => one['member'] === who && one['at'] <= at);
  const conflicts = own.filter(({ about }) => about === 'conflicts');
  const signed = own
    .filter(({ about }) => about === 'code-of-conduct')
    .map(({ code }) => (code as Raw)['number'] as number);
  if (signed.length === 0 || !conflicts.some(({ until }) => at < until)) return false;
  const unsigned = codes
    .filter(({ number, from }) => number > Math.max(...signed) && from <= at)
    .map(({ from }) => Date.parse(from as string));
  return unsigned.length === 0 || Date.parse(at) < Math.min(...unsigned) + 30 * 86_400_000;
}

/** Whether one of two members has declared a tie to the other that goes on, or ended less than three years ago. */
export function declaredBetween(declarations: readonly Raw[], one: Raw, other: Raw, at: string): boolean {
  return declares(declarations, one, other, at) || declares(declarations, other, one, at);
}

function declares(declarations: readonly Raw[], by: Raw, other: Raw, at: string): boolean {
  const made = declarations
    .filter(({ member, about, at: day }) => member === by['id'] && about === 'conflicts' && day <= at)
    .sort((a, b) => a['n'] - b['n']);
  const since = yearsBefore(at, 3).slice(0, 10);
  const names = (doc: Raw) =>
    (doc['conflicts'] as Raw[]).some(({ name }) => name === other['email'] || name === other['school']);
  return made.some((doc, index) => {
    if (!names(doc)) return false;
    // The first later one that leaves it out ends it.
    const later = made.slice(index + 1).find((next) => !names(next));
    return later === undefined || (later['at'] as string).slice(0, 10) > since;
  });
}

/** Whether a certification lets its reviewer sign at a moment. A suspension or revocation begins with its own second. */
export function holds(certification: Raw, at: string): boolean {
  if (!(certification['from'] <= at && at < certification['until'])) return false;
  if (certification['revokedAt'] !== null && certification['revokedAt'] <= at) return false;
  return !isSuspended(certification, at);
}

export function isSuspended(certification: Raw, at: string): boolean {
  return (certification['suspensions'] as Raw[]).some(
    ({ from, to }) => from <= at && (to === null || at < to),
  );
}
