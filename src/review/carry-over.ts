import { meets, requirementsFor, type Criterion } from '../achievements/index.js';
import { reviewedVersion, type ReviewedVersion } from '../calibration/index.js';
import {
  plusDays,
  type Actor,
  type DecisionId,
  type DistrictId,
  type MemberId,
  type RatingId,
} from '../kernel/index.js';
import { compareEvidence, getSubmission, nextAttemptDays, type Submission } from '../submissions/index.js';
import type { CarriedLevel, CarriedLevels } from './carried.js';
import type { Decision } from './rating.js';
import { caseId } from './review-case.js';
import type { ReviewPorts } from './store.js';

/**
 * Why a criterion is rated anew. `not-met`: it was not; `evidence-changed`; `link`: its evidence holds a link, so cannot
 * be proved unchanged; `too-late`: handed in after the 60 days; `other-version`, `new-work`: what was decided before was
 * on another version, or this is no next attempt of it; `under-appeal`: the decision before is looked into again;
 * `review`: the earlier review of it does not stand any more; `all-met`: nothing else would be left to rate.
 */
export const anewReasons = [
  'not-met',
  'evidence-changed',
  'link',
  'too-late',
  'other-version',
  'new-work',
  'under-appeal',
  'review',
  'all-met',
] as const;
export type AnewReason = (typeof anewReasons)[number];

/** What becomes of each criterion, in the rubric's order. */
export interface CarryOver {
  readonly version: ReviewedVersion;
  readonly criteria: readonly (
    | { readonly criterion: string; readonly stands: CarriedLevel; readonly anew: null }
    | { readonly criterion: string; readonly stands: null; readonly anew: AnewReason | null }
  )[];
}

/**
 * Which criteria of an own submission stand from the attempt before, and which are rated anew and why, as it is now: what
 * was handed in is judged once more when its review opens, and said so from then on. `anew` is null of a first attempt: there is nothing before it.
 * @throws not-found for another's; rule-violated when the version is not reviewed.
 */
