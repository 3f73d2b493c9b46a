import type { Audited } from '../../audit/index.js';
import type {
  AchievementId,
  DistrictId,
  Instant,
  MemberId,
  PoolAgreementId,
  Stored,
} from '../../kernel/index.js';

export const poolAgreementStates = ['proposed', 'active', 'ended'] as const;
export type PoolAgreementState = (typeof poolAgreementStates)[number];

/**
 * That reviewers of one district (`home`) may rate de-identified work of another (`tenant`, the host) for named
 * achievements: a review pool that spans the two. Kept for the whole service, since both read it; recorded in the chain of
 * the host, and each district's act in its own.
 */
export interface PoolAgreement extends Stored, Audited {
  readonly id: PoolAgreementId;
  /** The host: whose achievements and work they are. It proposes. */
  readonly tenant: DistrictId;
  /** Whose reviewers rate. It accepts. */
  readonly home: DistrictId;
  /** The host's achievements that it is about, in every version. */
  readonly achievements: readonly AchievementId[];
  readonly state: PoolAgreementState;
  /** `home` while proposed or active, else null: with the host unique, so that two districts have one at a time. */
  readonly openWith: DistrictId | null;
  readonly proposedBy: MemberId;
  readonly proposedAt: Instant;
  readonly acceptedBy: MemberId | null;
  readonly acceptedAt: Instant | null;
  /** Which side ended, withdrew or declined it; null while it is open. */
  readonly endedBy: PoolSide | null;
  readonly endedAt: Instant | null;
  /** When its end takes effect on seats and open work; null when nothing is due. */
  readonly effectDue: Instant | null;
}

export type PoolSide = 'host' | 'home';

/** On which side of an agreement a district stands; undefined for a stranger to it. */
export function sideOf(
  { tenant, home }: Pick<PoolAgreement, 'tenant' | 'home'>,
  district: string,
): PoolSide | undefined {
  return district === tenant ? 'host' : district === home ? 'home' : undefined;
}
