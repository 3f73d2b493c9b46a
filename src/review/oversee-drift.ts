import { type DriftSignal, type DriftSignalsOf } from '../calibration/index.js';
import { found, type Actor, type MemberId, type Page, type PageRequest } from '../kernel/index.js';
import { evidenceOf, type ShownEvidence } from './drift-evidence.js';
import { pageWithout } from './page-without.js';
import type { ReviewPorts } from './store.js';

/** A drift signal with the name of its reviewer. */
export interface NamedSignal {
  readonly signal: DriftSignal;
  readonly name: string;
}

/**
 * Drift signals, the newest first, for those who oversee review. Those about the caller's own levels are left out: who is
 * the reviewer is told as reviewers are (`listMyDriftSignals`).
 * @throws invalid-request for a cursor of another list; unavailable when the database fails.
 */
export async function listDriftSignals(
  ports: ReviewPorts,
  { district, member }: Actor & { readonly member: MemberId },
  { state, reviewer, achievementVersion, ...request }: DriftSignalsOf & PageRequest,
): Promise<Page<NamedSignal>> {
  const { store } = ports.calibration;
  const own = await store.driftSignalsOfReviewer(district, member);
  const page = await pageWithout(
    (wanted) => store.pageOfDriftSignals(district, { state, reviewer, achievementVersion }, wanted),
    request,
    (signal) => signal.reviewer === member || (state !== undefined && signal.state !== state),
    own.length,
  );
  return { ...page, items: await Promise.all(page.items.map((signal) => named(ports, signal))) };
}

/** What a lead looks at before answering: the signal and what it rests on. */
export interface SignalDetail extends NamedSignal {
  readonly evidence: ShownEvidence;
}

/**
 * One drift signal with its evidence.
 * @throws not-found, also for one about the caller's own levels.
 */
export async function getDriftSignal(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<SignalDetail> {
  const signal = await signalOfAnother(ports, actor, id);
  return { ...(await named(ports, signal)), evidence: await evidenceOf(ports, actor, signal) };
}

/** A signal that the caller oversees. @throws not-found, also for one about the caller's own levels. */
export async function signalOfAnother(
  ports: Pick<ReviewPorts, 'calibration'>,
  { district, member }: Actor & { readonly member: MemberId },
  id: string,
): Promise<DriftSignal> {
  const kept = await ports.calibration.store.driftSignals.get(district, id);
  return found(kept?.reviewer === member ? undefined : kept, 'drift signal');
}

async function named({ tenancy }: Pick<ReviewPorts, 'tenancy'>, signal: DriftSignal): Promise<NamedSignal> {
  const member = await tenancy.store.member(signal.district, signal.reviewer);
  return { signal, name: member?.name ?? signal.reviewer };
}
