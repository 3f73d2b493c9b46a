import type { GroupSums } from '../shrinkage/random-intercept.js';
import { severitiesOf, type ShrunkSeverities, type ShrunkSeverity } from '../shrinkage/shrunk-severity.js';
import { defined, undefinedBecause, type About, type Statistic } from '../statistic.js';
import { quadraticWeightedKappa } from '../statistics/kappa.js';
import { sum } from '../statistics/rating-data.js';
import { wilson } from '../statistics/shares.js';
import { groupOf, ratingDataOf, totalsOf, type ObservedSums } from './observed-sums.js';
import type { ReviewerFigures } from './reviewer-figures.js';

/** What a reviewer's levels say beside one kind of reference. */
export interface Comparison {
  /** Works, and levels in them. */
  readonly works: number;
  readonly levels: number;
  /** Shares of levels that are the reference's, and two or more away from it; of works decided alike. */
  readonly exact: Statistic;
  readonly twoOff: Statistic;
  readonly decisions: Statistic;
  readonly quadraticWeightedKappa: Statistic;
  /** Fewer than `fewestLevels`: too few to say much. */
  readonly few: boolean;
}

/** With fewer levels a figure of one reviewer says little (calibration.md, section 2.2: thirty ratings). */
export const fewestLevels = 30;

/** With fewer works the design effect is the policy's, for an own estimate would be noise. */
const fewestWorks = 10;

/**
 * The figures of one kind of reference. Levels of one submission are more alike than those of several: the intervals are
 * Wilson's with the effective number of levels n/deff (Kish 1965; Korn & Graubard 1998), deff being the ratio of the
 * variance of the share as a ratio of sums over works to that of as many independent levels, from ten works on; before
 * that, and where nothing varies, `designEffect`, the policy's.
 */
export function comparisonOf(sums: ObservedSums, designEffect: number): Comparison {
  const { levels, exact, twoOff } = totalsOf(sums);
  const { clusters, observations: works } = sums;
  const tables = Object.values(sums.tables);
  const about = (method: string): About => ({
    ...{ n: levels, q: Math.max(0, ...tables.map(({ q }) => q)), raters: 2, method },
  });
  const share = (method: string, hits: number, squares: number, products: number): Statistic => {
    if (levels === 0) return undefinedBecause('too-few-pairs', about(method));
    const p = hits / levels;
    const spread = squares - 2 * p * products + p * p * clusters.levels;
    const own = (works / (works - 1)) * (spread / levels ** 2) * (levels / (p * (1 - p)));
    const deff = works >= fewestWorks && hits > 0 && hits < levels ? Math.max(1, own) : designEffect;
    const effective = levels / deff;
    return defined(p, about(method), {
      interval: wilson(hits === levels ? effective : p * effective, effective),
    });
  };
  const ofWorks: About = { ...about('same decision'), n: works };
  return {
    ...{ works, levels, few: levels < fewestLevels },
    exact: share('exact agreement', exact, clusters.exact, clusters.exactLevels),
    twoOff: share('two or more levels apart', twoOff, clusters.twoOff, clusters.twoOffLevels),
    decisions:
      works === 0
        ? undefinedBecause('too-few-pairs', ofWorks)
        : defined(sums.decisionsRight / works, ofWorks, { interval: wilson(sums.decisionsRight, works) }),
    quadraticWeightedKappa: quadraticWeightedKappa(ratingDataOf(tables)),
  };
}

/** How often each level was given, from the lowest: of one criterion, or of all that have as many levels. */
export interface LevelUse {
  readonly criterion: string;
  readonly counts: readonly number[];
}

/** How a reviewer uses the levels, criterion by criterion, and all of them together by their number. */
export function levelUse({ work }: Pick<ReviewerFigures, 'work'>): {
  readonly all: readonly number[];
  readonly criteria: readonly LevelUse[];
} {
  const criteria = Object.entries(work.levels).map(([criterion, counts]) => ({ criterion, counts }));
  const most = Math.max(0, ...criteria.map(({ counts }) => counts.length));
  const all = Array.from({ length: most }, (_, level) =>
    sum(criteria.map(({ counts }) => counts[level] ?? 0)),
  );
  return { all, criteria };
}

/**
 * The severities of the reviewers of one version beside the keys of seeds, each shrunk towards the pool. Who rated no seed
 * has none.
 */
export function severitiesOnSeeds(all: readonly ReviewerFigures[]): {
  readonly basis: ShrunkSeverities['basis'];
  readonly of: ReadonlyMap<string, ShrunkSeverity>;
} {
  const groups = all
    .map((one) => groupOf(one.reviewer, one.observed.seed))
    .filter((group) => group !== undefined)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const { basis, reviewers } = estimated(groups);
  return { basis, of: new Map(reviewers.map((one) => [one.reviewer, one])) };
}

/** The same sums have the same severities, and most have not changed since the page was last looked at. */
const known = new Map<string, ShrunkSeverities>();

function estimated(groups: readonly GroupSums[]): ShrunkSeverities {
  const key = JSON.stringify(groups);
  const before = known.get(key);
  if (before !== undefined) return before;
  const severities = severitiesOf(groups);
  if (known.size >= 100) known.clear();
  known.set(key, severities);
  return severities;
}
