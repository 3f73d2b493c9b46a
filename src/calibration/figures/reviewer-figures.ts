import type {
  AchievementVersionId,
  Collection,
  CollectionSpec,
  DistrictId,
  MemberId,
  RatingId,
  Stored,
} from '../../kernel/index.js';
import { observationKinds, type Observation, type ObservationKind } from '../observation.js';
import { noObservedSums, type ObservedSums } from './observed-sums.js';
import { noWorkSums, type WorkSums } from './work-sums.js';

/**
 * What one reviewer's figures on one version are made from, kept up to date rating by rating. It holds nothing that its
 * sources do not say: `recomputed` makes it again from them.
 */
export interface ReviewerFigures extends Stored {
  /** `{version}:{reviewer}`. */
  readonly id: string;
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly achievementVersion: AchievementVersionId;
  /** The number of the last observation that is in `observed`: those after it are not. */
  readonly absorbed: number;
  readonly observed: { readonly [kind in ObservationKind]: ObservedSums };
  readonly work: WorkSums;
  /** Ratings that are in `work` and were not yet seen settled: those that might be handed in to be counted again. */
  readonly counting: readonly RatingId[];
}

export const reviewerFiguresSpec: CollectionSpec<ReviewerFigures> = {
  name: 'reviewer_figures',
  scope: 'district',
  unique: [],
  indexes: [
    { name: 'version', equality: ['achievementVersion'], order: 'reviewer' },
    { name: 'reviewer', equality: ['reviewer'], order: 'achievementVersion' },
    { name: 'all', equality: [], order: 'id' },
  ],
};

/** Whose figures. */
export type FiguresOf = Pick<ReviewerFigures, 'district' | 'reviewer' | 'achievementVersion'>;

/** Where figures are kept, and what their observations are. */
export interface FiguresStore {
  readonly observations: Collection<Observation>;
  readonly reviewerFigures: Collection<ReviewerFigures>;
}

/** The id of a reviewer's figures on a version. */
export function figuresId({
  achievementVersion,
  reviewer,
}: {
  readonly achievementVersion: string;
  readonly reviewer: string;
}): string {
  return `${achievementVersion}:${reviewer}`;
}

/** The figures of one who has done nothing yet: kept nowhere, and so of version 0. */
export function noFigures({ district, reviewer, achievementVersion }: FiguresOf): ReviewerFigures {
  return {
    id: figuresId({ achievementVersion, reviewer }),
    ...{ district, reviewer, achievementVersion, version: 0, absorbed: 0, work: noWorkSums, counting: [] },
    observed: Object.fromEntries(
      observationKinds.map((kind) => [kind, noObservedSums]),
    ) as ReviewerFigures['observed'],
  };
}
