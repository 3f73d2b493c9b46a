import { withAudit } from '../../audit/index.js';
import {
  deIdentificationChecks,
  nameLeftIn,
  reviewedVersion,
  type DeIdentificationCheck,
  type ReviewedVersion,
} from '../../calibration/index.js';
import { openKept, type OpenedArtefact } from '../../evidence/index.js';
import {
  allOf,
  AppError,
  found,
  update,
  type Actor,
  type FieldError,
  type MemberId,
} from '../../kernel/index.js';
import { blindView, pendingStates, type BlindItem, type Submission } from '../../submissions/index.js';
import { releaseAssignment } from '../release-assignment.js';
import type { ReviewPorts } from '../store.js';
import { isClearedForPool, poolConsents, poolFaults } from './cleared-for-pool.js';
import { answersDigest, type PoolClearance } from './pool-clearance.js';

/** Work in review whose teacher allows that it is rated through the review pool, as its reviewers see it. */
export interface PoolWork {
  readonly submission: Submission;
  readonly version: ReviewedVersion;
  readonly items: readonly BlindItem[];
  /** What was found, if somebody has read it. */
  readonly state: 'unchecked' | PoolClearance['state'];
  /** What keeps it from the pool whoever reads it. */
  readonly faults: readonly FieldError[];
}

type Checker = Actor & { readonly member: MemberId };

/** All such work of the district, the consent that was given first first; never the caller's own, nor what the caller rates. */
export async function listPoolWork(ports: ReviewPorts, actor: Checker): Promise<readonly PoolWork[]> {
  const consents = await allOf((request) =>
    ports.evidence.store.consentsTo(actor.district, 'pool-review', request),
  );
  const ids = new Set(consents.flatMap(({ submission }) => (submission === null ? [] : [submission])));
  const works = await Promise.all([...ids].map((id) => poolWork(ports, actor, id)));
  return works.filter((work): work is PoolWork => work !== undefined);
}

/** One of them. @throws not-found without a consent in force or an agreement, once it is decided, for own work and for what the caller rates. */
export async function getPoolWork(ports: ReviewPorts, actor: Checker, submission: string): Promise<PoolWork> {
  return found(await poolWork(ports, actor, submission), 'work for the review pool');
}

/** Opens a file of such work, to be read before it is cleared. @throws not-found as `getPoolWork`, and for other files. */
export async function openPoolFile(
  ports: ReviewPorts,
  actor: Checker,
  input: { readonly submission: string; readonly artefact: string },
): Promise<OpenedArtefact> {
  const { items } = await getPoolWork(ports, actor, input.submission);
  const isOfWork = items.some(({ files }) => files.some(({ artefact }) => artefact === input.artefact));
  found(isOfWork || undefined, 'file');
  return openKept(ports.evidence, actor.district, input.artefact);
}

/**
 * Confirms that nothing in a submission says whose it is: from now on it can be drawn for seats. Who confirms it rates it in
 * no round. Nothing is taken out for the pool: all reviewers of a work read the same.
 * @throws not-found; rule-violated naming each check that is not confirmed, each text in which the teacher's name or school
 * stands, and each file that is a recording or that no consent names.
 */
export async function clearForPool(
  ports: ReviewPorts,
  actor: Checker,
  submission: string,
  checks: { readonly [check in DeIdentificationCheck]: boolean },
): Promise<PoolClearance> {
  const work = await getPoolWork(ports, actor, submission);
  const errors = [...work.faults, ...(await nameFaults(ports, work)), ...checkFaults(checks)];
  if (errors.length > 0)
    throw new AppError(
      'rule-violated',
      `The work cannot go to the review pool: ${errors[0]!.pointer} ${errors[0]!.detail}.`,
      { errors },
    );
  return keepClearance(ports, actor, work.submission, 'cleared');
}

/**
 * Keeps a submission in the district: 1 nothing more of it is drawn for seats or served through them; 2 what is open with
 * seats goes to others. Said again it does what was cut short.
 * @throws not-found.
 */
export async function keepFromPool(
  ports: ReviewPorts,
  actor: Checker,
  submission: string,
): Promise<PoolClearance> {
  const work = await getPoolWork(ports, actor, submission);
  // 1
  const kept = await keepClearance(ports, actor, work.submission, 'kept');
  // 2
  await releaseUncleared(ports, actor.district, submission);
  return kept;
}

