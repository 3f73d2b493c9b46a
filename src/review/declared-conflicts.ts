import {
  declarationStandingOf,
  type DeclarationStanding,
  type DeclaredConflict,
} from '../calibration/index.js';
import type { Instant } from '../kernel/index.js';
import type { Member } from '../tenancy/index.js';
import { isSameSchool, yearsBefore } from './conflict-of-interest.js';
import type { ReviewPorts } from './store.js';

/**
 * Whether one of these ties is with this member and counts at this moment: it goes on, or ended fewer years ago than a
 * relationship counts after its end (calibration.md, section 4: "declared").
 */
export function isDeclared(
  counted: readonly DeclaredConflict[],
  member: Pick<Member, 'email' | 'school'>,
  now: Instant,
  years: number,
): boolean {
  const since = yearsBefore(now, years).slice(0, 10);
  return counted.some(
    (tie) =>
      (tie.until === null || tie.until > since) &&
      (tie.with === 'person'
        ? tie.name === member.email
        : member.school !== null && isSameSchool(tie.name, member.school)),
  );
}

/**
 * What was declared between a teacher and others, in both directions: by somebody who is to rate, and by the teacher, who
 * may be a reviewer too. The teacher's own declaration is read once.
 */
export async function declaredAgainst(
  ports: Pick<ReviewPorts, 'calibration' | 'clock'>,
  teacher: Member,
  years: number,
): Promise<{ of(reviewer: Member, standing: DeclarationStanding): 'declared' | undefined }> {
  const now = ports.clock.now();
  const { counted } = await declarationStandingOf(ports.calibration, teacher.district, teacher.id);
  return {
    of: (reviewer, standing) =>
      isDeclared(standing.counted, teacher, now, years) || isDeclared(counted, reviewer, now, years)
        ? 'declared'
        : undefined,
  };
}
