import { policyAt } from '../calibration/index.js';
import { allOf, plusSeconds, type Actor, type Instant, type MemberId } from '../kernel/index.js';
import { getSubmission } from '../submissions/index.js';
import { pendingCaseStates } from './list-review-cases.js';
import { minutesPerRating, queueCapacity } from './queue-capacity.js';
import type { ReviewCase } from './review-case.js';
import type { ReviewPorts } from './store.js';

/** When a decision is to be expected: between two moments, or not to be said since no reviewer is available now. */
export type ExpectedDecision =
  | { readonly state: 'expected'; readonly from: Instant; readonly to: Instant }
  | { readonly state: 'no-reviewer' }
  /** Not in review: nothing to be expected. */
  | { readonly state: 'none' };

/**
 * When the decision on an own submission is to be expected, from the queue as it is now. It rests on what waits before it
 * and on who has time, never on how many ratings were asked for or are in for this work: it is the same whether or not
 * there is a second one.
 * @throws not-found for another's submission.
 */
export async function getExpectedDecision(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<ExpectedDecision> {
  const { district, state } = await getSubmission(ports.submissions, actor, id);
  if (state !== 'in_review' && state !== 'adjudicating' && state !== 'reopened') return { state: 'none' };
  const cases = await ports.store.cases.page(district, 'submission', [id], { limit: 1, descending: true });
  const [reviewCase] = cases.items;
  return reviewCase === undefined ? { state: 'none' } : expectedDecision(ports, reviewCase);
}

/** When the decision of a case is to be expected. */
export async function expectedDecision(
  ports: ReviewPorts,
  reviewCase: ReviewCase,
): Promise<ExpectedDecision> {
  const days = await predictedDays(ports, reviewCase);
  if (days === null) return { state: 'no-reviewer' };
  const now = ports.clock.now();
  const { early, late } = spread(await outcomes(ports, reviewCase));
  return {
    state: 'expected',
    from: plusSeconds(now, Math.round(days * early * 86_400)),
    to: plusSeconds(now, Math.round(Math.max(1, days * late) * 86_400)),
  };
}

/**
 * The days that a case is taken to need from now: the minutes of what waits before it and of itself, by the minutes a week
 * that there are, and half a week until reviewers next sit down. Null when nobody is there.
 */
export async function predictedDays(
  ports: ReviewPorts,
  reviewCase: Pick<
    ReviewCase,
    'id' | 'district' | 'submission' | 'achievementVersion' | 'teacher' | 'openedAt'
  >,
): Promise<number | null> {
  const { district, achievementVersion } = reviewCase;
  const capacity = await queueCapacity(ports, reviewCase);
  if (!capacity.available || capacity.minutesPerWeek <= 0) return null;
  // Of work that is in the teacher's own hands as a reviewer nothing is counted that its other reviewer did.
  const inHand = await ports.store.openAssignmentsOf(district, reviewCase.teacher);
  const own = new Set(inHand.flatMap((one) => (one.case === null ? [] : [one.case])));
  const [ahead, each, last] = await Promise.all([
    ratingsAhead(ports, reviewCase, own),
    ratingsPerCase(ports, district, achievementVersion),
    ports.store.lastGiven(district, achievementVersion, 60),
  ]);
  const given = last.filter((one) => one.case === null || !own.has(one.case));
  const { review, seeds } = await policyAt(ports.calibration, district);
  const ratings = each + Math.max(0, ahead.cases * each - ahead.committed);
  const minutes = ratings * minutesPerRating(given, review) * (1 + seeds.share / 100);
  return 3.5 + (minutes / capacity.minutesPerWeek) * 7;
}

/** Of how many cases ahead it is looked at whether they are rated in part. */
const casesLooked = 100;

/** The pending cases of the version that were opened before, and how many ratings they have already, `own` ones aside. */
async function ratingsAhead(
  ports: Pick<ReviewPorts, 'store'>,
  { id, district, achievementVersion, openedAt }: Parameters<typeof predictedDays>[1],
  own: ReadonlySet<string>,
): Promise<{ readonly cases: number; readonly committed: number }> {
  const pending = await Promise.all(
    pendingCaseStates.map((state) =>
      allOf((request) => ports.store.cases.page(district, 'pending', [achievementVersion, state], request)),
    ),
  );
  const ahead = pending.flat().filter((other) => other.id !== id && other.openedAt <= openedAt);
  let committed = 0;
  for (const one of ahead.slice(0, casesLooked).filter((other) => !own.has(other.id)))
    committed += (await ports.store.ratingsOfCase(district, one.id)).length;
  return { cases: ahead.length, committed };
}

/** How many ratings a case of the version needs on average: of its newest decisions, two while there are few. */
async function ratingsPerCase(
  ports: Pick<ReviewPorts, 'store'>,
  district: string,
  version: string,
): Promise<number> {
  const page = await ports.store.decisions.page(district, 'version', [version], {
    limit: 50,
    descending: true,
  });
  if (page.items.length < 10) return 2;
  return page.items.reduce((sum, { reviews }) => sum + reviews, 0) / page.items.length;
}

/** What became of an earlier prediction: the days that it took, or has taken so far, as a multiple of those predicted. */
export interface Outcome {
  readonly ratio: number;
  readonly decided: boolean;
}

/** The newest cases of the version with what was predicted of each at its opening. */
async function outcomes(
  ports: Pick<ReviewPorts, 'store' | 'clock'>,
  { id, district, achievementVersion }: ReviewCase,
): Promise<readonly Outcome[]> {
  const now = Date.parse(ports.clock.now());
  const page = await ports.store.cases.page(district, 'version', [achievementVersion], {
    limit: 80,
    descending: true,
  });
  return page.items.flatMap((one) => {
    if (one.id === id || one.predictedDays === null || one.state === 'closed') return [];
    const decided = one.state === 'decided';
    const end = decided ? Date.parse(one.stateSince) : now;
    return [{ ratio: (end - Date.parse(one.openedAt)) / 86_400_000 / one.predictedDays, decided }];
  });
}

/** With fewer decided, nothing is known yet of how predictions turn out. */
const fewestOutcomes = 20;

/**
 * How much earlier and later than predicted decisions came: the tenth and the ninetieth of a hundred of earlier outcomes,
 * so that what is said holds as often again whatever the model leaves out (split conformal prediction: the rank is
 * taken of n + 1; Vovk, Gammerman and Shafer 2005). A pending case counts where it is late already. A quarter and two and a
 * half times while fewer than twenty are known.
 */
export function spread(known: readonly Outcome[]): { readonly early: number; readonly late: number } {
  const decided = known.filter((one) => one.decided).map(({ ratio }) => ratio);
  if (decided.length < fewestOutcomes) return { early: 0.25, late: 2.5 };
  decided.sort((a, b) => a - b);
  const tenth = decided[Math.floor((decided.length + 1) * 0.1) - 1] ?? decided[0]!;
  // One that is pending and past the middle is on the way to being late: leaving it out would flatter.
  const middle = decided[Math.floor(decided.length / 2)]!;
  const late = [
    ...decided,
    ...known.filter((one) => !one.decided && one.ratio > middle).map(({ ratio }) => ratio),
  ];
  late.sort((a, b) => a - b);
  const ninetieth = late[Math.min(late.length, Math.ceil((late.length + 1) * 0.9)) - 1]!;
  return { early: Math.min(tenth, 1), late: Math.max(ninetieth, 1) };
}
