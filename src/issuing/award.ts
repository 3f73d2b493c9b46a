import type { Audited } from '../audit/index.js';
import type {
  AchievementVersionId,
  AwardId,
  DecisionId,
  DistrictId,
  EditionId,
  Instant,
  MemberId,
  StatusListId,
  Stored,
  SubmissionId,
} from '../kernel/index.js';

/** `preparing` until the first edition is signed and kept. `superseded`: replaced by another credential. */
export const awardStates = ['preparing', 'active', 'suspended', 'revoked', 'superseded'] as const;
export type AwardState = (typeof awardStates)[number];

/** Why the award was made. */
export type AwardBasis =
  | { readonly kind: 'decision'; readonly decision: DecisionId; readonly submission: SubmissionId }
  | { readonly kind: 'outside' }
  | { readonly kind: 'components'; readonly components: readonly AwardId[] };

/** That a person was given an achievement: one credential, whatever crashes. */
export interface Award extends Stored, Audited {
  readonly id: AwardId;
  readonly district: DistrictId;
  readonly achievementVersion: AchievementVersionId;
  readonly basis: AwardBasis;
  /** What makes it unique: `decision:{submission}`, `outside:{version}:{hmac}`, `components:{version}:{holder}`. */
  readonly uniqueBy: string;
  readonly holder: MemberId | null;
  /** The credential's id: `https://HOST/c/{code}{18 of base62}`. */
  readonly credentialId: string;
  /** The last path segment of `credentialId`. */
  readonly publicId: string;
  readonly state: AwardState;
  /** Why it is suspended, revoked or superseded, in words for the public; null otherwise. */
  readonly reason: string | null;
  readonly since: Instant;
  readonly replacedBy: string | null;
  readonly awardedDate: Instant;
  readonly validUntil: Instant | null;
  /** `urn:uuid:…` or the holder's proved DID. */
  readonly subjectId: string;
  readonly identitySalt: string;
  readonly identityHash: string;
  /** The number of the newest edition; 0 while preparing. */
  readonly edition: number;
  readonly createdAt: Instant;
  readonly effectDue: Instant | null;
}

/** One signed form of an award's credential; unique by (award, n); its bytes are served exactly as kept. */
export interface Edition extends Stored {
  readonly id: EditionId;
  readonly district: DistrictId;
  readonly award: AwardId;
  readonly n: number;
  readonly validFrom: Instant;
  readonly statusList: StatusListId;
  readonly statusIndex: number;
  readonly json: string;
  readonly jwt: string;
  readonly createdAt: Instant;
}
