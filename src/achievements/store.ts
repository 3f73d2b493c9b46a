import {
  allOf,
  type BasePorts,
  type Collection,
  type CollectionSpec,
  type Page,
  type PageRequest,
  type Store,
} from '../kernel/index.js';
import type { TenancyStore } from '../tenancy/index.js';
import type { Achievement, AchievementVersion } from './achievement.js';
import type { Findings } from './content-findings.js';

export const achievementsSpec: CollectionSpec<Achievement> = {
  name: 'achievements',
  scope: 'district',
  unique: [{ name: 'slug', fields: ['slug'] }],
  indexes: [{ name: 'all', equality: [], order: 'createdAt' }],
};

export const versionsSpec: CollectionSpec<AchievementVersion> = {
  name: 'achievement_versions',
  scope: 'district',
  unique: [
    // The slug's first version holds the slug: an achievement begins with it.
    { name: 'number', fields: ['slug', 'number'] },
  ],
  indexes: [
    { name: 'achievement', equality: ['achievement'], order: 'number' },
    { name: 'state', equality: ['state'], order: 'createdAt' },
    { name: 'stopped', equality: [], order: 'stoppedSince' },
    { name: 'all', equality: [], order: 'id' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

/** What the room keeps, in verbs of its own. */
export interface AchievementStore {
  readonly achievements: Collection<Achievement>;
  readonly versions: Collection<AchievementVersion>;
  achievement(district: string, id: string): Promise<Achievement | undefined>;
  achievementBySlug(district: string, slug: string): Promise<Achievement | undefined>;
  listAchievements(district: string, request: PageRequest): Promise<Page<Achievement>>;
  version(district: string, id: string): Promise<AchievementVersion | undefined>;
  versionByNumber(district: string, slug: string, number: number): Promise<AchievementVersion | undefined>;
  /** Every version of an achievement, number 1 first. */
  versionsOf(district: string, achievement: string): Promise<readonly AchievementVersion[]>;
  /** Every version whose issuing is stopped, the longest stopped first. */
  stoppedVersions(district: string): Promise<readonly AchievementVersion[]>;
}

/** The room's collections over a database. */
export function achievementStore(store: Store): AchievementStore {
  const achievements = store.collection(achievementsSpec);
  const versions = store.collection(versionsSpec);
  return {
    achievements,
    versions,
    achievement: (district, id) => achievements.get(district, id),
    achievementBySlug: (district, slug) => achievements.find(district, 'slug', [slug]),
    listAchievements: (district, request) => achievements.page(district, 'all', [], request),
    version: (district, id) => versions.get(district, id),
    versionByNumber: (district, slug, number) => versions.find(district, 'number', [slug, number]),
    versionsOf: (district, achievement) =>
      allOf((request) => versions.page(district, 'achievement', [achievement], request)),
    stoppedVersions: (district) => allOf((request) => versions.page(district, 'stopped', [], request)),
  };
}

/** What the use cases of achievements need. */
export interface AchievementPorts extends BasePorts {
  readonly store: AchievementStore;
  readonly tenancy: TenancyStore;
  /** Origin under which achievements have their URLs; no slash at the end. */
  readonly publicUrl: string;
  /**
   * Composes credentials of this version and judges them by every rule that an issued one must hold: errors stop the
   * publication, warnings are told. Implemented by `issuing/`, the one place that composes credentials. Pointers are into the content.
   */
  readonly checkTemplate: (version: AchievementVersion) => Promise<Findings>;
}
