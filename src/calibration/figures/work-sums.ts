import type { AchievementVersionId, DistrictId, Instant, MemberId, RatingId } from '../../kernel/index.js';
import type { ObservedLevel } from '../observation.js';

/** What a reviewer did, whatever it was held against. */
export interface WorkSums {
  /** Committed ratings of submissions; of seeds; and adjudications. */
  readonly ratings: number;
  readonly seeds: number;
  readonly adjudications: number;
  /** Whole minutes from being given a work to committing its rating, in all; adjudications aside. */
  readonly minutes: number;
  /**
   * How often each level was given, from the lowest, criterion by criterion: in ratings of submissions and seeds. Only what
   * was disputed is adjudicated, so those levels are left out.
   */
  readonly levels: { readonly [criterion: string]: readonly number[] };
  /** The latest commit; null where there is none. */
  readonly lastAt: Instant | null;
}

/** A committed rating, as the sums need it. */
export interface CountedWork {
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly achievementVersion: AchievementVersionId;
  readonly rating: RatingId;
  readonly kind: 'rating' | 'seed' | 'adjudication';
  readonly minutes: number;
  readonly levels: readonly Pick<ObservedLevel, 'criterion' | 'given' | 'q'>[];
  readonly at: Instant;
}

export const noWorkSums: WorkSums = {
  ratings: 0,
  seeds: 0,
  adjudications: 0,
  minutes: 0,
  levels: {},
  lastAt: null,
};

/** The sums with one rating more. */
export function plusWork(sums: WorkSums, work: CountedWork): WorkSums {
  return {
    ...moved(sums, work, 1),
    lastAt: sums.lastAt === null || sums.lastAt < work.at ? work.at : sums.lastAt,
  };
}

/** The sums as they were without one rating, but for the latest commit, which sums cannot tell. */
export function minusWork(sums: WorkSums, work: CountedWork): WorkSums {
  const { levels, ...rest } = moved(sums, work, -1);
  // A criterion of which nothing is left is as if it had never been rated.
  const used = Object.entries(levels).filter(([, counts]) => counts.some((count) => count > 0));
  return { ...rest, levels: Object.fromEntries(used) };
}

function moved(sums: WorkSums, { kind, minutes, levels }: CountedWork, by: 1 | -1): WorkSums {
  const ordinary = kind !== 'adjudication';
  const counts = { ...sums.levels };
  if (ordinary)
    for (const { criterion, given, q } of levels) {
      const kept = counts[criterion] ?? new Array<number>(q).fill(0);
      counts[criterion] = kept.map((count, level) => (level === given - 1 ? Math.max(0, count + by) : count));
    }
  return {
    ratings: sums.ratings + (kind === 'rating' ? by : 0),
    seeds: sums.seeds + (kind === 'seed' ? by : 0),
    adjudications: sums.adjudications + (kind === 'adjudication' ? by : 0),
    minutes: sums.minutes + (ordinary ? by * minutes : 0),
    levels: counts,
    lastAt: sums.lastAt,
  };
}