/** Gives open work of a submission that is not cleared (any more) back from seats, for others to be drawn. */
export async function releaseUncleared(
  ports: ReviewPorts,
  district: Actor['district'],
  submission: string,
): Promise<void> {
  if (await isClearedForPool(ports, district, submission)) return;
  for (const { id } of await ports.store.casesOn(district, submission)) {
    for (const { id: assignment, reviewer, state } of await ports.store.assignmentsOfCase(district, id)) {
      const member = await ports.tenancy.store.member(district, reviewer);
      if (state === 'open' && member?.seat !== undefined)
        await releaseAssignment(ports, { kind: 'service', district }, assignment, 'unavailable');
    }
  }
}

async function keepClearance(
  ports: ReviewPorts,
  actor: Checker,
  work: Submission,
  state: PoolClearance['state'],
): Promise<PoolClearance> {
  const now = ports.clock.now();
  const { id, district, achievementVersion } = work;
  const clearance: Omit<PoolClearance, 'version' | 'pendingEntries' | 'auditDue'> = {
    ...{ id, district, achievementVersion, state },
    answers: answersDigest(work),
    checkedBy: actor.member,
    checkedAt: now,
  };
  const entry = { actor, verb: state, collection: 'pool_clearances', facts: {} };
  try {
    return await ports.store.poolClearances.insert(withAudit(clearance, entry, now));
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    return update(
      ports.store.poolClearances,
      district,
      id,
      (kept) =>
        kept.state === state && kept.answers === clearance.answers
          ? undefined
          : withAudit({ ...kept, ...clearance }, entry, now),
      'clearance',
    );
  }
}

async function poolWork(ports: ReviewPorts, actor: Checker, id: string): Promise<PoolWork | undefined> {
  const { district } = actor;
  const work = await ports.submissions.store.submission(district, id);
  if (work === undefined || work.teacher === actor.member) return undefined;
  const isPending = (pendingStates as readonly string[]).includes(work.state) || work.state === 'reopened';
  if (!isPending || (await poolConsents(ports, work, ports.clock.now())).length === 0) return undefined;
  if (!(await isPooled(ports, district, work.achievement))) return undefined;
  // Who rates it, or has rated it, is not who reads it for the pool.
  const own = await ports.store.assignmentsOn(district, id, actor.member);
  if (own.some(({ state }) => state === 'open' || state === 'committed')) return undefined;
  const version = await reviewedVersion(ports, district, work.achievementVersion);
  const files = Object.values(work.answers).flatMap((answer) =>
    answer.kind === 'file' ? answer.artefacts : [],
  );
  const { items } = blindView(
    work,
    version.version,
    await ports.evidence.store.artefactsById(district, files),
  );
  const clearance = await ports.store.poolClearances.get(district, work.id);
  const state = clearance?.answers === answersDigest(work) ? clearance.state : 'unchecked';
  return { submission: work, version, items, state, faults: await poolFaults(ports, work) };
}

/** Whether an agreement in force lets others rate work for an achievement of the district. */
export async function isPooled(
  { tenancy }: Pick<ReviewPorts, 'tenancy'>,
  district: string,
  achievement: string,
): Promise<boolean> {
  const agreements = await tenancy.store.pools.hostedBy(district);
  return agreements.some(
    ({ state, achievements }) =>
      state === 'active' && (achievements as readonly string[]).includes(achievement),
  );
}

async function nameFaults(
  ports: Pick<ReviewPorts, 'tenancy'>,
  { submission, items }: PoolWork,
): Promise<readonly FieldError[]> {
  const teacher = await ports.tenancy.store.member(submission.district, submission.teacher);
  return items.flatMap(({ requirement, text }) =>
    text !== null && nameLeftIn(text, teacher)
      ? [{ pointer: `/answers/${requirement}`, detail: 'holds the name or the school of the teacher' }]
      : [],
  );
}

function checkFaults(checks: { readonly [check in DeIdentificationCheck]: boolean }): readonly FieldError[] {
  return (Object.keys(deIdentificationChecks) as DeIdentificationCheck[]).flatMap((check) =>
    checks[check]
      ? []
      : [
          {
            pointer: `/checks/${check}`,
            detail: `must be confirmed before others see it: ${deIdentificationChecks[check]}`,
          },
        ],
  );
}
