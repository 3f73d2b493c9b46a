import { reviewedVersion, type ReviewedVersion } from '../calibration/index.js';
import { found, type Actor, type MemberId, type Page, type PageRequest } from '../kernel/index.js';
import { workInHand } from './list-review-cases.js';
import { pageWithout } from './page-without.js';
import type { Decision } from './rating.js';
import type { ReviewPorts } from './store.js';

/** A decision as those see it whom it concerns: outcome, final levels, feedback; nothing of who rated. */
export interface ReadDecision {
  readonly decision: Decision;
  readonly version: ReviewedVersion;
  /** For each criterion what the reviewers say to the teacher; after an adjudication, the adjudicator's words alone. */
  readonly feedback: { readonly [criterion: string]: readonly string[] };
}

/** A decision. @throws not-found unless it is the caller's own, or the caller oversees the district's review. */
export async function getDecision(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<ReadDecision> {
  return read(ports, actor, await ports.store.decision(actor.district, id));
}

/** The newest decision on a submission. @throws not-found as `getDecision`, and while there is none. */
export async function getSubmissionDecision(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  submission: string,
): Promise<ReadDecision> {
  return read(ports, actor, await ports.store.decisionOn(actor.district, submission));
}

/**
 * Decisions, the newest first: the district's for those who oversee review, without those on work that they are to rate
 * again; else the caller's own.
 */
export async function listDecisions(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  request: PageRequest,
): Promise<Page<Decision>> {
  const all = await oversees(ports, actor);
  if (!all) return ports.store.pageOfDecisions(actor.district, actor.member, request);
  const { submissions } = await workInHand(ports, actor);
  return pageWithout(
    (wanted) => ports.store.pageOfDecisions(actor.district, undefined, wanted),
    request,
    ({ submission }) => submissions.has(submission),
    submissions.size,
  );
}

async function read(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  decision: Decision | undefined,
): Promise<ReadDecision> {
  const kept = found(decision, 'decision');
  const visible =
    kept.teacher === actor.member ||
    ((await oversees(ports, actor)) &&
      // Whoever is to rate the work again learns nothing of the decision on it before the own commit.
      !(await workInHand(ports, actor)).submissions.has(kept.submission));
  found(visible ? kept : undefined, 'decision');
  const version = await reviewedVersion(ports, actor.district, kept.achievementVersion);
  return { decision: kept, version, feedback: await feedbackOf(ports, kept, version) };
}

/** Whether the member sees every decision of the district: leads and admins. */
async function oversees(ports: ReviewPorts, actor: Actor & { readonly member: MemberId }): Promise<boolean> {
  const member = await ports.tenancy.store.member(actor.district, actor.member);
  return member?.roles.some((role) => role === 'lead' || role === 'admin') ?? false;
}

/** What is said of each criterion by those who rated it: of one that stands from an earlier attempt, there. */
async function feedbackOf(
  ports: ReviewPorts,
  decision: Decision,
  version: ReviewedVersion,
): Promise<ReadDecision['feedback']> {
  const said: { [criterion: string]: readonly string[] } = { ...(await saidIn(ports, decision, version)) };
  for (const [criterion, { decision: id }] of Object.entries(decision.carried ?? {})) {
    const before = found(await ports.store.decision(decision.district, id), 'decision');
    said[criterion] = (await saidIn(ports, before, version))[criterion] ?? [];
  }
  return said;
}

async function saidIn(
  ports: ReviewPorts,
  decision: Decision,
  { rubric }: ReviewedVersion,
): Promise<ReadDecision['feedback']> {
  // In the order of their ids, which are random: the order tells nobody apart.
  const ids = [...decision.ratings].sort();
  const ratings = (await Promise.all(ids.map((id) => ports.store.rating(decision.district, id)))).flatMap(
    (rating) => (rating === undefined ? [] : [rating]),
  );
  const heard = decision.adjudicated ? ratings.filter(({ kind }) => kind === 'adjudication') : ratings;
  return Object.fromEntries(
    rubric.criteria.map(({ id }) => [id, heard.flatMap(({ criteria }) => criteria[id]?.feedback ?? [])]),
  );
}
