import { levelNumber, type AchievementVersion } from '../achievements/index.js';
import {
  certifiedFor,
  clusteredInterval,
  exactAgreement,
  quadraticWeightedKappa,
  tableOf,
  wilson,
  type Cluster,
  type RatingData,
  type Statistic,
} from '../calibration/index.js';
import { allOf, type Instant } from '../kernel/index.js';
import type { Rating } from '../review/index.js';
import type { Figure, PoolFigures } from './quality-statement.js';
import type { IssuingPorts } from './store.js';

/**
 * How the reviewers of a version rated from `from` to before `to`: the pool's figures over every criterion of every
 * pair of independent ratings. Adjudications count as ratings and are no pair.
 */
export async function poolFigures(
  ports: Pick<IssuingPorts, 'review' | 'calibration' | 'tenancy'>,
  version: AchievementVersion,
  from: Instant,
  to: Instant,
): Promise<PoolFigures> {
  const { ratings: collection } = ports.review.store;
  const ratings = await allOf((request) =>
    collection.page(version.district, 'version', [version.id], { ...request, from, to }),
  );
  const independent = ratings.filter((rating) => rating.kind === 'rating');
  const byCase = new Map<string, Rating[]>();
  for (const rating of independent) byCase.set(rating.case, [...(byCase.get(rating.case) ?? []), rating]);
  const pairs = [...byCase.values()].flatMap(([first, second]) =>
    first === undefined || second === undefined ? [] : [[first, second] as const],
  );
  const { clusters, categories } = clustersOf(version, pairs);
  const figureOf = (statistic: (data: RatingData) => Statistic) => figure(clusters, categories, statistic);
  return {
    from,
    to,
    reviewers: new Set(ratings.map((rating) => rating.reviewer)).size,
    ratings: ratings.length,
    exact: figureOf(exactAgreement),
    quadraticWeightedKappa: figureOf(quadraticWeightedKappa),
    seedDecisionAccuracy: await seedDecisionAccuracy(ports, version, from, to),
    spansDistricts: await spansDistricts(ports, version, to),
    doubleRatedShare:
      byCase.size === 0 ? { value: null, reason: 'no reviews' } : share(pairs.length, byCase.size),
  };
}

/**
 * Whether a seat of a reviewer of another district was certified for the version. Of the pool, never of single ratings: those
 * would tell where the reviewer of an award came from.
 */
async function spansDistricts(
  ports: Pick<IssuingPorts, 'review' | 'calibration' | 'tenancy'>,
  version: AchievementVersion,
  to: Instant,
): Promise<boolean> {
  const certified = await certifiedFor(ports.calibration, version.district, version.id, to);
  const members = await Promise.all(
    [...certified.keys()].map((id) => ports.tenancy.store.member(version.district, id)),
  );
  return members.some((member) => member?.seat !== undefined);
}

/** With fewer ratings a figure of the pool says nothing (review-quality.md, "The review quality statement"). */
const fewestSeeds = 30;

/** The share of ratings of seeds whose decision was the key's. Undefined where there are none, or too few. */
async function seedDecisionAccuracy(
  ports: Pick<IssuingPorts, 'calibration'>,
  version: AchievementVersion,
  from: Instant,
  to: Instant,
): Promise<Figure> {
  const { observations } = ports.calibration.store;
  const all = await allOf((request) =>
    observations.page(version.district, 'version', [version.id], { ...request, from, to }),
  );
  const seeds = all.filter(({ kind }) => kind === 'seed');
  if (seeds.length === 0) return { value: null, reason: 'no seeds were rated' };
  if (seeds.length < fewestSeeds) return { value: null, reason: 'not yet enough seeds were rated' };
  const right = seeds.filter(({ decisionRight }) => decisionRight).length;
  return share(right, seeds.length);
}

/** The criteria of each double-rated case as a cluster of pairs: they are read together, and drawn again together. */
function clustersOf(
  version: AchievementVersion,
  pairs: readonly (readonly [Rating, Rating])[],
): { readonly clusters: readonly Cluster[]; readonly categories: readonly number[] } {
  const { assessment } = version.content;
  const criteria = assessment.by === 'review' ? assessment.rubric.criteria : [];
  const most = Math.max(0, ...criteria.map((criterion) => criterion.levels.length));
  const clusters = pairs.map(([first, second]) =>
    criteria.flatMap((criterion) => {
      const place = (rating: Rating) => levelNumber(criterion, rating.criteria[criterion.id]?.level ?? '');
      const [a, b] = [place(first), place(second)];
      return a === undefined || b === undefined ? [] : [[a - 1, b - 1] as const];
    }),
  );
  return { clusters, categories: Array.from({ length: most }, (_, index) => index + 1) };
}

/** The same figures of the same ratings have the same interval. */
const drawSeed = 1;

/**
 * A figure of pairs of ratings by people who stand for each other: each pair is entered both ways, and the cases in an
 * order of their own, so that neither who committed first nor the order of cases changes it (invariant 10). Quadratic weighted kappa is then an
 * intraclass kappa: Scott's pi with weights, Fisher's correlation of pairs entered twice (ADR 28).
 */
export function figure(
  clusters: readonly Cluster[],
  categories: readonly number[],
  statistic: (data: RatingData) => Statistic,
): Figure {
  const { reason, n, ...plain } = statistic(tableOf(clusters, categories));
  const bothWays = clusters
    .map((pairs) =>
      pairs.flatMap(([a, b]) =>
        a <= b ? [[a, b] as const, [b, a] as const] : [[b, a] as const, [a, b] as const],
      ),
    )
    .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  const { value } = plain.value === undefined ? plain : statistic(tableOf(bothWays, categories));
  if (value === undefined) return { value: null, reason: reason ?? 'undefined' };
  const interval = clusteredInterval(bothWays, categories, statistic, { seed: drawSeed });
  return { value, interval: interval === undefined ? null : [interval.lower, interval.upper], n };
}

/** A share with Wilson's interval. */
function share(hits: number, n: number): Figure {
  const { lower, upper } = wilson(hits, n);
  return { value: hits / n, interval: [lower, upper], n };
}
