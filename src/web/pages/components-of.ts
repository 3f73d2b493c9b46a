import type { AchievementStore, AchievementVersion } from '../../achievements/index.js';

/** A component of a milestone, by its name and the page of its current version. */
export interface NamedComponent {
  readonly name: string;
  readonly href: string;
}

/** The components of a milestone, in its order; none for any other version. */
export async function componentsOf(
  store: AchievementStore,
  version: AchievementVersion,
): Promise<readonly NamedComponent[]> {
  const { assessment } = version.content;
  if (assessment.by !== 'components') return [];
  const found = await Promise.all(
    assessment.components.map(async (id) => {
      const versions = await store.versionsOf(version.district, id);
      const published = versions.filter(({ state }) => state !== 'draft');
      const shown = published.find(({ state }) => state === 'published') ?? published.at(-1);
      return shown === undefined ? [] : [{ name: shown.content.name, href: shown.url }];
    }),
  );
  return found.flat();
}
