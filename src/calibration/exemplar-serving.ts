import {
  AppError,
  found,
  update,
  type AchievementVersionId,
  type CollectionSpec,
  type DistrictId,
  type ExemplarId,
  type Instant,
  type MemberId,
  type Stored,
} from '../kernel/index.js';
import type { Exemplar } from './exemplar.js';
import type { CalibrationPorts } from './store.js';

/** What an exemplar was served for. */
export const servingUses = ['practice', 'qualifying', 'seed'] as const;
export type ServingUse = (typeof servingUses)[number];

/**
 * That somebody was given an exemplar to rate. There is one for a person and a work, so that nobody is served one work
 * twice, whichever of its copies, nor is it both qualifying and seed for a person (calibration.md, 4, invariant 8).
 * Never changed, never removed.
 */
export interface ExemplarServing extends Stored {
  /** `{origin}:{member}`. */
  readonly id: string;
  readonly district: DistrictId;
  readonly exemplar: ExemplarId;
  readonly origin: ExemplarId;
  readonly achievementVersion: AchievementVersionId;
  readonly member: MemberId;
  readonly use: ServingUse;
  /** The attempt or the assignment that it was served in; the exemplar's id for practice. */
  readonly cause: string;
  readonly at: Instant;
}

export const servingsSpec: CollectionSpec<ExemplarServing> = {
  name: 'exemplar_servings',
  scope: 'district',
  unique: [],
  indexes: [
    { name: 'origin', equality: ['origin'], order: 'at' },
    { name: 'use', equality: ['origin', 'use'], order: 'at' },
    { name: 'member', equality: ['member'], order: 'at' },
  ],
};

/**
 * Keeps that an exemplar is served to somebody, before it is shown; again for the same cause it changes nothing. Counts
 * the exposure of whoever is measured.
 * @returns false when this person was served the same work otherwise before: it must not be shown.
 */
export async function serve(
  ports: Pick<CalibrationPorts, 'store' | 'clock'>,
  exemplar: Pick<Exemplar, 'id' | 'district' | 'origin' | 'achievementVersion'>,
  served: { readonly member: MemberId; readonly use: ServingUse; readonly cause: string },
): Promise<boolean> {
  const { district, origin, achievementVersion } = exemplar;
  const id = `${origin}:${served.member}`;
  try {
    await ports.store.servings.insert({
      ...{ id, district, origin, achievementVersion, exemplar: exemplar.id },
      ...{ member: served.member, use: served.use, cause: served.cause, at: ports.clock.now() },
    });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    const kept = found(await ports.store.servings.get(district, id), 'serving');
    if (kept.use !== served.use || kept.cause !== served.cause) return false;
  }
  if (served.use !== 'practice') await countExposure(ports, exemplar);
  return true;
}

/** Sets the exposure to what the servings say: it follows from them, so that doing it again does no harm. */
async function countExposure(
  ports: Pick<CalibrationPorts, 'store'>,
  { district, id, origin }: Pick<Exemplar, 'id' | 'district' | 'origin'>,
): Promise<void> {
  await update(
    ports.store.exemplars,
    district,
    id,
    async (exemplar) => {
      const counts = await Promise.all(
        (['qualifying', 'seed'] as const).map((use) =>
          ports.store.servings.count(district, 'use', [origin, use]),
        ),
      );
      const exposure = counts.reduce((sum, count) => sum + count, 0);
      return exemplar.exposure >= exposure ? undefined : { ...exemplar, exposure };
    },
    'exemplar',
  );
}
