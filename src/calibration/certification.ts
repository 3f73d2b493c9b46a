import type { Levels } from '../achievements/index.js';
import type { Audited } from '../audit/index.js';
import type {
  AchievementVersionId,
  CertificationId,
  DistrictId,
  ExemplarId,
  Instant,
  MemberId,
  QualificationAttemptId,
  Stored,
} from '../kernel/index.js';

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
  readonly from: Instant;
  readonly until: Instant;
}

/** One try at a qualifying form. Never deleted. */
export interface QualificationAttempt extends Stored, Audited {
  readonly id: QualificationAttemptId;
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly achievementVersion: AchievementVersionId;
  /** 1, 2 … for this reviewer and version. */
  readonly number: number;
  readonly state: 'open' | 'certified' | 'not-certified';
  /** The exemplars to rate, in the order served: 10, then 15, then 20. */
  readonly form: readonly ExemplarId[];
  readonly responses: readonly QualificationResponse[];
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
}

export interface QualificationResponse {
  readonly exemplar: ExemplarId;
  readonly levels: Levels;
  readonly at: Instant;
}
