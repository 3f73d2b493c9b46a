import { certifiedFor, declarationStandingsIn, policyAt, type ReviewPolicy } from '../calibration/index.js';
import type { Instant } from '../kernel/index.js';
import type { Member } from '../tenancy/index.js';
import { minutesOf } from './availability.js';
import { conflictOfInterest } from './conflict-of-interest.js';
import { declaredAgainst } from './declared-conflicts.js';
import { seatsOfCase } from './pools/cleared-for-pool.js';
import type { Assignment } from './rating.js';
import { pendingCaseStates } from './list-review-cases.js';
import type { ReviewCase } from './review-case.js';
import type { ReviewPorts } from './store.js';

/** What a version's queue has to work with. */
export interface QueueCapacity {
  /** Minutes a week that reviewers give to this version; 0 when nobody is there. */
  readonly minutesPerWeek: number;
  /** Whether somebody is there who may rate this teacher's work. */
  readonly available: boolean;
}

/**
 * The reviewer-minutes a week of a version: what each certified reviewer with time and declarations in force has, divided among the versions that
 * the reviewer is certified for by how much work waits on each.
 */
export async function queueCapacity(
  ports: ReviewPorts,
  work: Pick<ReviewCase, 'district' | 'achievementVersion' | 'teacher' | 'submission'>,
): Promise<QueueCapacity> {
  const { district, achievementVersion } = work;
  const now = ports.clock.now();
  const { review: policy } = await policyAt(ports.calibration, district);
  const [certified, standingOf, own, seats, teacher, relationships] = await Promise.all([
    certifiedFor(ports.calibration, district, achievementVersion, now),
    declarationStandingsIn(ports.calibration, district),
    ports.tenancy.store.membersWithRole(district, 'reviewer'),
    seatsOfCase(ports, work, 'rating'),
    ports.tenancy.store.member(district, work.teacher),
    ports.tenancy.store.relationshipsOf(district, work.teacher),
  ]);
  const declared =
    teacher === undefined ? undefined : await declaredAgainst(ports, teacher, policy.conflictYears);
  const demand = demandOf(ports, district);
  let minutesPerWeek = 0;
  let available = false;
  for (const reviewer of [...own, ...seats].filter(({ id }) => certified.has(id))) {
    const minutes = await minutesOf(ports, district, reviewer.id);
    if (minutes === 0) continue;
    const standing = await standingOf(reviewer.id);
    if (!standing.inForce) continue;
    minutesPerWeek += minutes * (await shareFor(ports, reviewer, achievementVersion, now, demand));
    available ||=
      teacher !== undefined &&
      conflictOfInterest(reviewer, teacher, relationships, now, policy.conflictYears) === undefined &&
      declared?.of(reviewer, standing) === undefined;
  }
  return { minutesPerWeek, available };
}

/** How much of a reviewer's time this version has: its part of what waits on all that the reviewer rates. */
async function shareFor(
  ports: ReviewPorts,
  { district, id }: Member,
  version: string,
  now: Instant,
  demand: (version: string) => Promise<number>,
): Promise<number> {
  const page = await ports.calibration.store.pageOfCertifications(district, id, { limit: 200 });
  const versions = new Set(
    page.items
      .filter(({ state, until }) => (state === 'active' || state === 'probation') && now < until)
      .map(({ achievementVersion }) => achievementVersion as string),
  );
  let all = 0;
  for (const one of versions.add(version)) all += await demand(one);
  return (await demand(version)) / all;
}

/** How many cases of a version are pending, one at least; asked once for each version. */
function demandOf(ports: Pick<ReviewPorts, 'store'>, district: string): (version: string) => Promise<number> {
  const known = new Map<string, Promise<number>>();
  const count = async (version: string) => {
    const counts = await Promise.all(
      pendingCaseStates.map((state) => ports.store.cases.count(district, 'pending', [version, state])),
    );
    return Math.max(
      1,
      counts.reduce((sum, one) => sum + one, 0),
    );
  };
  return (version) => {
    const asked = known.get(version) ?? count(version);
    known.set(version, asked);
    return asked;
  };
}

/** Longer times on one rating are counted as this: a work left open over night says little of the work. */
const longestMinutes = 240;
const fewestMeasured = 5;

/**
 * The median minutes from the opening of a work to its commit, over the newest of a version; the policy's while fewer than
 * five are measured.
 */
export function minutesPerRating(
  assignments: readonly Pick<Assignment, 'state' | 'openedAt' | 'endedAt'>[],
  policy: ReviewPolicy,
): number {
  const minutes = assignments
    .flatMap(({ state, openedAt, endedAt }) =>
      state === 'committed' && openedAt !== null && endedAt !== null
        ? [Math.min(longestMinutes, (Date.parse(endedAt) - Date.parse(openedAt)) / 60_000)]
        : [],
    )
    .sort((a, b) => a - b);
  if (minutes.length < fewestMeasured) return policy.minutesPerRating;
  const middle = Math.floor(minutes.length / 2);
  const median = minutes.length % 2 === 1 ? minutes[middle]! : (minutes[middle - 1]! + minutes[middle]!) / 2;
  // A work that is opened and committed in one breath was read elsewhere.
  return Math.max(1, median);
}
