import {
  AppError,
  update,
  type AchievementVersionId,
  type AssignmentId,
  type CollectionSpec,
  type DistrictId,
  type Instant,
  type MemberId,
  type RatingId,
  type Stored,
} from '../kernel/index.js';
import type { SeedReason } from './rating.js';
import type { ReviewStore } from './store.js';

/** What is planned of seeds for one reviewer on one version: what is owed, and what the reviewer is yet to be told. */
export interface SeedPlan extends Stored {
  /** `{version}:{reviewer}`. */
  readonly id: string;
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly achievementVersion: AchievementVersionId;
  readonly owed: readonly OwedSeed[];
  /** When it is next looked at whether a term's fewest are reached. */
  readonly termCheckAt: Instant;
  /** Seeds that could not be given: so many of the next ratings are asked for a second one instead. */
  readonly missing: number;
  /** Since when the pool has held none that this reviewer can be given; null while it does. */
  readonly shortSince: Instant | null;
  /** The seeds of recalibrations that were owed once, by their cause. */
  readonly recalibrated?: readonly string[];
  /** Committed ratings of seeds of which the reviewer was told nothing yet, and when the next telling is. */
  readonly untold: readonly RatingId[];
  readonly tellAt: Instant | null;
  /** The earliest of all these. */
  readonly effectDue: Instant | null;
}

/** A seed that will be given at a moment like those at which live work comes. */
export interface OwedSeed {
  /** The id that the assignment will have. */
  readonly assignment: AssignmentId;
  readonly because: SeedReason;
  /** What made it owed, so that the same is not owed twice: the live assignment, or a term or idle time. */
  readonly cause: string;
  readonly seed: string;
  readonly giveAt: Instant;
}

export const seedPlansSpec: CollectionSpec<SeedPlan> = {
  name: 'seed_plans',
  scope: 'district',
  unique: [{ name: 'once', fields: ['reviewer', 'achievementVersion'] }],
  indexes: [{ name: 'version', equality: ['achievementVersion'], order: 'reviewer' }],
  sweeps: ['effectDue'],
};

/** What a reviewer is told of several seeds at once: rounded, so that no single one can be found in it. */
export interface SeedReport extends Stored {
  readonly id: string;
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly achievementVersion: AchievementVersionId;
  /** How many it is of. */
  readonly ratings: 'three-to-nine' | 'ten-or-more';
  /** Share of levels that were the key's, to the nearest tenth. */
  readonly exact: number;
  /** Share of ratings whose decision was the key's, to the nearest tenth. */
  readonly decisions: number;
  /** Where the mean signed difference from the key lies: beyond a quarter of a level, or within. */
  readonly leaning: 'severe' | 'even' | 'lenient';
  readonly at: Instant;
}

export const seedReportsSpec: CollectionSpec<SeedReport> = {
  name: 'seed_reports',
  scope: 'district',
  unique: [],
  indexes: [{ name: 'reviewer', equality: ['reviewer'], order: 'at' }],
};

/** The plan with the moment at which something of it is next due. */
export function planned(plan: SeedPlan): SeedPlan {
  const moments = [
    ...plan.owed.map(({ giveAt }) => giveAt),
    plan.termCheckAt,
    ...(plan.tellAt === null ? [] : [plan.tellAt]),
  ].sort();
  return { ...plan, effectDue: moments[0] ?? null };
}

/** Changes the plan of a reviewer on a version, which is begun where there is none. `undefined` leaves it as it is. */
export async function changePlan(
  store: Pick<ReviewStore, 'seedPlans' | 'seedPlan'>,
  whose: Pick<SeedPlan, 'district' | 'reviewer' | 'achievementVersion' | 'termCheckAt'>,
  change: (plan: SeedPlan) => SeedPlan | undefined,
): Promise<SeedPlan> {
  const { district, reviewer, achievementVersion, termCheckAt } = whose;
  const id = `${achievementVersion}:${reviewer}`;
  if ((await store.seedPlan(district, reviewer, achievementVersion)) === undefined) {
    const begun = {
      ...{ id, district, reviewer, achievementVersion, termCheckAt },
      ...{ owed: [], missing: 0, shortSince: null, untold: [], tellAt: null, effectDue: termCheckAt },
    };
    try {
      await store.seedPlans.insert(begun);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    }
  }
  return update(
    store.seedPlans,
    district,
    id,
    (plan) => {
      const changed = change(plan);
      return changed === undefined ? undefined : planned(changed);
    },
    'seed plan',
  );
}
