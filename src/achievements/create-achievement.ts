import { withAudit } from '../audit/index.js';
import { AppError, found, newId, ruleViolated, type Actor } from '../kernel/index.js';
import type { AchievementVersion } from './achievement.js';
import { isContentSlug } from './content-findings.js';
import { contentFrom, type ContentInput } from './content-input.js';
import type { ShownAchievement } from './get-achievement.js';
import { settleVersion } from './settle-version.js';
import type { AchievementPorts } from './store.js';
import { versionUrl } from './version-url.js';

/** What is asked for a new achievement. */
export interface NewAchievement {
  /** In its URL for good: lower-case letters, digits and inner hyphens, 40 at most. */
  readonly slug: string;
  readonly content: ContentInput;
}

/**
 * Begins an achievement with a draft of its version 1. The draft may be unfinished; publication judges it.
 * @throws rule-violated naming `/slug`; already-exists when the district has an achievement of that slug.
 */
export async function createAchievement(
  ports: AchievementPorts,
  actor: Actor,
  input: NewAchievement,
): Promise<ShownAchievement> {
  if (!isContentSlug(input.slug)) {
    throw ruleViolated(
      '/slug',
      'must be 1 to 40 lower-case letters, digits and inner hyphens, such as "formative-feedback"',
    );
  }
  const district = found(await ports.tenancy.district(actor.district), 'district');
  const now = ports.clock.now();
  const draft: Omit<AchievementVersion, 'version'> = {
    id: newId(ports.randomness, 'acv'),
    district: actor.district,
    achievement: newId(ports.randomness, 'ach'),
    slug: input.slug,
    number: 1,
    state: 'draft',
    content: contentFrom(input.content, district.language),
    url: versionUrl(ports.publicUrl, district.slug, input.slug, 1),
    contentHash: null,
    createdAt: now,
    publishedAt: null,
    effectDue: now,
    pendingEntries: [],
    auditDue: null,
  };
  // 1. Version 1, which holds the slug.
  const version = await insertDraft(ports, actor, draft, input.slug);
  // 2. The achievement follows from it; a sweep does this where the process ended here.
  await settleVersion(ports, actor.district, version.id);
  return {
    achievement: found(await ports.store.achievement(actor.district, version.achievement), 'achievement'),
    shown: found(await ports.store.version(actor.district, version.id), 'achievement version'),
  };
}

async function insertDraft(
  ports: AchievementPorts,
  actor: Actor,
  draft: Omit<AchievementVersion, 'version'>,
  slug: string,
): Promise<AchievementVersion> {
  const entry = {
    actor,
    verb: 'created',
    collection: 'achievement_versions',
    facts: { number: draft.number },
  };
  try {
    return await ports.store.versions.insert(withAudit(draft, entry, draft.createdAt));
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    throw new AppError(
      'already-exists',
      `This district has an achievement "${slug}" already; choose another slug, or start a new version of it.`,
      {
        errors: [{ pointer: '/slug', detail: 'is taken by another achievement of the district' }],
      },
    );
  }
}
