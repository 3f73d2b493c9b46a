import type { AchievementVersion } from '../achievements/index.js';
import { withAudit } from '../audit/index.js';
import { AppError, found, newId, randomToken, ruleViolated, type Actor } from '../kernel/index.js';
import { teacherOf } from './get-submission.js';
import type { SubmissionPorts } from './store.js';
import type { Submission } from './submission.js';

/** What is asked for a new submission. */
export interface NewSubmission {
  readonly achievement: string;
  /** The current version when left out; any other is refused. */
  readonly version?: number;
}

/**
 * Begins a submission, as a draft, for the current version of an achievement that is assessed by review.
 * @throws not-found when the achievement is absent or was never published; rule-violated naming `/version` or
 * `/achievement`; already-exists when one is open or met.
 */
export async function createSubmission(
  ports: SubmissionPorts,
  actor: Actor,
  input: NewSubmission,
): Promise<Submission> {
  const version = await currentVersion(ports, actor, input);
  if (version.content.assessment.by !== 'review') {
    throw ruleViolated(
      '/achievement',
      version.content.assessment.by === 'components'
        ? 'is a milestone: it is awarded by itself once every component is held; nothing is submitted for it'
        : 'is assessed outside this service; nothing is submitted for it',
    );
  }
  const now = ports.clock.now();
  const draft: Omit<Submission, 'version'> = {
    id: newId(ports.randomness, 'sub'),
    district: actor.district,
    teacher: teacherOf(actor),
    achievement: version.achievement,
    achievementVersion: version.id,
    attempt: 1,
    previous: null,
    openFor: version.achievement,
    state: 'draft',
    answers: {},
    findings: [],
    createdAt: now,
    submittedAt: null,
    decidedAt: null,
    salt: randomToken(ports.randomness, 16),
    effectDue: null,
    pendingEntries: [],
    auditDue: null,
  };
  return insertSubmission(ports, actor, draft);
}

/** Keeps a new submission. @throws already-exists, in words, when the teacher has one that is open or met. */
export async function insertSubmission(
  ports: SubmissionPorts,
  actor: Actor,
  draft: Omit<Submission, 'version'>,
): Promise<Submission> {
  const { achievement, achievementVersion, attempt } = draft;
  const entry = { actor, verb: 'begun', collection: 'submissions', facts: { achievementVersion, attempt } };
  try {
    return await ports.store.submissions.insert(withAudit(draft, entry, draft.createdAt));
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    const open = await ports.store.openSubmission(actor.district, draft.teacher, achievement);
    if (open === undefined) throw error;
    const detail =
      open.state === 'met'
        ? `You have met this achievement already, by submission ${open.id}.`
        : open.state === 'not_yet' || open.state === 'reopened'
          ? `Your submission ${open.id} for this achievement is under appeal or rated again; wait for what comes of it.`
          : `You have an open submission for this achievement, ${open.id} (${open.state}); go on with it, or withdraw it first.`;
    throw new AppError('already-exists', detail, { errors: [{ pointer: '/achievement', detail }] });
  }
}

async function currentVersion(
  ports: SubmissionPorts,
  actor: Actor,
  input: NewSubmission,
): Promise<AchievementVersion> {
  const { store } = ports.achievements;
  const achievement = found(await store.achievement(actor.district, input.achievement), 'achievement');
  if (achievement.currentVersion === null) {
    const published = (await store.versionsOf(actor.district, achievement.id)).some(
      (version) => version.state !== 'draft',
    );
    found(published ? achievement : undefined, 'achievement');
    throw ruleViolated('/achievement', 'is retired: no new work is taken on it');
  }
  if (input.version !== undefined && input.version !== achievement.currentVersion) {
    throw ruleViolated(
      '/version',
      `must be ${achievement.currentVersion}, the version on which work is taken now, or be left out`,
    );
  }
  return found(
    await store.versionByNumber(actor.district, achievement.slug, achievement.currentVersion),
    'achievement version',
  );
}
