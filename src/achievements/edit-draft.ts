import { AppError, found, update, type Actor } from '../kernel/index.js';
import type { AchievementVersion } from './achievement.js';
import { contentFrom, type ContentInput } from './content-input.js';
import { getVersion } from './get-achievement.js';
import type { AchievementPorts } from './store.js';

/** Which draft becomes what. */
export interface DraftEdit {
  /** Id or slug. */
  readonly achievement: string;
  readonly version: number | string;
  readonly content: ContentInput;
  /** Throws when the draft is not what the author saw; asked in the same compare-and-swap as the write. */
  readonly unchanged?: (draft: AchievementVersion) => void;
}

/**
 * Replaces the whole content of a draft.
 * @throws not-found; conflict when the version is published already: a published version is never edited.
 */
export async function editDraft(
  ports: AchievementPorts,
  actor: Actor,
  edit: DraftEdit,
): Promise<AchievementVersion> {
  const draft = await getVersion(ports, actor, edit.achievement, edit.version, { drafts: true });
  const district = found(await ports.tenancy.district(actor.district), 'district');
  return update(
    ports.store.versions,
    actor.district,
    draft.id,
    (version) => {
      if (version.state !== 'draft') throw notADraft(version);
      edit.unchanged?.(version);
      return { ...version, content: contentFrom(edit.content, district.language) };
    },
    'achievement version',
  );
}

/** Says that a version is published, and the way out. */
export function notADraft(version: AchievementVersion): AppError {
  return new AppError(
    'conflict',
    `Version ${version.number} is ${version.state} and never changes again; start a new version and edit that.`,
  );
}
