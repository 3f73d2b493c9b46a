import {
  limitOf,
  placeOf,
  tookPart,
  type DriftAlarm,
  type DriftPoint,
  type DriftSide,
  type DriftSignal,
  type Observation,
  type ObservedLevel,
} from '../calibration/index.js';
import type { Actor, DecisionId, ExemplarId, Instant, MemberId, SubmissionId } from '../kernel/index.js';
import { workInHand } from './list-review-cases.js';
import type { ReviewPorts } from './store.js';

/** The values of a chart after one more level. */
export interface ChartPoint {
  readonly observation: string;
  readonly criterion: string;
  /** Numbers of levels, 1 the lowest. */
  readonly given: number;
  readonly reference: number;
  readonly values: { readonly [side in DriftSide]: number };
  /** The sides of which an alarm of this signal counts it: it came since they were last at zero. */
  readonly run: readonly DriftSide[];
  /** The sides that reached their limit with it; every side begins at zero again after it. */
  readonly alarms: readonly DriftSide[];
}

/** The work behind an observation, as far as the reader may know it. */
export type ObservedWork =
  | { readonly of: 'submission'; readonly submission: SubmissionId; readonly decision: DecisionId }
  | { readonly of: 'exemplar'; readonly exemplar: ExemplarId }
  /** An exemplar by which the reader may be measured yet. */
  | { readonly of: 'hidden-exemplar' };

/** One comparison that raised a signal. */
export interface ShownObservation {
  readonly id: string;
  readonly kind: Observation['kind'];
  readonly at: Instant;
  readonly levels: readonly ObservedLevel[];
  readonly decisionRight: boolean;
  readonly work: ObservedWork;
}

export interface ShownEvidence {
  readonly limits: { readonly [side in DriftSide]: number };
  /** The chart that alarmed, from some works before the run to the alarm. */
  readonly points: readonly ChartPoint[];
  /** The observations of the run, in the order charted. */
  readonly observations: readonly ShownObservation[];
  /** Beside how many different people; 0 beside keys. */
  readonly others: number;
}

/** So many works before the run are drawn too, to show where it came from. */
const before = 10;

/**
 * What a signal rests on, as its reader may see it. Work that the reader is to rate again, or handed in, is in none of it;
 * the exemplar behind a seed is named to who helped to key it, and to who is given no work and so is not measured by it.
 */
export async function evidenceOf(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  signal: DriftSignal,
): Promise<ShownEvidence> {
  const { district, reviewer, achievementVersion, evidence } = signal;
  const { store } = ports.calibration;
  const charted = chartOf(signal, await store.driftPointsOf(district, reviewer, achievementVersion));
  const ids = [...new Set([...charted.map(({ id }) => id), ...evidence.observations])];
  const readable = await readableTo(ports, actor);
  const seen = new Map<string, ShownObservation>();
  const others = new Set<MemberId>();
  for (const id of ids) {
    const observation = await store.observations.get(district, id);
    const work = observation === undefined ? undefined : await readable(observation);
    if (observation === undefined || work === undefined) continue;
    const { kind, at, levels, decisionRight, other } = observation;
    seen.set(id, { id, kind, at, levels, decisionRight, work });
    if (other !== null && evidence.observations.includes(id)) others.add(other);
  }
  const sidesWhere = (holds: (alarm: DriftAlarm) => boolean) => [
    ...new Set(evidence.alarms.filter(holds).map(({ side }) => side)),
  ];
  return {
    limits: {
      agreement: limitOf(evidence.charts, 'agreement'),
      lenient: limitOf(evidence.charts, 'lenient'),
      severe: limitOf(evidence.charts, 'severe'),
    },
    points: charted.flatMap(({ id: observation, trace }) =>
      trace.flatMap(({ id, agreement, lenient, severe }) => {
        const level = seen
          .get(observation)
          ?.levels.find(({ criterion }) => placeOf(observation, criterion) === id);
        if (level === undefined) return [];
        const { criterion, given, reference } = level;
        return {
          ...{ observation, criterion, given, reference, values: { agreement, lenient, severe } },
          run: sidesWhere((alarm) => alarm.run.includes(id)),
          alarms: sidesWhere(({ at }) => at === id),
        };
      }),
    ),
    observations: evidence.observations.flatMap((id) => seen.get(id) ?? []),
    others: others.size,
  };
}

/** The points of the chart that alarmed: some before the run, and all from its first to the alarm. */
function chartOf({ certification, point, evidence }: DriftSignal, all: readonly DriftPoint[]) {
  const ours = all.filter(
    (one) => one.reference === evidence.reference && one.certification === certification,
  );
  const end = ours.findIndex(({ id }) => id === point);
  const begin = ours.findIndex(({ id }) => evidence.observations.includes(id));
  return ours.slice(Math.max(0, begin - before), end + 1);
}

/** Says which work an observation is of; undefined for what this reader may not know. */
async function readableTo(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
): Promise<(observation: Observation) => Promise<ObservedWork | undefined>> {
  const { district, member } = actor;
  const { submissions } = await workInHand(ports, actor);
  const me = await ports.tenancy.store.member(district, member);
  const measured = me?.roles.some((role) => role === 'reviewer' || role === 'adjudicator') ?? true;
  return async ({ exemplar, rating }) => {
    if (exemplar !== null) {
      const kept = await ports.calibration.store.exemplar(district, exemplar);
      const named = !measured || (kept !== undefined && tookPart(kept, member));
      return named ? { of: 'exemplar', exemplar } : { of: 'hidden-exemplar' };
    }
    const kept = rating === null ? undefined : await ports.store.rating(district, rating);
    if (kept === undefined || submissions.has(kept.submission)) return undefined;
    const decisions = await ports.store.decisionsOn(district, kept.submission);
    const decision = decisions.find(({ round }) => round === kept.round) ?? decisions.at(-1);
    if (decision === undefined || decision.teacher === member) return undefined;
    return { of: 'submission', submission: kept.submission, decision: decision.id };
  };
}
