import { reviewedVersion, type ReviewedVersion } from '../calibration/index.js';
import { openArtefact } from '../evidence/index.js';
import {
  found,
  type Actor,
  type ArtefactId,
  type MemberId,
  type Page,
  type PageRequest,
} from '../kernel/index.js';
import { blindView } from '../submissions/index.js';
import type { Appeal } from './appeal.js';
import { askedToDecide } from './decide-appeal.js';
import type { Evidence } from './get-assignment.js';
import { workInHand } from './list-review-cases.js';
import { blindFileNames, type OpenedFile } from './open-assigned-artefact.js';
import type { Decision, Rating } from './rating.js';
import type { ReviewPorts } from './store.js';

/**
 * An appeal: of the teacher's own, of one's district for who oversees review, or that one is asked to decide or decided.
 * @throws not-found for others, and while one has the work to rate.
 */
export async function visibleAppeal(
  ports: Pick<ReviewPorts, 'store' | 'tenancy' | 'submissions'>,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<Appeal> {
  const appeal = await ports.store.appeal(actor.district, id);
  return found(appeal !== undefined && (await mayRead(ports, actor, appeal)) ? appeal : undefined, 'appeal');
}

async function mayRead(
  ports: Pick<ReviewPorts, 'store' | 'tenancy' | 'submissions'>,
  actor: Actor & { readonly member: MemberId },
  appeal: Appeal,
): Promise<boolean> {
  if (appeal.teacher === actor.member) return true;
  if (appeal.decider === actor.member || appeal.decided?.by === actor.member) return true;
  if (!(await overseesAppeals(ports, actor))) return false;
  return !(await workInHand(ports, actor)).submissions.has(appeal.submission);
}

async function overseesAppeals(
  ports: Pick<ReviewPorts, 'tenancy'>,
  { district, member }: Actor & { readonly member: MemberId },
): Promise<boolean> {
  const kept = await ports.tenancy.store.member(district, member);
  return kept?.roles.some((role) => role === 'lead' || role === 'admin') ?? false;
}

/** What `listAppeals` lists: one's own as a teacher, those one is asked to decide, or the district's. */
export const appealLists = ['own', 'to-decide', 'all'] as const;
export type AppealList = (typeof appealLists)[number];

/**
 * Appeals, the newest first. `all` is for who oversees review, without work that they have in hand to rate (a page may so
 * hold fewer than its limit); to others it is their own.
 */
export async function listAppeals(
  ports: Pick<ReviewPorts, 'store' | 'tenancy' | 'submissions'>,
  actor: Actor & { readonly member: MemberId },
  list: AppealList,
  request: PageRequest,
): Promise<Page<Appeal>> {
  const { district, member } = actor;
  if (list === 'to-decide') return ports.store.pageOfAppeals(district, 'decider', member, request);
  if (list === 'own' || !(await overseesAppeals(ports, actor)))
    return ports.store.pageOfAppeals(district, 'teacher', member, request);
  const page = await ports.store.pageOfAppeals(district, 'all', undefined, request);
  const { submissions } = await workInHand(ports, actor);
  return { ...page, items: page.items.filter(({ submission }) => !submissions.has(submission)) };
}

/** What somebody who decides an appeal looks at: the evidence beside what was rated, and nobody's name. */
export interface AppealRecord {
  readonly appeal: Appeal;
  readonly version: ReviewedVersion;
  readonly evidence: Evidence;
  readonly decision: Decision;
  /** Those that the decision rests on, the first committed first. */
  readonly ratings: readonly Pick<Rating, 'kind' | 'criteria'>[];
}

/** @throws not-found unless the caller is asked to decide the appeal. */
export async function appealRecord(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<AppealRecord> {
  const appeal = await askedToDecide(ports, actor, id);
  const { district } = appeal;
  const decision = found(await ports.store.decision(district, appeal.decision), 'decision');
  const submission = found(
    await ports.submissions.store.submission(district, appeal.submission),
    'submission',
  );
  const version = await reviewedVersion(ports, district, appeal.achievementVersion);
  const files = Object.values(submission.answers).flatMap((answer) =>
    answer.kind === 'file' ? answer.artefacts : [],
  );
  const ratings = (await ports.store.ratingsOfSubmission(district, submission.id)).filter(({ id: rating }) =>
    decision.ratings.includes(rating),
  );
  return {
    ...{ appeal, version, decision },
    evidence: blindView(
      submission,
      version.version,
      await ports.evidence.store.artefactsById(district, files),
    ),
    ratings: ratings.map(({ kind, criteria }) => ({ kind, criteria })),
  };
}

/** Opens a file of the work, as a reviewer opens it. @throws not-found as `appealRecord`, or for a file that is not of it. */
export async function openAppealArtefact(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly appeal: string; readonly artefact: string },
): Promise<{ readonly opened: OpenedFile; readonly name: string }> {
  const { evidence } = await appealRecord(ports, actor, input.appeal);
  const name = found(blindFileNames(evidence).get(input.artefact as ArtefactId), 'artefact');
  return { opened: await openArtefact(ports.evidence, actor, input.artefact), name };
}
