import type { Levels } from '../achievements/index.js';
import type { Audited } from '../audit/index.js';
import type {
  AchievementVersionId,
  CertificationId,
  DistrictId,
  DriftSignalId,
  ExemplarId,
  Instant,
  MemberId,
  QualificationAttemptId,
  Stored,
} from '../kernel/index.js';
import type { QualificationFigures } from './qualification-rule.js';

/** A reviewer's right to sign off on one rubric version, for a time. */
export interface Certification extends Stored, Audited {
  readonly id: CertificationId;
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly achievementVersion: AchievementVersionId;
  readonly state: 'active' | 'probation' | 'expired' | 'suspended' | 'revoked';
  /** How it was earned: on a qualifying form, or as one of the experts who keyed the first exemplars. */
  readonly basis: 'qualification' | 'keying';
  readonly attempt: QualificationAttemptId | null;
  /** What makes it unique: `attempt:{id}`, or `keying:{version}:{reviewer}`. */
  readonly uniqueBy: string;
  /** Number of the district's policy under which it was earned. */
  readonly policy: number;
  readonly from: Instant;
  readonly until: Instant;
  /** Why it was suspended, reinstated, revoked, put on probation or taken from it, in the lead's words; null before that. */
  readonly reason: string | null;
  /** The times at which it was suspended, with the end of each: whether it held at a past moment is read from here. */
  readonly suspensions: readonly { readonly from: Instant; readonly to: Instant | null }[];
  /** Why it is on probation, and from when its reviewer is told; null, or absent, while it is not. */
  readonly probation?: {
    /** The drift signal that put it there; null where a lead did. */
    readonly signal: DriftSignalId | null;
    readonly from: Instant;
    readonly tellAt: Instant;
  } | null;
  readonly revokedAt: Instant | null;
  /** When the consequences of a suspension or revocation (open work goes to others) or a word of its end is due; null when nothing is. */
  readonly effectDue: Instant | null;
}

/** One try at a qualifying form. Never deleted; `void` when exemplars ran out under it, and counted as none. */
export interface QualificationAttempt extends Stored, Audited {
  readonly id: QualificationAttemptId;
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly achievementVersion: AchievementVersionId;
  /** 1, 2 … for this reviewer and version. */
  readonly number: number;
  readonly state: 'open' | 'certified' | 'not-certified' | 'void';
  /** Number of the district's policy in force when it began: the whole attempt is judged by it. */
  readonly policy: number;
  /** Hex seed of the draw that chose form and reserve. */
  readonly seed: string;
  /** The exemplars to rate, in the order served: 10, then 15, then 20. */
  readonly form: readonly ExemplarId[];
  /** What extensions are taken from first, in this order. */
  readonly reserve: readonly ExemplarId[];
  readonly responses: readonly QualificationResponse[];
  /** What the rule found at the end; null while open. */
  readonly figures: QualificationFigures | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** When the certification that it earned is due; null when there is none to give or it is given. */
  readonly effectDue: Instant | null;
}

export interface QualificationResponse {
  readonly exemplar: ExemplarId;
  readonly levels: Levels;
  readonly at: Instant;
}

/** Whether the certification authorises a sign-off at this moment: its state now, its dates, its suspensions. */
export function holdsAt(certification: Certification, at: Instant): boolean {
  const suspended = certification.suspensions.some(({ from, to }) => from <= at && (to === null || at < to));
  const revoked = certification.revokedAt !== null && certification.revokedAt <= at;
  return certification.from <= at && at < certification.until && !suspended && !revoked;
}

/**
 * Whether a sign-off that is on record was made under the certification, looking back. Moments are whole seconds: one
 * suspended or revoked in the very second of the sign-off was so after it, for before it (`holdsAt`) it would have been
 * refused.
 */
export function heldAtSignOff(certification: Certification, at: Instant): boolean {
  const suspended = certification.suspensions.some(({ from, to }) => from < at && (to === null || at < to));
  const revoked = certification.revokedAt !== null && certification.revokedAt < at;
  return certification.from <= at && at < certification.until && !suspended && !revoked;
}

/** The instant `months` later on the calendar, at the last day of a shorter month. */
export function plusMonths(instant: Instant, months: number): Instant {
  const [year, month, day] = instant.slice(0, 10).split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = (index % 12) + 1;
  const leap = (toYear % 4 === 0 && toYear % 100 !== 0) || toYear % 400 === 0;
  const last = toMonth === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(toMonth) ? 30 : 31;
  const two = (number: number) => String(number).padStart(2, '0');
  return `${String(toYear).padStart(4, '0')}-${two(toMonth)}-${two(Math.min(day, last))}${instant.slice(10)}`;
}
