import { decide, type Levels, type Rubric } from '../achievements/index.js';
import {
  AppError,
  type AchievementVersionId,
  type DistrictId,
  type ExemplarId,
  type Instant,
  type MemberId,
  type RatingId,
} from '../kernel/index.js';
import { absorbObservations } from './figures/keep-figures.js';
import type { FiguresStore } from './figures/reviewer-figures.js';
import { observedLevels, type Observation, type ObservationKind } from './observation.js';

/** What somebody gave, and what it is held against. */
export interface Observed {
  readonly id: string;
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly achievementVersion: AchievementVersionId;
  readonly kind: ObservationKind;
  readonly at: Instant;
  /** Levels of criteria that were not asked about, which the rule is applied to as well; observed they are not. */
  readonly beside?: Levels;
  readonly given: Levels;
  readonly reference: Levels;
  readonly rating: RatingId | null;
  readonly other: MemberId | null;
  readonly exemplar: ExemplarId | null;
}

/**
 * Keeps an observation, and adds it to its reviewer's figures; one that is kept already stays as it is. Runs again from any
 * point: said twice, it is kept and counted once.
 * @throws Error for levels that are not the rubric's; conflict after 20 lost races; unavailable when the database fails.
 */
export async function observe(store: FiguresStore, rubric: Rubric, observed: Observed): Promise<Observation> {
  const kept = await keptOnce(store, rubric, observed);
  await absorbObservations(store, kept);
  return kept;
}

async function keptOnce(
  { observations }: FiguresStore,
  rubric: Rubric,
  { beside = {}, given, reference, ...observed }: Observed,
): Promise<Observation> {
  const { district, reviewer, achievementVersion, id } = observed;
  for (let attempt = 0; ; attempt += 1) {
    const kept = await observations.get(district, id);
    if (kept !== undefined) return kept;
    const last = await observations.page(district, 'sequence', [reviewer, achievementVersion], {
      limit: 1,
      descending: true,
    });
    try {
      return await observations.insert({
        ...observed,
        n: (last.items[0]?.n ?? 0) + 1,
        levels: observedLevels(rubric, given, reference, beside),
        decisionRight:
          decide(rubric, { ...given, ...beside }) === decide(rubric, { ...reference, ...beside }),
      });
    } catch (error) {
      // Kept meanwhile, or another took the number: the next one, then.
      if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
      if (attempt >= 20)
        throw new AppError('conflict', 'Observations of this reviewer are being kept by others; try again.');
    }
  }
}
