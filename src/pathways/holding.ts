import {
  unreachable,
  type AchievementId,
  type AchievementVersionId,
  type AwardId,
  type DistrictId,
  type HoldingId,
  type Instant,
  type MemberId,
  type Stored,
} from '../kernel/index.js';

/** How the credential behind a holding stands. */
export type HoldingState = 'active' | 'suspended' | 'revoked' | 'superseded';

/** That a member has a credential: one holding a credential, unique by award. */
export interface Holding extends Stored {
  readonly id: HoldingId;
  readonly district: DistrictId;
  readonly holder: MemberId;
  readonly award: AwardId;
  readonly credentialId: string;
  readonly achievement: AchievementId;
  readonly achievementVersion: AchievementVersionId;
  readonly name: string;
  /** `review` and `outside` are microcredentials; `components` is a milestone, whose hours are its components'. */
  readonly assessedBy: 'review' | 'outside' | 'components';
  readonly creditHours: number;
  readonly state: HoldingState;
  readonly awardedDate: Instant;
  readonly validUntil: Instant | null;
  /** When progress towards milestones is to be looked at; null when that is done. */
  readonly effectDue: Instant | null;
}

/** What is known of a credential when its holding is kept. */
export type HoldingFacts = Omit<Holding, 'id' | 'version' | 'effectDue'>;

/** Whether a holding counts as having its achievement now. */
export function isHeld(holding: Pick<Holding, 'state' | 'validUntil'>, now: Instant): boolean {
  return holding.state === 'active' && (holding.validUntil === null || holding.validUntil > now);
}

/** How far a member is towards a milestone. */
export interface Progress {
  readonly components: readonly ComponentProgress[];
  readonly complete: boolean;
}

export interface ComponentProgress {
  readonly achievement: AchievementId;
  /** The holding that fulfils it: the newest one held; null while none is. */
  readonly holding: Holding | null;
}

/** Which components these holdings fulfil. Any version of a component counts. */
export function progressFrom(
  components: readonly AchievementId[],
  holdings: readonly Holding[],
  now: Instant,
): Progress {
  const progress = components.map((achievement) => ({
    achievement,
    holding: holdings
      .filter((holding) => holding.achievement === achievement && isHeld(holding, now))
      .reduce<Holding | null>(
        (best, holding) => (best === null || holding.awardedDate > best.awardedDate ? holding : best),
        null,
      ),
  }));
  return {
    components: progress,
    complete: progress.length > 0 && progress.every(({ holding }) => holding !== null),
  };
}

/** One line of the credit ledger. */
export interface CreditEntry {
  readonly holding: Holding;
  /** The hours that count; 0 where `because` says why. */
  readonly counted: number;
  readonly because: 'earned' | 'counted-by-components' | 'not-in-force';
}

/** A member's credit hours: each credential's once. */
export interface CreditLedger {
  readonly total: number;
  readonly entries: readonly CreditEntry[];
}

/**
 * The ledger of these holdings. Suspended, revoked and superseded credentials count nothing; a milestone counts
 * nothing of its own, for its hours are its components'. Hours once earned stay when a credential expires. Hours are
 * multiples of 0.25, which add up exactly.
 */
export function ledgerOf(holdings: readonly Holding[]): CreditLedger {
  const entries = holdings.map((holding) => {
    const because = reasonOf(holding);
    return { holding, counted: because === 'earned' ? holding.creditHours : 0, because };
  });
  return { total: entries.reduce((sum, entry) => sum + entry.counted, 0), entries };
}

function reasonOf(holding: Holding): CreditEntry['because'] {
  switch (holding.state) {
    case 'active':
      return holding.assessedBy === 'components' ? 'counted-by-components' : 'earned';
    case 'suspended':
    case 'revoked':
    case 'superseded':
      return 'not-in-force';
    default:
      return unreachable(holding.state);
  }
}
