import { certifiedFor, policyAt, reviewedVersion, unseenExemplars } from '../calibration/index.js';
import { plusDays, type Actor, type ExemplarId, type Instant, type MemberId } from '../kernel/index.js';
import { isPermitted, poolRole, type Member } from '../tenancy/index.js';
import { formsOfRealWork, servable, type Unservable } from './seed-supply.js';
import type { ReviewPorts } from './store.js';

/** How a version stands with seeds, for its lead: what can be served, and who is short of them. */
export interface SeedOverview {
  readonly exemplars: readonly SeedExemplarStanding[];
  readonly reviewers: readonly SeedReviewerStanding[];
}

export interface SeedExemplarStanding {
  readonly exemplar: ExemplarId;
  readonly title: string;
  /** `served`; or why it is not: it could be no submission of this version, or no real work looks like it. */
  readonly standing: 'served' | Unservable;
}

export interface SeedReviewerStanding {
  readonly member: Member;
  /** Seeds that the reviewer has rated in the term: those in hand are in no count. */
  readonly ratedInTerm: number;
  /** Exemplars that the reviewer can still be given. */
  readonly left: number;
  /** Since when the pool has held none; null while it does. */
  readonly shortSince: Instant | null;
}

/**
 * How a version stands with seeds. Counts hold what is rated, never what is in hand: whether somebody has a seed in hand
 * is nobody's to see.
 * @throws not-found; rule-violated when the version is not reviewed.
 */
export async function seedOverview(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  achievementVersion: string,
): Promise<SeedOverview> {
  const { district } = actor;
  const now = ports.clock.now();
  const version = await reviewedVersion(ports, district, achievementVersion);
  const [pool, forms, certified] = await Promise.all([
    ports.calibration.store.pool(district, achievementVersion, 'seed', 'keyed'),
    formsOfRealWork(ports, district, achievementVersion),
    certifiedFor(ports.calibration, district, achievementVersion, now),
  ]);
  const exemplars = pool.map((exemplar): SeedExemplarStanding => {
    const can = servable(exemplar, version, forms);
    return { exemplar: exemplar.id, title: exemplar.title, standing: can === true ? 'served' : can };
  });
  const served = new Set(exemplars.flatMap((one) => (one.standing === 'served' ? [one.exemplar] : [])));
  const members = [
    ...(await ports.tenancy.store.membersWithRole(district, 'reviewer')),
    ...(await ports.tenancy.store.membersWithRole(district, poolRole)),
  ];
  const reviewers = await Promise.all(
    members
      // The own standing is left out: that a shortage ended would say that a seed was given.
      .filter(({ id }) => certified.has(id) && id !== actor.member)
      .map((member) => standingOf(ports, member, achievementVersion, served)),
  );
  return { exemplars, reviewers: reviewers.sort((a, b) => (a.member.name < b.member.name ? -1 : 1)) };
}

async function standingOf(
  ports: ReviewPorts,
  member: Member,
  version: string,
  served: ReadonlySet<ExemplarId>,
): Promise<SeedReviewerStanding> {
  const { district, id } = member;
  const { store } = ports;
  const { seeds } = await policyAt(ports.calibration, district);
  const since = plusDays(ports.clock.now(), -seeds.termDays);
  const [unseen, given, rated, plan] = await Promise.all([
    unseenExemplars(ports.calibration, member, version),
    store.seedsGiven(district, id, version),
    store.seedRatingsOf(district, id, version, since),
    store.seedPlan(district, id, version),
  ]);
  // One in hand counts as left until it is rated: nobody is told that live work is a seed.
  const inHand = given.filter(({ state }) => state === 'open').map(({ exemplar }) => exemplar);
  const left = new Set([...unseen.map((exemplar) => exemplar.id), ...inHand]);
  return {
    member,
    ratedInTerm: rated.length,
    left: isPermitted(member.roles, 'review.oversee')
      ? 0
      : [...left].filter((exemplar) => served.has(exemplar)).length,
    shortSince: plan?.shortSince ?? null,
  };
}
