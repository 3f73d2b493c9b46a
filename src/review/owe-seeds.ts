import {
  hexSeed,
  reviewedVersion,
  seededChance,
  type DistrictPolicy,
  type SeedPolicy,
} from '../calibration/index.js';
import { newId, plusDays, plusSeconds, type AssignmentId, type Instant } from '../kernel/index.js';
import type { Eligible } from './find-candidates.js';
import type { SeedReason } from './rating.js';
import { changePlan, type OwedSeed, type SeedPlan } from './seed-plan.js';
import { seedsFor } from './seed-supply.js';
import type { ReviewPorts } from './store.js';

type Whose = Pick<Eligible, 'member' | 'certification'>;

/**
 * What live work brings with it: a seed is owed; `short`, one would be and the pool holds none; `made-good`, one could
 * not be given earlier and this work is rated twice for it; `none`; `never`, work that brings none.
 */
export type SeedsOwed = 'seed' | 'short' | 'made-good' | 'none' | 'never';

/**
 * Whether live work drawn by this seed brings a seed with it: one in ten, one in five in the first month after the
 * certification and on probation. It follows from the draw's seed, so that anybody can see that it was chance.
 */
export async function seedsOwed(
  ports: ReviewPorts,
  { member, certification }: Whose,
  seed: string,
  policy: SeedPolicy,
): Promise<SeedsOwed> {
  const { district, id, achievementVersion } = { ...certification, id: member.id };
  const plan = await ports.store.seedPlan(district, id, achievementVersion);
  if (plan !== undefined && plan.missing > 0) return 'made-good';
  const isNew = ports.clock.now() < plusDays(certification.from, policy.firstDays);
  const share = isNew || certification.state === 'probation' ? policy.firstShare : policy.share;
  if (seededChance(`${seed}/seed`)(100) >= share) return 'none';
  const version = await reviewedVersion(ports, district, achievementVersion);
  const supply = await seedsFor(ports, member, version);
  return supply.length > (plan?.owed.length ?? 0) ? 'seed' : 'short';
}

/** Keeps what followed from live work that was given. */
export async function accountForSeed(
  ports: ReviewPorts,
  whose: Whose,
  assignment: AssignmentId,
  owed: SeedsOwed,
  policy: SeedPolicy,
): Promise<void> {
  if (owed === 'never') return;
  const now = ports.clock.now();
  const seed =
    owed === 'seed' ? await newOwed(ports, whose, { because: 'share', cause: assignment }) : undefined;
  await changePlan(ports.store, planOf(whose, now, policy), (plan) => {
    switch (owed) {
      case 'seed':
        return seed === undefined || plan.owed.some(({ cause }) => cause === assignment)
          ? undefined
          : { ...plan, owed: [...plan.owed, seed] };
      case 'short':
        return plan.shortSince === null ? { ...plan, shortSince: now } : undefined;
      case 'made-good':
        return { ...plan, missing: Math.max(0, plan.missing - 1) };
      case 'none':
        return undefined;
    }
  });
}

/**
 * How many seeds come before live work for who was last active then: by the defaults 2 after 30 days, and 4 after 90, when
 * a certification rests until they are rated (calibration.md, 4: certification).
 */
export function seedsFirst(
  active: Instant,
  now: Instant,
  { seeds, qualification }: Pick<DistrictPolicy, 'seeds' | 'qualification'>,
): number {
  const idle = now < plusDays(active, seeds.idleDays) ? 0 : seeds.afterIdle;
  const resting = now < plusDays(active, qualification.idleDays) ? 0 : qualification.recalibrationSeeds;
  return Math.max(idle, resting);
}

/**
 * Whether this reviewer, idle on the version for long, is to rate seeds before live work: `wait` while they are being
 * given and rated; `short` when the pool holds none, so that the live work is rated twice; `ready` otherwise.
 */
