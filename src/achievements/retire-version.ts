import { withAudit } from '../audit/index.js';
import { AppError, found, update, type Actor } from '../kernel/index.js';
import type { AchievementVersion } from './achievement.js';
import { getVersion } from './get-achievement.js';
import { settleVersion } from './settle-version.js';
import type { AchievementPorts } from './store.js';

/**
 * Retires a published version: no new work is begun on it. What was begun goes on to its decision, and credentials
 * of it stay as they are.
 * @throws not-found; conflict unless it is published.
 */
export async function retireVersion(
  ports: AchievementPorts,
  actor: Actor,
  idOrSlug: string,
  which: number | string,
): Promise<AchievementVersion> {
  const { id } = await getVersion(ports, actor, idOrSlug, which, { drafts: true });
  const now = ports.clock.now();
  // 1. The version.
  await update(
    ports.store.versions,
    actor.district,
    id,
    (version) => {
      if (version.state !== 'published') {
        throw new AppError(
          'conflict',
          `Version ${version.number} is ${version.state}; only a published version can be retired.`,
        );
      }
      const entry = {
        actor,
        verb: 'retired',
        collection: 'achievement_versions',
        facts: { number: version.number },
      };
      return withAudit({ ...version, state: 'retired' as const, effectDue: now }, entry, now);
    },
    'achievement version',
  );
  // 2. The achievement has no current version any more.
  await settleVersion(ports, actor.district, id);
  return found(await ports.store.version(actor.district, id), 'achievement version');
}
