import type { AchievementId, FieldError } from '../kernel/index.js';
import type { AchievementVersion } from './achievement.js';
import type { AchievementPorts } from './store.js';

/**
 * What is wrong with a milestone's components: each must be another achievement of the district with a published
 * version, and none may rest, through its own components, on the milestone itself.
 */
export async function componentErrors(
  ports: AchievementPorts,
  version: AchievementVersion,
): Promise<FieldError[]> {
  const { assessment } = version.content;
  if (assessment.by !== 'components') return [];
  const errors: FieldError[] = [];
  for (const [index, component] of assessment.components.entries()) {
    const detail = await fault(ports, version, component);
    if (detail !== undefined) errors.push({ pointer: `/assessment/components/${index}`, detail });
  }
  return errors;
}

async function fault(
  ports: AchievementPorts,
  version: AchievementVersion,
  component: AchievementId,
): Promise<string | undefined> {
  if (component === version.achievement) return 'must be another achievement: a milestone cannot hold itself';
  const achievement = await ports.store.achievement(version.district, component);
  if (achievement === undefined) return 'must be the id of an achievement of this district';
  if (achievement.currentVersion === null)
    return 'must be an achievement with a published version; publish it first';
  if (await restsOn(ports, version, component, new Set())) {
    return 'must not rest on this achievement itself: it holds it among its own components';
  }
  return undefined;
}

async function restsOn(
  ports: AchievementPorts,
  version: AchievementVersion,
  component: AchievementId,
  seen: Set<string>,
): Promise<boolean> {
  if (component === version.achievement) return true;
  if (seen.has(component)) return false;
  seen.add(component);
  const achievement = await ports.store.achievement(version.district, component);
  if (achievement === undefined || achievement.currentVersion === null) return false;
  const current = await ports.store.versionByNumber(
    version.district,
    achievement.slug,
    achievement.currentVersion,
  );
  if (current?.content.assessment.by !== 'components') return false;
  for (const inner of current.content.assessment.components) {
    if (await restsOn(ports, version, inner, seen)) return true;
  }
  return false;
}