export async function seedsBeforeWork(
  ports: ReviewPorts,
  { member, certification }: Whose,
  policy: Pick<DistrictPolicy, 'seeds' | 'qualification'>,
): Promise<'ready' | 'wait' | 'short'> {
  const { store } = ports;
  const now = ports.clock.now();
  const { district, achievementVersion: version } = certification;
  const last = await store.lastRating(district, member.id, version);
  const active = [certification.from, last?.committedAt ?? certification.from].sort().at(-1)!;
  const wanted = seedsFirst(active, now, policy);
  if (wanted === 0) return 'ready';
  // Live work in hand is work: who was given some since is not held up again.
  if ((await store.lastLiveWork(district, member.id, version))?.state === 'open') return 'ready';
  const rated = await store.seedRatingsOf(district, member.id, version, active);
  if (rated.length >= wanted) return 'ready';
  const plan = await store.seedPlan(district, member.id, version);
  const given = (await store.seedsGiven(district, member.id, version)).filter(
    ({ state }) => state === 'open',
  );
  const supply = await seedsFor(ports, member, await reviewedVersion(ports, district, version));
  // What is owed beyond what the pool holds is never given: live work does not wait for it.
  const coming = Math.min(plan?.owed.length ?? 0, supply.length);
  const ahead = given.length + coming;
  const lacking = Math.min(wanted - rated.length - ahead, supply.length - coming);
  if (ahead === 0 && lacking <= 0) return 'short';
  for (let n = 0; n < lacking; n += 1) {
    const cause = `idle:${active}:${rated.length + ahead + n + 1}`;
    const owed = { ...(await newOwed(ports, { certification }, { because: 'idle', cause })), giveAt: now };
    await changePlan(store, planOf({ member, certification }, now, policy.seeds), (kept) =>
      kept.owed.some((one) => one.cause === cause) ? undefined : { ...kept, owed: [...kept.owed, owed] },
    );
  }
  return 'wait';
}

/** A seed that is owed, given at a moment like those at which live work of the version comes. */
export async function newOwed(
  ports: ReviewPorts,
  { certification }: Pick<Whose, 'certification'>,
  why: { readonly because: SeedReason; readonly cause: string },
): Promise<OwedSeed> {
  const seed = hexSeed(ports.randomness.bytes(16));
  const { district, achievementVersion } = certification;
  const given = await ports.store.lastGiven(district, achievementVersion, 50);
  return {
    assignment: newId(ports.randomness, 'asg'),
    ...why,
    seed,
    giveAt: momentLike(
      given.map(({ assignedAt }) => assignedAt),
      seed,
      ports.clock.now(),
    ),
  };
}

const week = 7 * 86_400;

/**
 * A moment within the next week, on the weekday and at the time of day of one of these moments, half an hour more or
 * less: seeds come when live work comes. At any time of the week while there are none.
 */
export function momentLike(moments: readonly Instant[], seed: string, now: Instant): Instant {
  const chance = seededChance(`${seed}/moment`);
  const like = moments[moments.length === 0 ? 0 : chance(moments.length)];
  if (like === undefined) return plusSeconds(now, 60 + chance(week));
  const apart = Math.floor((Date.parse(like) - Date.parse(now)) / 1000) + chance(3600) - 1800;
  return plusSeconds(now, (((apart % week) + week) % week) + 1);
}

/** Whose plan it is, where it is begun now. */
export function planOf(
  { member, certification }: Whose,
  now: Instant,
  policy: SeedPolicy,
): Pick<SeedPlan, 'district' | 'reviewer' | 'achievementVersion' | 'termCheckAt'> {
  const { district, achievementVersion } = certification;
  return { district, achievementVersion, reviewer: member.id, termCheckAt: nextTermCheck(now, policy) };
}

/**
 * When a seed that a term asks for is decided on: a week before its share of the term is over, since it is given within
 * a week. With no two seeds further apart than a share, every term holds its fewest.
 */
export function nextTermCheck(now: Instant, { termDays, perTerm }: SeedPolicy): Instant {
  return plusDays(now, Math.max(1, Math.floor(termDays / perTerm) - 7));
}
