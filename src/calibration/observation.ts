import { levelNumber, type Levels, type Rubric } from '../achievements/index.js';
import type {
  AchievementVersionId,
  CollectionSpec,
  DistrictId,
  ExemplarId,
  Instant,
  MemberId,
  RatingId,
  Stored,
} from '../kernel/index.js';

/**
 * What a reviewer's levels were held against: `seed`, the key of an exemplar in live work; `qualifying`, the key of an
 * exemplar of a qualifying form; `double`, the levels of the other of two independent ratings; `adjudicated`, the levels
 * of the adjudicator who settled a discrepancy (besides the `double` one, so that pairs that disagree are not missing
 * from the agreement of pairs).
 */
export const observationKinds = ['seed', 'double', 'adjudicated', 'qualifying'] as const;
export type ObservationKind = (typeof observationKinds)[number];

/** One rating beside its reference: what drift and the figures of reviewers are made from. Never changed. */
export interface Observation extends Stored {
  /** `{rating}:{reference}`: the same comparison is kept once. */
  readonly id: string;
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly achievementVersion: AchievementVersionId;
  readonly kind: ObservationKind;
  /** 1, 2 … for this reviewer and version, in the order kept and without a gap: how figures know what they hold. */
  readonly n: number;
  /** When the reviewer committed the levels. */
  readonly at: Instant;
  readonly levels: readonly ObservedLevel[];
  /** The rating that is observed; null for a response on a qualifying form. */
  readonly rating: RatingId | null;
  /** Who gave the reference; null when it is a key. */
  readonly other: MemberId | null;
  /** The exemplar whose key is the reference; null when it is a person's rating. */
  readonly exemplar: ExemplarId | null;
  /** Whether the rule makes the same of the levels as of the reference. */
  readonly decisionRight: boolean;
}

/** One criterion, as level numbers from 1 to `q`; the signed difference is given − reference. */
export interface ObservedLevel {
  readonly criterion: string;
  readonly given: number;
  readonly reference: number;
  /** How many levels the criterion has. */
  readonly q: number;
}

export const observationsSpec: CollectionSpec<Observation> = {
  name: 'observations',
  scope: 'district',
  unique: [{ name: 'n', fields: ['reviewer', 'achievementVersion', 'n'] }],
  indexes: [
    { name: 'sequence', equality: ['reviewer', 'achievementVersion'], order: 'n' },
    { name: 'reviewer', equality: ['reviewer', 'achievementVersion'], order: 'at' },
    { name: 'kind', equality: ['reviewer', 'achievementVersion', 'kind'], order: 'at' },
    { name: 'version', equality: ['achievementVersion'], order: 'at' },
    { name: 'pair', equality: ['achievementVersion', 'reviewer', 'other'], order: 'at' },
  ],
};

/**
 * The two sets of levels criterion by criterion, in the rubric's order, without the criteria that `beside` has.
 * @throws Error when either lacks a criterion or has a level that is not the criterion's.
 */
export function observedLevels(
  rubric: Rubric,
  given: Levels,
  reference: Levels,
  beside: Levels = {},
): readonly ObservedLevel[] {
  const asked = rubric.criteria.filter(({ id }) => beside[id] === undefined);
  return asked.map((criterion) => {
    const numberOf = (levels: Levels) => {
      const number = levelNumber(criterion, levels[criterion.id] ?? '');
      if (number === undefined) throw new Error(`a rating has no level of criterion "${criterion.id}"`);
      return number;
    };
    return {
      criterion: criterion.id,
      given: numberOf(given),
      reference: numberOf(reference),
      q: criterion.levels.length,
    };
  });
}
