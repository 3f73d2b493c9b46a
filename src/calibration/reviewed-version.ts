import type { AchievementVersion, EvidenceRequirement, Rubric } from '../achievements/index.js';
import { found, ruleViolated } from '../kernel/index.js';
import { mayKnowAchievement } from '../tenancy/index.js';
import type { CalibrationPorts } from './store.js';

/** An achievement version that is found out about by review, with what it is rated by. */
export interface ReviewedVersion {
  readonly version: AchievementVersion;
  readonly rubric: Rubric;
  readonly requirements: readonly EvidenceRequirement[];
}

/**
 * Lets a member have to do with a version: through a seat of a review pool only with those of its agreement, others look
 * absent.
 * @throws not-found.
 */
export async function refuseOutsideSeat(
  ports: Pick<CalibrationPorts, 'tenancy' | 'achievements'>,
  who: { readonly district: string; readonly member: string },
  version: string,
): Promise<void> {
  const known = found(await ports.achievements.store.version(who.district, version), 'achievement version');
  const may = await mayKnowAchievement(ports.tenancy, who, known.achievement);
  found(may ? known : undefined, 'achievement version');
}

/**
 * The version with its rubric.
 * @throws not-found; rule-violated when it is still a draft or is not assessed by review.
 */
export async function reviewedVersion(
  ports: Pick<CalibrationPorts, 'achievements'>,
  district: string,
  id: string,
): Promise<ReviewedVersion> {
  const version = found(await ports.achievements.store.version(district, id), 'achievement version');
  const { assessment } = version.content;
  if (version.state === 'draft') {
    throw ruleViolated(
      '/achievementVersion',
      'is still a draft; publish the version first, for keys hold for its exact rubric',
    );
  }
  if (assessment.by !== 'review') {
    throw ruleViolated(
      '/achievementVersion',
      'is not assessed by review, so it has no rubric to key or rate by',
    );
  }
  return { version, rubric: assessment.rubric, requirements: assessment.requirements };
}
