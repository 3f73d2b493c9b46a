import {
  AppError,
  found,
  ruleViolated,
  type Actor,
  type MemberId,
  type Page,
  type PageRequest,
} from '../kernel/index.js';
import { workInHand } from './list-review-cases.js';
import { openRound } from './open-round.js';
import { pageWithout } from './page-without.js';
import type { Decision } from './rating.js';
import type { ReviewCase } from './review-case.js';
import type { ReviewPorts } from './store.js';

/** How long the words of a lead may be, in characters. */
export const maxReason = 2_000;

/** A look-back, with the decision that it questions and the one that it came to. */
export interface LookBack {
  readonly round: ReviewCase;
  readonly before: Decision;
  /** Null while it is held, and when it ended without one: `before` stands. */
  readonly decision: Decision | null;
}

/**
 * Has a lead's wish carried out that decided work is rated again, for a reason.
 * @throws not-found; rule-violated naming `/reason`; conflict as `openRound`, and for the lead's own work.
 */
export async function rateAgain(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly submission: string; readonly reason: string },
): Promise<ReviewCase> {
  const { district, member } = actor;
  const submission = found(
    await ports.submissions.store.submission(district, input.submission),
    'submission',
  );
  if (submission.teacher === member)
    throw new AppError('conflict', 'This is your own work; another lead can have it rated again.');
  const words = wordsOf('/reason', input.reason);
  return openRound(ports, submission, 'look-back', { kind: 'lead', by: member, words }, actor);
}

/** Words of a person, as kept. @throws rule-violated when there are none, or too many. */
export function wordsOf(pointer: string, text: string): string {
  const words = text.trim();
  if (words === '') throw ruleViolated(pointer, 'must say why, in a sentence or more');
  if (words.length > maxReason) throw ruleViolated(pointer, `must be ${maxReason} characters or fewer`);
  return words;
}

/** The look-backs of the district, the newest first, without those that the caller is to rate. */
export async function listLookBacks(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  request: PageRequest,
): Promise<Page<LookBack>> {
  const { submissions } = await workInHand(ports, actor);
  const page = await pageWithout(
    (wanted) => ports.store.pageOfRounds(actor.district, 'look-back', wanted),
    request,
    ({ submission }) => submissions.has(submission),
    submissions.size,
  );
  return { ...page, items: await Promise.all(page.items.map((round) => lookBackOf(ports, round))) };
}

/** A round with its decisions. */
export async function lookBackOf(ports: Pick<ReviewPorts, 'store'>, round: ReviewCase): Promise<LookBack> {
  const decisions = await ports.store.decisionsOn(round.district, round.submission);
  return {
    round,
    before: found(
      decisions.find(({ id }) => id === round.supersedes),
      'decision',
    ),
    decision: decisions.find((one) => one.round === round.round) ?? null,
  };
}
