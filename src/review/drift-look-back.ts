import { isSettled, type DriftSignal, type LookBackItem } from '../calibration/index.js';
import { withAudit } from '../audit/index.js';
import { AppError, found, unreachable, update, type Actor, type Json } from '../kernel/index.js';
import { carriersOf, restsOn } from './carried-look-back.js';
import { openRound } from './open-round.js';
import type { ReviewPorts } from './store.js';

/**
 * What a suspension for drift asks for: 1 the list of every sign-off of the reviewer on the version since the last clean
 * moment, of this signal or an earlier one that was not cleared, and the later attempts in which a criterion stands from one; 2 each is rated again, unless its decision rests on it no
 * more. Credentials stay as they are until such a round decides otherwise (invariant 9). Work that is not decided yet
 * stays due. Runs again from any point.
 */
export async function lookBackOn(ports: ReviewPorts, signal: DriftSignal): Promise<DriftSignal> {
  const { district, id } = signal;
  const { driftSignals } = ports.calibration.store;
  const actor: Actor = { kind: 'service', district };
  const recorded = (changed: DriftSignal, verb: string, facts: Json) =>
    withAudit(changed, { actor, verb, collection: 'drift_signals', facts }, ports.clock.now());
  // 1. The reviewer signs nothing any more: the list is the same whenever it is made.
  const lookBack = signal.lookBack ?? (await listed(ports, signal));
  let kept = await update(
    driftSignals,
    district,
    id,
    (one) =>
      one.lookBack === null
        ? recorded({ ...one, lookBack }, 'listed', { signOffs: lookBack.items.length })
        : undefined,
    'drift signal',
  );
  // 2
  for (const item of kept.lookBack?.items ?? []) {
    if (item.state !== 'due') continue;
    const became = await ratedAgain(ports, kept, item);
    if (became.state === 'due') continue;
    kept = await update(
      driftSignals,
      district,
      id,
      (one) =>
        one.lookBack === null
          ? undefined
          : recorded(
              {
                ...one,
                lookBack: {
                  ...one.lookBack,
                  items: one.lookBack.items.map((other) => (isSame(other, item) ? became : other)),
                },
              },
              'looked-back-on',
              { rating: item.rating, became: became.state },
            ),
      'drift signal',
    );
  }
  return kept;
}

function isSame(one: LookBackItem, other: LookBackItem): boolean {
  return one.rating === other.rating && one.submission === other.submission;
}

async function listed(
  ports: ReviewPorts,
  { district, reviewer, achievementVersion, certification, evidence }: DriftSignal,
): Promise<NonNullable<DriftSignal['lookBack']>> {
  const signals = await ports.calibration.store.driftSignalsOn(district, certification);
  const open = signals.filter((one) => !isSettled(one)).map((one) => one.evidence.cleanSince);
  const since = [evidence.cleanSince, ...open].sort()[0]!;
  const signOffs = await ports.store.signOffsSince(district, reviewer, achievementVersion, since);
  const items: Pick<LookBackItem, 'rating' | 'submission'>[] = [];
  for (const { id, submission } of signOffs) {
    items.push({ rating: id, submission });
    for (const carrier of await carriersOf(ports, district, { id, submission }))
      items.push({ rating: id, submission: carrier });
  }
  return {
    since,
    items: items.map((one) => ({ ...one, state: 'due', case: null })),
  };
}

async function ratedAgain(
  ports: ReviewPorts,
  signal: DriftSignal,
  item: LookBackItem,
): Promise<LookBackItem> {
  const { district, certification } = signal;
  const submission = found(await ports.submissions.store.submission(district, item.submission), 'submission');
  switch (submission.state) {
    case 'met':
    case 'not_yet':
      break;
    case 'withdrawn':
    case 'void':
      return { ...item, state: 'not-possible' };
    case 'draft':
    case 'submitted':
    case 'incomplete':
    case 'in_review':
    case 'adjudicating':
    case 'reopened':
      // Its decision comes first; then it is looked back on.
      return item;
    default:
      return unreachable(submission.state);
  }
  const [rating, standing] = await Promise.all([
    ports.store.rating(district, item.rating),
    ports.store.decisionOn(district, item.submission),
  ]);
  if (rating !== undefined && standing !== undefined && !restsOn(standing, rating.id))
    return { ...item, state: 'superseded' };
  try {
    const opened = await openRound(ports, submission, 'look-back', { kind: 'suspension', certification });
    return { ...item, state: 'opened', case: opened.id };
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    return { ...item, state: 'not-possible' };
  }
}
