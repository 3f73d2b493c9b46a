import type { AchievementVersion } from '../achievements/index.js';
import {
  found,
  type Actor,
  type DistrictId,
  type MemberId,
  type Page,
  type PageRequest,
} from '../kernel/index.js';
import type { SubmissionPorts } from './store.js';
import type { Submission } from './submission.js';

/** A submission of the actor's own. @throws not-found: another's is absent too. */
export async function getSubmission(ports: SubmissionPorts, actor: Actor, id: string): Promise<Submission> {
  const submission = await ports.store.submission(actor.district, id);
  return found(submission?.teacher === teacherOf(actor) ? submission : undefined, 'submission');
}

/** The actor's own submissions, the newest first. */
export function listMySubmissions(
  ports: SubmissionPorts,
  actor: Actor,
  request: PageRequest,
): Promise<Page<Submission>> {
  return ports.store.submissionsOf(actor.district, teacherOf(actor), request);
}

/** The achievement version that a submission is for. */
export async function versionOf(
  ports: SubmissionPorts,
  submission: { readonly district: DistrictId; readonly achievementVersion: string },
): Promise<AchievementVersion> {
  return found(
    await ports.achievements.store.version(submission.district, submission.achievementVersion),
    'achievement version',
  );
}

/** The member who acts. @throws Error when it is the service: it submits nothing. */
export function teacherOf(actor: Actor): MemberId {
  if (actor.kind !== 'member') throw new Error('a submission belongs to a member');
  return actor.member;
}
