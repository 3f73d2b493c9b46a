import type { DriftSignal, LookBackItem } from '../calibration/index.js';
import {
  decodeCursor,
  encodeCursor,
  found,
  type Actor,
  type DecisionId,
  type Instant,
  type MemberId,
  type Page,
  type PageRequest,
} from '../kernel/index.js';
import { workInHand } from './list-review-cases.js';
import { lookBackOf } from './look-back.js';
import { signalOfAnother } from './oversee-drift.js';
import type { Decision } from './rating.js';
import type { CaseState } from './review-case.js';
import type { ReviewPorts } from './store.js';

/** A sign-off that a suspension lists, and how its being rated again stands. */
export interface LookedBackOn {
  readonly item: LookBackItem;
  /** The decision that stood when it was listed; null where there was none yet. */
  readonly before: { readonly decision: DecisionId; readonly outcome: Decision['outcome'] } | null;
  /** The round in which it is rated again; null unless it was opened. */
  readonly round: {
    readonly state: CaseState;
    readonly openedAt: Instant;
    /** What it decided; null while it is held, and when it ended without a decision. */
    readonly after: { readonly decision: DecisionId; readonly outcome: Decision['outcome'] } | null;
  } | null;
}

/** How many sign-offs are on a list, by what became of them. */
export interface LookBackCounts {
  readonly due: number;
  readonly held: number;
  readonly unchanged: number;
  readonly changed: number;
  readonly notPossible: number;
  readonly superseded: number;
}

/**
 * The sign-offs that a suspension for drift lists, the first first. Those on work that the caller is to rate, or handed
 * in, are left out of all of it.
 * @throws not-found for a signal without such a list, and for one about the caller's own levels; invalid-request for a
 * cursor of another list.
 */
export async function listDriftLookBack(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  signal: string,
  request: PageRequest,
): Promise<Page<LookedBackOn>> {
  const all = await lookedBackOn(ports, actor, await signalOfAnother(ports, actor, signal));
  const listed = found(all, 'look-back list');
  const name = `drift/${signal}/look-back`;
  const after = request.cursor === undefined ? undefined : decodeCursor(name, request.cursor).id;
  const begin = after === undefined ? 0 : listed.findIndex((one) => placeOf(one) === after) + 1;
  const items = listed.slice(begin, begin + request.limit);
  const last = items.at(-1);
  return last !== undefined && begin + items.length < listed.length
    ? { items, next: encodeCursor(name, begin, placeOf(last)) }
    : { items };
}

/** What tells an item from others: one sign-off is listed for each work that it bears. */
function placeOf({ item }: LookedBackOn): string {
  return `${item.rating}/${item.submission}`;
}

/** Every sign-off that a signal's suspension lists; undefined where it lists none. */
export async function lookedBackOn(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  { district, lookBack }: DriftSignal,
): Promise<readonly LookedBackOn[] | undefined> {
  if (lookBack === null) return undefined;
  const { submissions } = await workInHand(ports, actor);
  const shown = await Promise.all(
    lookBack.items
      .filter(({ submission }) => !submissions.has(submission))
      .map(async (item): Promise<LookedBackOn | undefined> => {
        const submission = await ports.submissions.store.submission(district, item.submission);
        if (submission?.teacher === actor.member) return undefined;
        const round = item.case === null ? undefined : await ports.store.cases.get(district, item.case);
        if (round === undefined) return { item, before: await standing(ports, item, district), round: null };
        const { before, decision } = await lookBackOf(ports, round);
        return {
          item,
          before: outcomeOf(before),
          round: {
            state: round.state,
            openedAt: round.openedAt,
            after: decision === null ? null : outcomeOf(decision),
          },
        };
      }),
  );
  return shown.filter((one) => one !== undefined);
}

async function standing({ store }: ReviewPorts, { submission }: LookBackItem, district: string) {
  const decision = await store.decisionOn(district, submission);
  return decision === undefined ? null : outcomeOf(decision);
}

function outcomeOf({ id, outcome }: Decision) {
  return { decision: id, outcome };
}

/** How a list stands. */
export function lookBackCounts(listed: readonly LookedBackOn[]): LookBackCounts {
  const became = listed.map(becameOf);
  const count = (what: keyof LookBackCounts) => became.filter((one) => one === what).length;
  return {
    due: count('due'),
    held: count('held'),
    unchanged: count('unchanged'),
    changed: count('changed'),
    notPossible: count('notPossible'),
    superseded: count('superseded'),
  };
}

/** What became of one sign-off: a round that ended without a decision leaves the one before. */
export function becameOf({ item, before, round }: LookedBackOn): keyof LookBackCounts {
  switch (item.state) {
    case 'due':
      return 'due';
    case 'not-possible':
      return 'notPossible';
    case 'superseded':
      return 'superseded';
    case 'opened':
      if (round === null) return 'held';
      if (round.after !== null) return round.after.outcome === before?.outcome ? 'unchanged' : 'changed';
      return round.state === 'closed' ? 'unchanged' : 'held';
  }
}
