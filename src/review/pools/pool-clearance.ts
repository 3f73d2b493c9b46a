import { createHash } from 'node:crypto';
import { jcs, type Audited } from '../../audit/index.js';
import type {
  AchievementVersionId,
  CollectionSpec,
  DistrictId,
  Instant,
  Json,
  MemberId,
  Stored,
  SubmissionId,
} from '../../kernel/index.js';
import type { Submission } from '../../submissions/index.js';

/**
 * What a person of the host found when they read a submission for the review pool: that nothing in it says whose it is, or
 * that it stays in the district. Without one that says `cleared`, nothing of a submission is drawn for a seat or served
 * through one.
 */
export interface PoolClearance extends Stored, Audited {
  /** The submission's id. */
  readonly id: SubmissionId;
  readonly district: DistrictId;
  readonly achievementVersion: AchievementVersionId;
  readonly state: 'cleared' | 'kept';
  /** SHA-256, hex, of the answers that were read: others were never cleared. Not in the record: short texts could be guessed. */
  readonly answers: string;
  readonly checkedBy: MemberId;
  readonly checkedAt: Instant;
}

export const poolClearancesSpec: CollectionSpec<PoolClearance> = {
  name: 'pool_clearances',
  scope: 'district',
  unique: [],
  indexes: [{ name: 'all', equality: [], order: 'id' }],
  sweeps: ['auditDue'],
};

/** What stands for the answers of a submission as they are now. */
export function answersDigest({ answers }: Pick<Submission, 'answers'>): string {
  return createHash('sha256')
    .update(jcs(answers as unknown as Json))
    .digest('hex');
}
