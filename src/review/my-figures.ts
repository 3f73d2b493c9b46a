import { levelUse, noFigures, policyAt, type LevelUse, type ReviewerFigures } from '../calibration/index.js';
import type { AchievementVersionId, Actor, Instant, MemberId } from '../kernel/index.js';
import type { SeedReport } from './seed-plan.js';
import { reportOf } from './tell-of-seeds.js';
import type { ReviewPorts } from './store.js';

/** What a reviewer is told of the own work on one version. */
export interface OwnFigures {
  readonly achievementVersion: AchievementVersionId;
  /** Ratings committed, of whatever kind the work was: it is not told apart. */
  readonly works: number;
  readonly adjudications: number;
  /** Whole minutes from being given a work to committing it, on the average; undefined where there is none. */
  readonly meanMinutes: number | undefined;
  readonly levels: readonly LevelUse[];
  readonly lastAt: Instant | null;
  /** How the own levels compared with those of other raters of the same work; undefined before there are enough. */
  readonly others: ToldComparison | undefined;
  /** The newest that was told of hidden exemplars; undefined before the first. */
  readonly seeds: SeedReport | undefined;
}

/** Rounded, so that no single work can be found in it, and up to when. */
export type ToldComparison = Pick<SeedReport, 'ratings' | 'exact' | 'decisions' | 'leaning'> & {
  readonly until: Instant;
};

/** The most comparisons with others that are looked back on, and how old they are at least, in days. */
const newest = 200;
const oldEnough = 30;

/**
 * The caller's own figures. Nothing in them tells a seed from live work: counts and levels are of both alike; of
 * comparisons with others one learns to the nearest tenth, from ten on, of months that are over at least thirty days,
 * whatever was decided since; of those with keys what was told already (ADR 18).
 */
export async function myFigures(
  ports: ReviewPorts,
  { district, member }: Actor & { readonly member: MemberId },
): Promise<readonly OwnFigures[]> {
  const { store } = ports.calibration;
  const kept = new Map<string, ReviewerFigures>();
  for (const one of await store.figuresOfReviewer(district, member)) kept.set(one.achievementVersion, one);
  const certified = await store.pageOfCertifications(district, member, { limit: 200 });
  for (const one of certified.items)
    if (!kept.has(one.achievementVersion)) kept.set(one.achievementVersion, noFigures(one));
  const reports = await ports.store.seedReportsOf(district, member, { limit: 200 });
  return Promise.all(
    [...kept.values()].map(async (figures): Promise<OwnFigures> => {
      const { achievementVersion, work } = figures;
      const works = work.ratings + work.seeds;
      return {
        ...{ achievementVersion, works, adjudications: work.adjudications, lastAt: work.lastAt },
        meanMinutes: works === 0 ? undefined : Math.round(work.minutes / works),
        levels: levelUse(figures).criteria,
        others: await besideOthers(ports, figures),
        seeds: reports.items.find((report) => report.achievementVersion === achievementVersion),
      };
    }),
  );
}

async function besideOthers(
  ports: ReviewPorts,
  { district, reviewer, achievementVersion }: ReviewerFigures,
): Promise<ToldComparison | undefined> {
  const until = toldUntil(ports.clock.now());
  const { items } = await ports.calibration.store.observations.page(
    district,
    'kind',
    [reviewer, achievementVersion, 'double'],
    { to: until, limit: newest, descending: true },
  );
  const { seeds: policy } = await policyAt(ports.calibration, district);
  if (items.length < policy.reportAfter) return undefined;
  return { ...reportOf(items, policy), until };
}

/** The first moment of the month in which it was thirty days ago: a month is told of as a whole. */
export function toldUntil(now: Instant): Instant {
  const before = new Date(Date.parse(now) - oldEnough * 86_400_000).toISOString();
  return `${before.slice(0, 7)}-01T00:00:00Z`;
}
