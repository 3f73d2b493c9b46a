import { isTold, type DriftAct, type DriftSide, type DriftSignal } from '../calibration/index.js';
import {
  found,
  type AchievementVersionId,
  type Actor,
  type DriftSignalId,
  type Instant,
  type MemberId,
} from '../kernel/index.js';
import type { ReviewPorts } from './store.js';

/**
 * What a reviewer learns of a signal about the own levels. Of no work is anything said, nor beside what, nor when it was
 * raised: that would tell hidden exemplars from submissions.
 */
export interface OwnSignal {
  readonly id: DriftSignalId;
  readonly achievementVersion: AchievementVersionId;
  readonly state: DriftSignal['state'];
  /** In which ways the levels moved. */
  readonly sides: readonly DriftSide[];
  readonly toldAt: Instant;
  /** `at` is null for what was done before it was told. */
  readonly acts: readonly (Pick<DriftAct, 'to' | 'reason'> & { readonly at: Instant | null })[];
}

/** The signals about the caller's own levels, as far as they are told, the newest first. */
export async function listMyDriftSignals(
  ports: Pick<ReviewPorts, 'calibration' | 'clock'>,
  { district, member }: Actor & { readonly member: MemberId },
): Promise<readonly OwnSignal[]> {
  const now = ports.clock.now();
  const all = await ports.calibration.store.driftSignalsOfReviewer(district, member);
  return all
    .filter((signal) => isTold(signal, now))
    .map(toReviewer)
    .reverse();
}

/**
 * One signal about the caller's own levels.
 * @throws not-found for others', and before it is told, exactly as for one that does not exist.
 */
export async function getMyDriftSignal(
  ports: Pick<ReviewPorts, 'calibration' | 'clock'>,
  { district, member }: Actor & { readonly member: MemberId },
  id: string,
): Promise<OwnSignal> {
  const kept = await ports.calibration.store.driftSignals.get(district, id);
  const visible = kept?.reviewer === member && isTold(kept, ports.clock.now());
  return toReviewer(found(visible ? kept : undefined, 'drift signal'));
}

function toReviewer({ id, achievementVersion, state, evidence, ...signal }: DriftSignal): OwnSignal {
  const toldAt = signal.toldAt ?? signal.tellAt;
  return {
    ...{ id, achievementVersion, state, toldAt },
    sides: sidesOf(evidence),
    acts: signal.acts.map(({ to, reason, at }) => ({ to, reason, at: at < toldAt ? null : at })),
  };
}

/** The sides that reached their limit, each once: one work can bring a side there more than once. */
export function sidesOf({ alarms }: Pick<DriftSignal['evidence'], 'alarms'>): readonly DriftSide[] {
  return [...new Set(alarms.map(({ side }) => side))];
}
