import {
  noFigures,
  rebuildFigures,
  reviewedVersion,
  standingOf,
  type FiguresOf,
  type FiguresSources,
  type FiguresStanding,
  type RecordedWork,
} from '../calibration/index.js';
import { allOf, type MemberId } from '../kernel/index.js';
import { workOf } from './count-rating.js';
import type { CommittedRating } from './rating.js';
import type { ReviewPorts } from './store.js';

/** Figures that do not hold what the record says, or not all of it yet. */
export interface FiguresFinding {
  readonly reviewer: MemberId;
  readonly achievementVersion: string;
  readonly standing: Exclude<FiguresStanding, 'equal'>;
}

/**
 * Holds every reviewer's figures of a district against the observations and ratings on record, and with `rebuild` makes
 * anew those that are not equal; beside a running service too. For operators: it reads every rating.
 * @returns how many were looked at, and those that were not equal.
 */
export async function checkFigures(
  ports: ReviewPorts,
  district: string,
  { rebuild }: { readonly rebuild: boolean },
): Promise<{ readonly checked: number; readonly findings: readonly FiguresFinding[] }> {
  const { store } = ports.calibration;
  const certified = await allOf((request) => store.pageOfCertifications(district, undefined, request));
  const whose = new Map<string, FiguresOf>();
  // Nobody rates without a certification, whatever became of it.
  for (const one of [...certified, ...(await store.figuresOfDistrict(district))])
    whose.set(`${one.achievementVersion}:${one.reviewer}`, one);
  const findings: FiguresFinding[] = [];
  for (const one of whose.values()) {
    const { reviewer, achievementVersion } = one;
    const sources = () => sourcesOf(ports, one);
    const kept = (await store.figuresOf(district, reviewer, achievementVersion)) ?? noFigures(one);
    const standing = rebuild ? await rebuildFigures(store, one, sources) : standingOf(kept, await sources());
    if (standing !== 'equal') findings.push({ reviewer, achievementVersion, standing });
  }
  return { checked: whose.size, findings };
}

/** What a reviewer's figures on a version are made from. */
export async function sourcesOf(ports: ReviewPorts, whose: FiguresOf): Promise<FiguresSources> {
  const { district, reviewer, achievementVersion: version } = whose;
  const ratings: readonly CommittedRating[] = [
    ...(await ports.store.signOffsSince(district, reviewer, version, '')),
    ...(await ports.store.seedRatingsOf(district, reviewer, version)),
  ];
  const works: RecordedWork[] = [];
  if (ratings.length > 0) {
    const { rubric } = await reviewedVersion(ports, district, version);
    for (const rating of ratings)
      works.push({ ...(await workOf(ports, rubric, rating)), settled: rating.effectDue === null });
  }
  return { works, observations: await ports.calibration.store.observationsOf(district, reviewer, version) };
}
