import type { Instant } from '../kernel/index.js';
import type { Member, Relationship } from '../tenancy/index.js';

export type ConflictOfInterest = 'self' | 'school' | 'small-district' | Relationship['kind'];

/** Districts with fewer schools count as one school: everybody knows everybody. */
const fewestSchools = 5;

/**
 * Why this reviewer must not rate this teacher's work, or undefined: the same person; the same school; one coaches or
 * supervises the other, or did within `years`; a conflict that was declared (review-quality.md, "Rating").
 * It is the same in both directions, and asked at the offer and again at the sign-off. In a review pool that spans
 * districts, two people of one district with fewer than five schools are in conflict too; within one district's own
 * review (`pool` left out) that would leave nobody.
 */
export function conflictOfInterest(
  reviewer: Member,
  teacher: Member,
  relationships: readonly Relationship[],
  now: Instant,
  years: number,
  pool?: { readonly schools: number; readonly sameDistrict: boolean },
): ConflictOfInterest | undefined {
  if (reviewer.id === teacher.id) return 'self';
  if (pool !== undefined && pool.sameDistrict && pool.schools < fewestSchools) return 'small-district';
  if (reviewer.school !== null && teacher.school !== null && isSameSchool(reviewer.school, teacher.school))
    return 'school';
  const since = yearsBefore(now, years);
  return relationships.find(
    ({ member, other, to }) =>
      ((member === reviewer.id && other === teacher.id) ||
        (member === teacher.id && other === reviewer.id)) &&
      (to === null || to > since),
  )?.kind;
}

/** The moment that many years before. */
export function yearsBefore(now: Instant, years: number): Instant {
  return `${String(Number(now.slice(0, 4)) - years).padStart(4, '0')}${now.slice(4)}`;
}

/** Whether two names of schools are the same to a reader: case, spaces and forms of characters aside. */
export function isSameSchool(one: string, other: string): boolean {
  const read = (name: string) => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
  return read(one) === read(other);
}
