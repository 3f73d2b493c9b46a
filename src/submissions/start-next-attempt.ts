import { AppError, newId, plusDays, randomToken, type Actor, type Instant } from '../kernel/index.js';
import { insertSubmission } from './create-submission.js';
import { getSubmission } from './get-submission.js';
import type { SubmissionPorts } from './store.js';
import type { Answer, Submission } from './submission.js';

/** How many days after a "not yet" the next attempt on the same version may begin. */
export const nextAttemptDays = 60;

/** Until when the next attempt may begin; null when there is none to begin. */
export function nextAttemptUntil(submission: Submission): Instant | null {
  const { state, decidedAt, appealEndedAt, openFor } = submission;
  // While an appeal holds it there is none; what time the appeal took is not lost.
  if (state !== 'not_yet' || decidedAt === null || openFor !== null) return null;
  return plusDays(
    appealEndedAt !== undefined && appealEndedAt > decidedAt ? appealEndedAt : decidedAt,
    nextAttemptDays,
  );
}

/**
 * Begins the next attempt after a "not yet": a draft on the same version that holds the earlier answers, without files
 * that were erased since.
 * @throws not-found; conflict when it is not decided "not yet", or the 60 days are over; already-exists when another
 * submission for the achievement is open or met.
 */
export async function startNextAttempt(
  ports: SubmissionPorts,
  actor: Actor,
  id: string,
): Promise<Submission> {
  const earlier = await getSubmission(ports, actor, id);
  const until = nextAttemptUntil(earlier);
  if (earlier.openFor !== null && earlier.state === 'not_yet') {
    throw new AppError(
      'conflict',
      'The decision on this submission is under appeal; wait for the outcome, or withdraw the appeal.',
    );
  }
  if (until === null) {
    throw new AppError(
      'conflict',
      `A next attempt follows a decision of "not yet"; this submission is ${earlier.state}.`,
    );
  }
  const now = ports.clock.now();
  if (now >= until) {
    throw new AppError(
      'conflict',
      `The next attempt could begin until ${until}; create a new submission on the current version.`,
    );
  }
  return insertSubmission(ports, actor, {
    id: newId(ports.randomness, 'sub'),
    district: earlier.district,
    teacher: earlier.teacher,
    achievement: earlier.achievement,
    achievementVersion: earlier.achievementVersion,
    attempt: earlier.attempt + 1,
    previous: earlier.id,
    openFor: earlier.achievement,
    state: 'draft',
    answers: await carriedOver(ports, earlier),
    findings: [],
    createdAt: now,
    submittedAt: null,
    decidedAt: null,
    salt: randomToken(ports.randomness, 16),
    effectDue: null,
    pendingEntries: [],
    auditDue: null,
  });
}

async function carriedOver(ports: SubmissionPorts, earlier: Submission): Promise<Submission['answers']> {
  const answers: { [requirement: string]: Answer } = {};
  for (const [requirement, answer] of Object.entries(earlier.answers)) {
    if (answer.kind === 'text') {
      answers[requirement] = { ...answer, salt: randomToken(ports.randomness, 16) };
      continue;
    }
    const files = await ports.evidence.store.artefactsById(earlier.district, answer.artefacts);
    const kept = files.filter((artefact) => artefact.erasedAt === null).map((artefact) => artefact.id);
    if (kept.length > 0) answers[requirement] = { kind: 'file', artefacts: kept };
  }
  return answers;
}
