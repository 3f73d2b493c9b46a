import { policyAt, seededChance, type Observation, type SeedPolicy } from '../calibration/index.js';
import { AppError, plusDays, plusSeconds, type RatingId } from '../kernel/index.js';
import { changePlan, type SeedPlan, type SeedReport } from './seed-plan.js';
import type { ReviewPorts } from './store.js';

/** The fewest ratings that a reviewer is told of at once: fewer would tell of each. */
const fewest = 3;

/**
 * Notes that a seed was rated. Its reviewer is told some days after the tenth, or after a month: never at the moment of
 * a commit, which would say that this was one.
 */
export async function noteSeedRating(ports: ReviewPorts, plan: SeedPlan, rating: RatingId): Promise<void> {
  const now = ports.clock.now();
  const { seeds: policy } = await policyAt(ports.calibration, plan.district);
  const days = seededChance(`${rating}/tell`)(4 * 86_400) + 86_400;
  await changePlan(ports.store, plan, (kept) => {
    if (kept.untold.includes(rating)) return undefined;
    const untold = [...kept.untold, rating];
    const soon = plusSeconds(now, days);
    const byMonth = kept.tellAt ?? plusSeconds(plusDays(now, policy.reportDays), days);
    return {
      ...kept,
      untold,
      tellAt: untold.length >= policy.reportAfter && soon < byMonth ? soon : byMonth,
    };
  });
}

/** Tells a reviewer of the seeds rated since the last time: 1 the report, rounded; 2 they are told of. */
export async function tellOfSeeds(ports: ReviewPorts, plan: SeedPlan, policy: SeedPolicy): Promise<void> {
  const now = ports.clock.now();
  const { district, reviewer, achievementVersion, untold } = plan;
  if (untold.length < fewest) {
    const tellAt = untold.length === 0 ? null : plusDays(now, policy.reportDays);
    await changePlan(ports.store, plan, (kept) => ({ ...kept, tellAt }));
    return;
  }
  const all = await ports.calibration.store.observationsOf(district, reviewer, achievementVersion);
  const seeds = all.filter(
    ({ rating, kind }) => kind === 'seed' && rating !== null && untold.includes(rating),
  );
  // 1. Its id follows from the first of them: told again after a crash, it is one report.
  if (seeds.length > 0) {
    const report: Omit<SeedReport, 'version'> = {
      id: `${achievementVersion}:${untold[0]!}`,
      ...{ district, reviewer, achievementVersion, at: now },
      ...reportOf(seeds, policy),
    };
    try {
      await ports.store.seedReports.insert(report);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    }
  }
  // 2
  await changePlan(ports.store, plan, (kept) => {
    const left = kept.untold.filter((rating) => !untold.includes(rating));
    return { ...kept, untold: left, tellAt: left.length === 0 ? null : plusDays(now, policy.reportDays) };
  });
}

/** What is said of seeds: shares to the nearest tenth, and where the mean signed difference lies. */
export function reportOf(
  seeds: readonly Observation[],
  policy: SeedPolicy,
): Pick<SeedReport, 'ratings' | 'exact' | 'decisions' | 'leaning'> {
  const levels = seeds.flatMap((seed) => seed.levels);
  const differences = levels.map(({ given, reference }) => given - reference);
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
  const tenths = (share: number) => Math.round(share * 10) / 10;
  return {
    ratings: seeds.length >= policy.reportAfter ? 'ten-or-more' : 'three-to-nine',
    exact: tenths(differences.filter((difference) => difference === 0).length / differences.length),
    decisions: tenths(seeds.filter(({ decisionRight }) => decisionRight).length / seeds.length),
    leaning: mean < -0.25 ? 'severe' : mean > 0.25 ? 'lenient' : 'even',
  };
}