export async function getCarryOver(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<CarryOver> {
  const submission = await getSubmission(ports.submissions, actor, id);
  const now = await carryOver(ports, submission);
  const opened = await ports.store.cases.get(actor.district, caseId(submission.id, submission.attempt, 0));
  if (opened === undefined) return now;
  const { carried } = opened;
  return {
    ...now,
    criteria: now.criteria.map(({ criterion, anew }) => {
      const stands = carried?.[criterion];
      if (stands !== undefined) return { criterion, stands, anew: null };
      // What came into doubt while it was handed in is not told as standing again.
      return { criterion, stands: null, anew: submission.previous === null ? anew : (anew ?? 'review') };
    }),
  };
}

/** What stands, for the review of a submission that was handed in. */
export async function carriedInto(ports: ReviewPorts, submission: Submission): Promise<CarriedLevels> {
  if (submission.previous === null) return {};
  const { criteria } = await carryOver(ports, submission);
  return Object.fromEntries(
    criteria.flatMap(({ criterion, stands }) => (stands === null ? [] : [[criterion, stands]])),
  );
}

async function carryOver(ports: ReviewPorts, submission: Submission): Promise<CarryOver> {
  const version = await reviewedVersion(ports, submission.district, submission.achievementVersion);
  const { criteria } = version.rubric;
  const all = (anew: AnewReason | null): CarryOver => ({
    version,
    criteria: criteria.map(({ id }) => ({ criterion: id, stands: null, anew })),
  });
  const earlier = await before(ports, submission);
  if (earlier === undefined) return all(null);
  if (earlier.achievementVersion !== submission.achievementVersion) return all('other-version');
  if (submission.previous === null) return all('new-work');
  const standing = await ports.store.decisionOn(submission.district, earlier.id);
  if (earlier.state !== 'not_yet' || earlier.openFor !== null || standing === undefined)
    return all('under-appeal');
  const judged = await Promise.all(
    criteria.map(async (criterion) => ({
      criterion: criterion.id,
      ...(await judge(ports, { submission, earlier, standing, version }, criterion)),
    })),
  );
  return judged.every(({ stands }) => stands !== null) ? all('all-met') : { version, criteria: judged };
}

/** The attempt before, or else the teacher's submission for the achievement that was decided last before this one. */
async function before(ports: ReviewPorts, submission: Submission): Promise<Submission | undefined> {
  const { district, teacher, achievement, previous, id, createdAt } = submission;
  const { store } = ports.submissions;
  if (previous !== null) return store.submission(district, previous);
  const others = await store.submissionsFor(district, teacher, achievement);
  return others.filter((one) => one.id !== id && one.decidedAt !== null && one.createdAt <= createdAt).at(-1);
}

interface Judged {
  readonly submission: Submission;
  readonly earlier: Submission;
  readonly standing: Decision;
  readonly version: ReviewedVersion;
}

async function judge(
  ports: ReviewPorts,
  { submission, earlier, standing, version }: Judged,
  criterion: Criterion,
): Promise<
  | { readonly stands: CarriedLevel; readonly anew: null }
  | { readonly stands: null; readonly anew: AnewReason }
> {
  const anew = (reason: AnewReason) => ({ stands: null, anew: reason }) as const;
  const level = standing.levels[criterion.id];
  if (level === undefined || !meets(criterion, level)) return anew('not-met');
  const { id: decision, decidedAt, ratings } = standing;
  const first = standing.carried?.[criterion.id] ?? { level, decision, decidedAt, ratings };
  // Sixty days from the decision that found it met, whatever was decided since; what an appeal took is not lost.
  const { appealEndedAt } = earlier;
  const own = first.decision === decision && appealEndedAt !== undefined && appealEndedAt > decidedAt;
  const since = own ? appealEndedAt : first.decidedAt;
  const sent = submission.submittedAt ?? ports.clock.now();
  if (sent >= plusDays(since, nextAttemptDays)) return anew('too-late');
  const named = requirementsFor(criterion.id, version.requirements);
  const serving = (named.length > 0 ? named : version.requirements).map(({ id }) => id);
  const files = [submission, earlier].flatMap(({ answers }) =>
    Object.values(answers).flatMap((answer) => (answer.kind === 'file' ? answer.artefacts : [])),
  );
  const artefacts = await ports.evidence.store.artefactsById(submission.district, [...new Set(files)]);
  const compared = compareEvidence(serving, earlier, submission, artefacts);
  if (compared !== 'unchanged') return anew(compared === 'link' ? 'link' : 'evidence-changed');
  return (await isSound(ports, submission.district, first)) ? { stands: first, anew: null } : anew('review');
}

/**
 * Of levels that stand in a submission, those that still do: their decision is the newest on its work, and no sign-off
 * under it is in doubt.
 */
export async function stillSound(
  ports: Pick<ReviewPorts, 'store' | 'calibration'>,
  district: DistrictId,
  carried: CarriedLevels,
): Promise<CarriedLevels> {
  const sound = await Promise.all(
    Object.entries(carried).map(async ([criterion, one]) =>
      (await isSound(ports, district, one)) ? [[criterion, one] as const] : [],
    ),
  );
  return Object.fromEntries(sound.flat());
}

async function isSound(
  ports: Pick<ReviewPorts, 'store' | 'calibration'>,
  district: DistrictId,
  { decision, ratings }: Pick<CarriedLevel, 'decision' | 'ratings'>,
): Promise<boolean> {
  if (!(await isNewest(ports, district, decision))) return false;
  for (const rating of ratings) if (await isInDoubt(ports, district, rating)) return false;
  return true;
}

async function isNewest(ports: Pick<ReviewPorts, 'store'>, district: DistrictId, id: DecisionId) {
  const decision = await ports.store.decision(district, id);
  if (decision === undefined) return false;
  return (await ports.store.decisionOn(district, decision.submission))?.id === id;
}

/**
 * Whether what somebody signed is not to be relied on: the certification under it is suspended or revoked, or a look-back
 * lists it.
 */
async function isInDoubt(
  { store, calibration }: Pick<ReviewPorts, 'store' | 'calibration'>,
  district: DistrictId,
  id: RatingId,
): Promise<boolean> {
  const rating = await store.rating(district, id);
  if (rating === undefined) return true;
  const { reviewer, achievementVersion } = rating;
  const certifications = await calibration.store.certificationsFor(district, reviewer, achievementVersion);
  const own = certifications.find(({ id: one }) => one === rating.certification);
  if (own === undefined || own.state === 'revoked') return true;
  // Who is suspended under one certification signs nothing under another either.
  if (certifications.some(({ state }) => state === 'suspended')) return true;
  const signals = await calibration.store.driftSignalsOf(district, reviewer, achievementVersion);
  return signals.some(
    ({ state, lookBack }) =>
      (state === 'suspended' && lookBack === null) ||
      lookBack?.items.some((item) => item.rating === id) === true,
  );
}
