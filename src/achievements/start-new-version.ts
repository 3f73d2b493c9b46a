import { withAudit } from '../audit/index.js';
import { AppError, found, newId, type Actor } from '../kernel/index.js';
import type { AchievementVersion } from './achievement.js';
import { getAchievement } from './get-achievement.js';
import { settleVersion } from './settle-version.js';
import type { AchievementPorts } from './store.js';
import { versionUrl } from './version-url.js';

/**
 * Starts the next version of an achievement as a draft with the newest version's content.
 * @throws not-found; conflict while a draft is open: it is to be edited instead.
 */
export async function startNewVersion(
  ports: AchievementPorts,
  actor: Actor,
  idOrSlug: string,
): Promise<AchievementVersion> {
  const { achievement } = await getAchievement(ports, actor, idOrSlug, { drafts: true });
  const district = found(await ports.tenancy.district(actor.district), 'district');
  const newest = found(
    (await ports.store.versionsOf(actor.district, achievement.id)).at(-1),
    'achievement version',
  );
  if (newest.state === 'draft') throw draftOpen(newest.number);
  const now = ports.clock.now();
  const number = newest.number + 1;
  const draft: Omit<AchievementVersion, 'version'> = {
    id: newId(ports.randomness, 'acv'),
    district: actor.district,
    achievement: achievement.id,
    slug: achievement.slug,
    number,
    state: 'draft',
    content: newest.content,
    url: versionUrl(ports.publicUrl, district.slug, achievement.slug, number),
    contentHash: null,
    createdAt: now,
    publishedAt: null,
    effectDue: now,
    pendingEntries: [],
    auditDue: null,
  };
  // 1. The version; its number is unique, so of two who start at once one is told.
  const version = await insert(ports, actor, draft);
  // 2. The achievement's newest version follows.
  await settleVersion(ports, actor.district, version.id);
  return found(await ports.store.version(actor.district, version.id), 'achievement version');
}

async function insert(
  ports: AchievementPorts,
  actor: Actor,
  draft: Omit<AchievementVersion, 'version'>,
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
    if (error instanceof AppError && error.code === 'already-exists') throw draftOpen(draft.number);
    throw error;
  }
}

function draftOpen(number: number): AppError {
  return new AppError('conflict', `Version ${number} is a draft already; edit and publish that one.`);
}
