import { AppError, found, isId, type Actor, type Page, type PageRequest } from '../kernel/index.js';
import type { Achievement, AchievementVersion } from './achievement.js';
import type { AchievementPorts } from './store.js';

/** Whether the one who reads may see drafts: those who may write achievements do; to all others a draft is absent. */
export interface AchievementReader {
  readonly drafts: boolean;
}

/** An achievement with the version that stands for it: the current one, else the newest that the reader may see. */
export interface ShownAchievement {
  readonly achievement: Achievement;
  readonly shown: AchievementVersion;
}

/**
 * An achievement of the actor's district by id or slug.
 * @throws not-found when it is absent, or has no version that this reader may see.
 */
export async function getAchievement(
  ports: Pick<AchievementPorts, 'store'>,
  actor: Actor,
  idOrSlug: string,
  reader: AchievementReader,
): Promise<ShownAchievement> {
  const achievement = isId('ach', idOrSlug)
    ? await ports.store.achievement(actor.district, idOrSlug)
    : await ports.store.achievementBySlug(actor.district, idOrSlug);
  return found(await show(ports, found(achievement, 'achievement'), reader), 'achievement');
}

/**
 * One page of the district's achievements, oldest first. A page may hold fewer than asked for, where some are drafts
 * that this reader may not see; `next` says whether there are more.
 */
export async function listAchievements(
  ports: Pick<AchievementPorts, 'store'>,
  actor: Actor,
  reader: AchievementReader,
  request: PageRequest,
): Promise<Page<ShownAchievement>> {
  const page = await ports.store.listAchievements(actor.district, request);
  const shown = await Promise.all(page.items.map((achievement) => show(ports, achievement, reader)));
  const items = shown.filter((item): item is ShownAchievement => item !== undefined);
  return page.next === undefined ? { items } : { items, next: page.next };
}

/** The versions of an achievement that this reader may see, the oldest first. @throws not-found. */
export async function listVersions(
  ports: Pick<AchievementPorts, 'store'>,
  actor: Actor,
  idOrSlug: string,
  reader: AchievementReader,
): Promise<readonly AchievementVersion[]> {
  const { achievement } = await getAchievement(ports, actor, idOrSlug, reader);
  const versions = await ports.store.versionsOf(actor.district, achievement.id);
  return versions.filter((version) => reader.drafts || version.state !== 'draft');
}

/**
 * One version of an achievement: by its number, its id, or `current` for the published one on which work is taken now.
 * @throws not-found; a draft is absent to those who may not see drafts.
 */
export async function getVersion(
  ports: Pick<AchievementPorts, 'store'>,
  actor: Actor,
  idOrSlug: string,
  which: number | string,
  reader: AchievementReader,
): Promise<AchievementVersion> {
  const { achievement } = await getAchievement(ports, actor, idOrSlug, reader);
  const versions = await listVersions(ports, actor, achievement.id, reader);
  const number = which === 'current' ? achievement.currentVersion : Number(which);
  const version = versions.find((candidate) => candidate.id === which || candidate.number === number);
  if (version === undefined && which === 'current') {
    throw new AppError('not-found', 'The achievement has no published version now.');
  }
  return found(version, 'version of this achievement');
}

async function show(
  ports: Pick<AchievementPorts, 'store'>,
  achievement: Achievement,
  reader: AchievementReader,
): Promise<ShownAchievement | undefined> {
  const versions = await ports.store.versionsOf(achievement.district, achievement.id);
  const visible = versions.filter((version) => reader.drafts || version.state !== 'draft');
  const shown = visible.find((version) => version.number === achievement.currentVersion) ?? visible.at(-1);
  return shown === undefined ? undefined : { achievement, shown };
}
