import { withAudit } from '../audit/index.js';
import { AppError, update, type DistrictId } from '../kernel/index.js';
import type { Achievement, AchievementVersion } from './achievement.js';
import type { AchievementPorts } from './store.js';

/**
 * Brings an achievement in line with its versions after one of them changed: makes it when this is the first, moves
 * `newestVersion` and `currentVersion`, supersedes what is published below the current one. It reads only what is kept,
 * so it may run again from any point and in any order, and ends the same.
 */
export async function settleVersion(
  ports: AchievementPorts,
  district: DistrictId,
  id: string,
): Promise<void> {
  const version = await ports.store.version(district, id);
  if (version === undefined || version.effectDue === null) return;
  // 1. The achievement itself, when this version began it.
  await makeAchievement(ports, version);
  // 2. What it says of its versions. They are read after it: whoever writes later has read at least what we have.
  const achievement = await update(
    ports.store.achievements,
    district,
    version.achievement,
    async (current) => {
      const versions = await ports.store.versionsOf(district, current.id);
      const newestVersion = Math.max(...versions.map((one) => one.number));
      const currentVersion = newestPublished(versions)?.number ?? null;
      const same = newestVersion === current.newestVersion && currentVersion === current.currentVersion;
      return same ? undefined : { ...current, newestVersion, currentVersion };
    },
    'achievement',
  );
  // 3. Published versions below the current one are superseded.
  await supersedeOlder(ports, achievement);
  // 4. Done, unless the version changed again meanwhile: then that change is due.
  await update(
    ports.store.versions,
    district,
    id,
    (now) =>
      now.state === version.state && now.effectDue !== null ? { ...now, effectDue: null } : undefined,
    'achievement version',
  );
}

async function makeAchievement(ports: AchievementPorts, version: AchievementVersion): Promise<void> {
  if ((await ports.store.achievement(version.district, version.achievement)) !== undefined) return;
  try {
    await ports.store.achievements.insert({
      id: version.achievement,
      district: version.district,
      slug: version.slug,
      newestVersion: version.number,
      currentVersion: null,
      createdAt: version.createdAt,
    });
  } catch (error) {
    // Somebody else settled the same version at the same time.
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
  }
}

function newestPublished(versions: readonly AchievementVersion[]): AchievementVersion | undefined {
  return versions.filter((version) => version.state === 'published').at(-1);
}

async function supersedeOlder(ports: AchievementPorts, achievement: Achievement): Promise<void> {
  const { currentVersion } = achievement;
  if (currentVersion === null) return;
  for (const older of await ports.store.versionsOf(achievement.district, achievement.id)) {
    if (older.state !== 'published' || older.number >= currentVersion) continue;
    await update(
      ports.store.versions,
      achievement.district,
      older.id,
      (version) => {
        if (version.state !== 'published') return undefined;
        const entry = {
          actor: { kind: 'service', district: version.district } as const,
          verb: 'superseded',
          collection: 'achievement_versions',
          facts: { by: currentVersion },
        };
        return withAudit({ ...version, state: 'superseded' as const }, entry, ports.clock.now());
      },
      'achievement version',
    );
  }
}
