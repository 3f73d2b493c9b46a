import type { AchievementVersion } from '../achievements/index.js';
import { allOf, found, update, type AchievementId } from '../kernel/index.js';
import type { Decision } from '../review/index.js';
import type { IssuingPorts } from './store.js';

type Record = Pick<IssuingPorts, 'achievements' | 'review'>;

/** An achievement version by its id. @throws not-found */
export async function versionOf(ports: Record, district: string, id: string): Promise<AchievementVersion> {
  return found(await ports.achievements.store.version(district, id), 'achievement version');
}

/** The published version of an achievement on which work is taken now. */
export async function currentVersionOf(
  ports: Record,
  district: string,
  id: AchievementId,
): Promise<AchievementVersion | undefined> {
  const achievement = await ports.achievements.store.achievement(district, id);
  if (achievement === undefined || achievement.currentVersion === null) return undefined;
  return ports.achievements.store.versionByNumber(district, achievement.slug, achievement.currentVersion);
}

/** Every published milestone version of a district: bounded by what a district publishes. */
export async function publishedMilestones(
  ports: Record,
  district: string,
): Promise<readonly AchievementVersion[]> {
  const published = await allOf((request) =>
    ports.achievements.store.versions.page(district, 'state', ['published'], request),
  );
  return published.filter((version) => version.content.assessment.by === 'components');
}

/** Says that what this decision asked for was carried out; when it was changed meanwhile, that is kept. */
export async function decisionCarriedOut(ports: Record, decision: Decision): Promise<void> {
  await update(
    ports.review.store.decisions,
    decision.district,
    decision.id,
    (kept) => (kept.effectDue === null ? undefined : { ...kept, effectDue: null }),
    'decision',
  );
}
