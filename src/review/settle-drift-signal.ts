import { withAudit } from '../audit/index.js';
import {
  endCleared,
  isSettled,
  moveSignal,
  policyAt,
  putOnProbation,
  suspendCertification,
  type DriftSignal,
} from '../calibration/index.js';
import { AppError, found, plusDays, unreachable, update, type Actor, type Instant } from '../kernel/index.js';
import { lookBackOn } from './drift-look-back.js';
import { newOwed, planOf } from './owe-seeds.js';
import { changePlan } from './seed-plan.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out what follows from a drift signal, by its state. Raised: 1 its certification goes on probation, or, when as
 * many signals on it are open as the policy says, the signal suspends it by itself; 2 leads are told; 3 its reviewer is,
 * some days later. Recalibrating: seeds are owed. Suspended: 1 the certification is suspended; 2 what was signed since
 * the last clean moment is listed and rated again. Runs again from any point.
 */
export async function settleDriftSignal(
  ports: ReviewPorts,
  { district, id }: { readonly district: string; readonly id: string },
): Promise<void> {
  const signal = found(await ports.calibration.store.driftSignals.get(district, id), 'drift signal');
  if (signal.effectDue === null) return;
  switch (signal.state) {
    case 'raised':
    case 'acknowledged':
      return settleRaised(ports, signal);
    case 'recalibrating':
      await oweRecalibration(ports, signal);
      if (await tellReviewer(ports, signal)) await ports.tellOfDrift({ about: 'recalibrating', signal });
      return finish(ports, signal);
    case 'cleared':
      await endCleared(ports.calibration, service(signal), signal);
      if (signal.toldAt !== null) await ports.tellOfDrift({ about: 'cleared', signal });
      return finish(ports, signal);
    case 'suspended':
      return settleSuspended(ports, signal);
    default:
      return unreachable(signal.state);
  }
}

async function settleRaised(ports: ReviewPorts, signal: DriftSignal): Promise<void> {
  const { calibration } = ports;
  const { district, id, certification, tellAt } = signal;
  // 1
  if (signal.state === 'raised' && (await suspendsByItself(ports, signal))) {
    await moveSignal(calibration, service(signal), id, { to: 'suspended', by: null, reason: null });
    return settleDriftSignal(ports, { district, id });
  }
  await putOnProbation(calibration, service(signal), { certification, signal: id, tellAt });
  // 2
  await ports.tellOfDrift({ about: 'raised-to-leads', signal });
  // 3
  await tellReviewer(ports, signal);
  await finish(ports, signal);
}

/** Whether this is the last of so many open signals on a certification as the policy suspends it at. */
async function suspendsByItself(ports: ReviewPorts, signal: DriftSignal): Promise<boolean> {
  const { store } = ports.calibration;
  const kept = found(await store.certification(signal.district, signal.certification), 'certification');
  if (kept.state !== 'probation' || kept.probation?.signal === signal.id) return false;
  const { drift } = await policyAt(ports.calibration, signal.district);
  const open = (await store.driftSignalsOn(signal.district, signal.certification)).filter(
    (one) => !isSettled(one),
  );
  return open.length >= drift.signalsToSuspend;
}

/** Tells the reviewer that a signal was raised, once its time has come; whether it has. */
async function tellReviewer(ports: ReviewPorts, signal: DriftSignal): Promise<boolean> {
  const now = ports.clock.now();
  if (now < signal.tellAt) return false;
  if (signal.toldAt !== null) return true;
  await ports.tellOfDrift({ about: 'raised-to-reviewer', signal });
  await change(ports, signal, (kept) => told(kept, now));
  return true;
}

/** The signal as told to its reviewer, the first time on record. */
function told(signal: DriftSignal, now: Instant): DriftSignal {
  if (signal.toldAt !== null) return signal;
  const entry = { actor: service(signal), verb: 'told', collection: 'drift_signals', facts: {} };
  return withAudit({ ...signal, toldAt: now }, entry, now);
}

/** Owes the seeds of a recalibration, each once, as long as the certification may be given work. */
async function oweRecalibration(ports: ReviewPorts, signal: DriftSignal): Promise<void> {
  const { district, certification: id, reviewer } = signal;
  const certification = found(await ports.calibration.store.certification(district, id), 'certification');
  const member = found(await ports.tenancy.store.member(district, reviewer), 'member');
  const { seeds, qualification } = await policyAt(ports.calibration, district);
  const whose = { member, certification };
  for (let n = 1; n <= qualification.recalibrationSeeds; n += 1) {
    const cause = `recalibration:${signal.id}:${n}`;
    const owed = await newOwed(ports, whose, { because: 'recalibration', cause });
    await changePlan(ports.store, planOf(whose, ports.clock.now(), seeds), (plan) =>
      plan.recalibrated?.includes(cause) === true
        ? undefined
        : {
            ...plan,
            owed: [...plan.owed, owed],
            recalibrated: [...(plan.recalibrated ?? []), cause],
          },
    );
  }
}

async function settleSuspended(ports: ReviewPorts, signal: DriftSignal): Promise<void> {
  // 1
  try {
    await suspendCertification(ports.calibration, service(signal), {
      certification: signal.certification,
      reason:
        signal.acts.at(-1)?.reason ??
        'Suspended by itself: another drift signal was raised while the certification was on probation.',
      signal: signal.id,
    });
  } catch (error) {
    // Suspended, revoked or over already: nothing is signed under it.
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
  }
  await ports.tellOfDrift({ about: 'suspended-to-leads', signal });
  await ports.tellOfDrift({ about: 'suspended-to-reviewer', signal });
  // 2
  const done = await lookBackOn(ports, signal);
  await change(ports, done, (kept) => ({
    ...told(kept, ports.clock.now()),
    effectDue: kept.lookBack?.items.some(({ state }) => state === 'due')
      ? plusDays(ports.clock.now(), 1)
      : null,
  }));
}

/** Nothing is due but the telling; a signal that moved on in the meantime stays due. */
async function finish(ports: ReviewPorts, { id, district, state }: DriftSignal): Promise<void> {
  await change(ports, { id, district }, (kept) =>
    kept.state !== state || kept.effectDue === null
      ? undefined
      : { ...kept, effectDue: kept.toldAt === null && !isSettled(kept) ? kept.tellAt : null },
  );
}

function change(
  ports: ReviewPorts,
  { district, id }: Pick<DriftSignal, 'district' | 'id'>,
  changed: (signal: DriftSignal) => DriftSignal | undefined,
): Promise<DriftSignal> {
  return update(ports.calibration.store.driftSignals, district, id, changed, 'drift signal');
}

function service({ district }: DriftSignal): Actor {
  return { kind: 'service', district };
}
