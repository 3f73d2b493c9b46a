import { withAudit } from '../audit/index.js';
import { AppError, found, update, type Actor, type FieldError } from '../kernel/index.js';
import { listsSuspension, type AchievementVersion } from './achievement.js';
import { componentErrors } from './component-errors.js';
import { contentFindings, type Findings } from './content-findings.js';
import { contentHash } from './content-hash.js';
import { notADraft } from './edit-draft.js';
import { getVersion } from './get-achievement.js';
import { settleVersion } from './settle-version.js';
import type { AchievementPorts } from './store.js';

/** Which draft is published. */
export interface Publication {
  /** Id or slug. */
  readonly achievement: string;
  readonly version: number | string;
}

/** A published version, and what its author should still look at. */
export interface Published {
  readonly version: AchievementVersion;
  readonly warnings: readonly FieldError[];
}

/** Everything that stands against publishing this version, but for the check of the composed credential. */
export async function versionFindings(
  ports: AchievementPorts,
  version: AchievementVersion,
): Promise<Findings> {
  const { errors, warnings } = contentFindings(version.content);
  return { errors: [...errors, ...(await componentErrors(ports, version))], warnings };
}

/**
 * Publishes a draft: from then on it is never edited, work is taken on it, and the one published before is superseded.
 * @throws not-found; conflict when it is published already or was edited meanwhile; rule-violated with every finding,
 * pointers into the content.
 */
export async function publishVersion(
  ports: AchievementPorts,
  actor: Actor,
  input: Publication,
): Promise<Published> {
  const draft = await getVersion(ports, actor, input.achievement, input.version, { drafts: true });
  if (draft.state !== 'draft') throw notADraft(draft);
  const now = ports.clock.now();
  const frozen: AchievementVersion = {
    ...draft,
    state: 'published',
    contentHash: contentHash(draft.content),
    publishedAt: now,
    effectDue: now,
  };
  // 1. Judge the content, and then the credential that would be made from it.
  const findings = await versionFindings(ports, draft);
  refuse(findings.errors);
  const template = await ports.checkTemplate(frozen);
  refuse(template.errors);
  // 2. Freeze exactly what was judged.
  await update(
    ports.store.versions,
    actor.district,
    draft.id,
    (version) => {
      if (version.state !== 'draft') throw notADraft(version);
      if (contentHash(version.content) !== frozen.contentHash) {
        throw new AppError(
          'conflict',
          'The draft was edited while it was being checked; look at it and publish again.',
        );
      }
      const entry = {
        actor,
        verb: 'published',
        collection: 'achievement_versions',
        facts: {
          number: version.number,
          contentHash: frozen.contentHash,
          // That its author took the price of a second entry of status.
          ...(listsSuspension(version.content) ? { statusEntries: version.content.statusEntries! } : {}),
        },
      };
      const { state, contentHash: hash, publishedAt, effectDue } = frozen;
      return withAudit({ ...version, state, contentHash: hash, publishedAt, effectDue }, entry, now);
    },
    'achievement version',
  );
  // 3. The achievement moves to it and older ones are superseded; a sweep does this where the process ended here.
  await settleVersion(ports, actor.district, draft.id);
  return {
    version: found(await ports.store.version(actor.district, draft.id), 'achievement version'),
    warnings: [...findings.warnings, ...template.warnings],
  };
}

function refuse(errors: readonly FieldError[]): void {
  const first = errors[0];
  if (first === undefined) return;
  const more = errors.length === 1 ? '' : ` and ${errors.length - 1} more`;
  throw new AppError(
    'rule-violated',
    `The version cannot be published: ${first.pointer} ${first.detail}${more}. Edit the draft and publish again.`,
    { errors },
  );
}
