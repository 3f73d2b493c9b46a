import { withAudit } from '../audit/index.js';
import {
  certificationFor,
  declarationStandingOf,
  policyAt,
  reviewedVersion,
  seededChance,
  serve,
  shuffled,
} from '../calibration/index.js';
import { AppError, type Actor } from '../kernel/index.js';
import { seatInForce, type Member } from '../tenancy/index.js';
import { assignedFacts, given } from './assign-somebody.js';
import { minutesOf } from './availability.js';
import { isAtCap } from './find-candidates.js';
import type { DrawRecord, SeedAssignment } from './rating.js';
import { newFiles, placed } from './seed-evidence.js';
import type { OwedSeed, SeedPlan } from './seed-plan.js';
import { seedsFor } from './seed-supply.js';
import type { ReviewPorts } from './store.js';

/** Of how many live works before it a seed may take after one. */
const liveLooked = 50;

/**
 * Which criteria a seed asks about: those of one of the live works given last, by chance, so that a work that asks about
 * some only is as often live as one that asks about all (docs/adr/0027-met-criteria-stand.md).
 */
async function askedLikeLive(
  ports: ReviewPorts,
  { district, achievementVersion }: Pick<SeedPlan, 'district' | 'achievementVersion'>,
  seed: string,
): Promise<Pick<SeedAssignment, 'criteria'>> {
  const last = await ports.store.lastGiven(district, achievementVersion, liveLooked);
  const live = last.filter(({ kind }) => kind === 'rating');
  const like = live[live.length === 0 ? 0 : seededChance(`${seed}/criteria`)(live.length)];
  return like?.criteria === undefined ? {} : { criteria: like.criteria };
}

/** Whether whoever sits in a seat is a reviewer at home. */
async function seatRates({ tenancy }: Pick<ReviewPorts, 'tenancy'>, { id }: Member): Promise<boolean> {
  return (await seatInForce(tenancy, id))?.sitter.roles.includes('reviewer') === true;
}

/**
 * Gives an owed seed: an exemplar at random among those that this reviewer can be given, following from the seed that is
 * on record. The same owed seed is given once.
 * @returns `given`; `later` while the reviewer has no time, is at the daily cap or has first to declare; `missing` when the pool holds none;
 * `over` when the reviewer may not rate this version any more.
 */
export async function giveSeed(
  ports: ReviewPorts,
  { district, reviewer, achievementVersion }: Pick<SeedPlan, 'district' | 'reviewer' | 'achievementVersion'>,
  owed: OwedSeed,
): Promise<'given' | 'later' | 'missing' | 'over'> {
  if ((await ports.store.assignment(district, owed.assignment)) !== undefined) return 'given';
  const now = ports.clock.now();
  const member = await ports.tenancy.store.member(district, reviewer);
  const certification = await certificationFor(
    ports.calibration,
    district,
    reviewer,
    achievementVersion,
    now,
  );
  const rates =
    member?.state === 'active' &&
    (member.seat === undefined ? member.roles.includes('reviewer') : await seatRates(ports, member));
  if (member === undefined || !rates || certification === undefined) return 'over';
  const policy = await policyAt(ports.calibration, district);
  const minutes = await minutesOf(ports, district, reviewer);
  if (minutes === 0 || (await isAtCap(ports, member, policy.review))) return 'later';
  // Nothing live is drawn without them: what came all the same would be known for a seed.
  if (!(await declarationStandingOf(ports.calibration, district, reviewer)).inForce) return 'later';
  const version = await reviewedVersion(ports, district, achievementVersion);
  // One whose serving was kept before a crash is the one that was drawn.
  const { store } = ports.calibration;
  const begun = (await store.servingsOf(district, reviewer)).find(({ cause }) => cause === owed.assignment);
  const kept = begun === undefined ? undefined : await store.exemplar(district, begun.exemplar);
  const supply = kept === undefined ? await seedsFor(ports, member, version) : [kept];
  const candidates = supply.map(({ id }) => id);
  const exemplar = shuffled(owed.seed, candidates)[0];
  const chosen = supply.find(({ id }) => id === exemplar);
  const places = chosen === undefined ? undefined : placed(chosen, version.requirements);
  if (exemplar === undefined || chosen === undefined || places === undefined) return 'missing';
  const draw: DrawRecord = { of: 'seed', exemplar, seed: owed.seed, candidates, because: owed.because };
  const assignment: Omit<SeedAssignment, 'version' | 'pendingEntries' | 'auditDue'> = {
    ...given(ports, { member }, policy, now),
    id: owed.assignment,
    work: 'seed',
    ...{ district, achievementVersion, kind: 'rating', seed: owed.seed, draw, exemplar },
    ...{ case: null, n: null, submission: null, attempt: null, round: null },
    files: newFiles(ports, places),
    ...(await askedLikeLive(ports, { district, achievementVersion }, owed.seed)),
    doubleRated: [],
  };
  // 1. That it is served to this reviewer, for this assignment: nothing is served twice.
  const served = { member: reviewer, use: 'seed', cause: owed.assignment } as const;
  if (!(await serve(ports.calibration, chosen, served))) return 'later';
  // 2. The assignment, whose id was drawn before.
  const actor: Actor = { kind: 'service', district };
  const facts = assignedFacts(assignment, { certification });
  try {
    await ports.store.assignments.insert(
      withAudit(assignment, { actor, verb: 'assigned', collection: 'assignments', facts }, now),
    );
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
  }
  return 'given';
}
