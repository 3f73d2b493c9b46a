import { levelNumber, type AchievementVersion } from '../achievements/index.js';
import {
  exactAgreement,
  ofTwoRaters,
  quadraticWeightedKappa,
  type Statistic,
  type TwoRaters,
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
  ports: Pick<IssuingPorts, 'review' | 'calibration'>,
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
  const two = ofTwoRaters(twoRaters(version, pairs));
  return {
    from,
    to,
    reviewers: new Set(ratings.map((rating) => rating.reviewer)).size,
    ratings: ratings.length,
    exact: figure(exactAgreement(two)),
    quadraticWeightedKappa: figure(quadraticWeightedKappa(two)),
    seedDecisionAccuracy: await seedDecisionAccuracy(ports, version, from, to),
    doubleRatedShare:
      byCase.size === 0
        ? { value: null, reason: 'no reviews' }
        : { value: pairs.length / byCase.size, interval: null, n: byCase.size },
  };
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
  return { value: right / seeds.length, interval: null, n: seeds.length };
}

function twoRaters(version: AchievementVersion, pairs: readonly (readonly [Rating, Rating])[]): TwoRaters {
  const { assessment } = version.content;
  const criteria = assessment.by === 'review' ? assessment.rubric.criteria : [];
  const most = Math.max(0, ...criteria.map((criterion) => criterion.levels.length));
  const side = (index: 0 | 1) =>
    pairs.flatMap((pair) =>
      criteria.map(
        (criterion) => levelNumber(criterion, pair[index].criteria[criterion.id]?.level ?? '') ?? null,
      ),
    );
  return {
    first: side(0),
    second: side(1),
    categories: Array.from({ length: most }, (_, index) => index + 1),
  };
}

function figure(statistic: Statistic): Figure {
  return statistic.value === undefined
    ? { value: null, reason: statistic.reason ?? 'undefined' }
    : { value: statistic.value, interval: null, n: statistic.n };
}
