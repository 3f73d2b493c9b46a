import { withAudit } from '../../audit/index.js';
import { AppError, newId, plusSeconds, type Instant } from '../../kernel/index.js';
import type { Certification } from '../certification.js';
import type { Observation } from '../observation.js';
import { policyAt, type DistrictPolicy } from '../policy/index.js';
import { seededChance } from '../seeded-draw.js';
import type { CalibrationPorts } from '../store.js';
import { inControlRate } from './agreement-chart.js';
import { fed, observationAt, referenceOf, type DriftPoint } from './drift-point.js';
import type { DriftSignal } from './drift-signal.js';
import { referenceCharts, type ReferenceCharts } from './reference-charts.js';

/**
 * Feeds an observation to its reviewer's charts: 1 the point, once; 2 the signal, where it raised an alarm. Two fed at
 * once take one place after the other. Runs again from any point. Work of a time before the reviewer's first
 * certification is not charted.
 * @throws conflict after 20 lost races; unavailable when the database fails.
 */
export async function followDrift(ports: CalibrationPorts, observation: Observation): Promise<void> {
  // 1
  const point = await pointOf(ports, observation);
  // 2
  if (point !== undefined && point.alarms.length > 0) await raise(ports, point);
}

async function pointOf(ports: CalibrationPorts, observation: Observation): Promise<DriftPoint | undefined> {
  const { id, district, reviewer, achievementVersion, at } = observation;
  const { store } = ports;
  const reference = referenceOf(observation);
  if (reference === undefined) return undefined;
  const certification = (await store.certificationsFor(district, reviewer, achievementVersion)).at(-1);
  if (certification === undefined) return undefined;
  const policy = await policyAt(ports, district);
  const charts = await chartsOf(ports, certification, policy);
  for (let attempt = 0; ; attempt += 1) {
    const kept = await store.driftPoints.get(district, id);
    if (kept !== undefined) return kept;
    const before = await store.lastDriftPoint(district, reviewer, achievementVersion);
    const under = { reference, charts, certification: certification.id };
    try {
      return await store.driftPoints.insert({
        ...{ id, district, reviewer, achievementVersion, at, ...under },
        ...{ n: (before?.n ?? 0) + 1, fedAt: ports.clock.now(), policy: policy.number },
        ...fed(before, observation, under),
      });
    } catch (error) {
      // Another took the place: after that one, then.
      if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
      if (attempt >= 20) throw new AppError('conflict', 'The chart is being written by others; try again.');
    }
  }
}

/**
 * The charts of a certification under a policy: the in-control rate is the reviewer's own on the qualifying form, shrunk,
 * and the policy's least where there was none.
 */
export async function chartsOf(
  ports: Pick<CalibrationPorts, 'store'>,
  { district, reviewer, achievementVersion, attempt }: Certification,
  { drift, qualification }: DistrictPolicy,
): Promise<ReferenceCharts> {
  const attempts =
    attempt === null ? [] : await ports.store.attemptsOf(district, reviewer, achievementVersion);
  const figures = attempts.find(({ id }) => id === attempt)?.figures ?? null;
  const rate =
    figures === null ? drift.inControlRate : inControlRate(figures, qualification.designEffect, drift);
  return referenceCharts(rate, drift);
}

/** The longest after which a reviewer is told of a signal, in days; the shortest is one. */
const tellWithin = 5;

async function raise(ports: CalibrationPorts, point: DriftPoint): Promise<void> {
  const { district, reviewer, achievementVersion, certification, alarms, policy, reference } = point;
  const { store } = ports;
  if ((await store.driftSignals.find(district, 'point', [point.id])) !== undefined) return;
  const now = ports.clock.now();
  const points = await store.driftPointsOf(district, reviewer, achievementVersion);
  const runs = new Set(alarms.flatMap(({ run }) => run.map(observationAt)));
  const from = (await store.certification(district, certification))?.from ?? point.at;
  const delay = seededChance(`${point.id}/tell`)((tellWithin - 1) * 86_400) + 86_400;
  const signal: Omit<DriftSignal, 'version' | 'pendingEntries' | 'auditDue'> = {
    id: newId(ports.randomness, 'dsg'),
    ...{ district, reviewer, achievementVersion, certification, point: point.id, state: 'raised' },
    evidence: {
      ...{ reference, alarms, charts: point.charts[reference], policy },
      observations: points.filter(({ id }) => runs.has(id)).map(({ id }) => id),
      cleanSince: cleanSince(points, point, from),
    },
    ...{ raisedAt: now, tellAt: plusSeconds(now, delay), toldAt: null, acts: [], lookBack: null },
    effectDue: now,
  };
  const facts = { reviewer, achievementVersion, certification, state: 'raised', point: point.id, policy };
  try {
    await store.driftSignals.insert(
      withAudit(
        signal,
        { actor: { kind: 'service', district }, verb: 'raised', collection: 'drift_signals', facts },
        now,
      ),
    );
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
  }
}

/**
 * The last moment at which the sides that alarmed were at zero before their runs: the commit of the last observation
 * before the run's first; `from`, the certification, where there is none. Observations are fed when their reference is
 * known, not in the order of commits: no commit of a run lies before the moment. It lies in no time before `from`.
 */
export function cleanSince(points: readonly DriftPoint[], alarmed: DriftPoint, from: Instant): Instant {
  const fedBefore = points.filter(
    ({ reference, certification }) =>
      reference === alarmed.reference && certification === alarmed.certification,
  );
  const moments = alarmed.alarms.flatMap(({ run }) => {
    const [first] = run;
    const begun = fedBefore.find(({ id }) => first !== undefined && id === observationAt(first));
    if (begun === undefined) return [from];
    // Begun in the midst of a submission: its first levels were the clean ones.
    const inside = begun.trace[0]?.id !== first;
    const last = inside ? begun : fedBefore.filter(({ n }) => n < begun.n).at(-1);
    const ofRun = new Set(run.map(observationAt));
    return [last?.at ?? from, ...fedBefore.filter(({ id }) => ofRun.has(id)).map(({ at }) => at)];
  });
  const earliest = moments.sort()[0] ?? from;
  return earliest < from ? from : earliest;
}
