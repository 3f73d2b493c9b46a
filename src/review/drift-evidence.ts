import {
  limitOf,
  observationAt,
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
  const kept = await Promise.all(evidence.observations.map((id) => store.observations.get(district, id)));
  const observations = kept.filter((one) => one !== undefined);
  const readable = await readableTo(ports, actor);
  const works = await Promise.all(observations.map((one) => readable(one)));
  const charted = chartOf(signal, await store.driftPointsOf(district, reviewer, achievementVersion));
  const context = charted.filter(({ id }) => !evidence.observations.includes(id));
  const hidden = new Set(observations.filter((_, index) => works[index] === undefined).map(({ id }) => id));
  for (const point of context) {
    const observation = await store.observations.get(district, point.id);
    if (observation === undefined || (await readable(observation)) === undefined) hidden.add(point.id);
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
    points: charted
      .filter(({ id }) => !hidden.has(id))
      .flatMap(({ trace }) =>
        trace.map(({ id, agreement, lenient, severe }) => ({
          observation: observationAt(id),
          criterion: id.slice(observationAt(id).length + 1),
          values: { agreement, lenient, severe },
          run: sidesWhere((alarm) => alarm.run.includes(id)),
          alarms: sidesWhere(({ at }) => at === id),
        })),
      ),
    observations: observations.flatMap(({ id, kind, at, levels, decisionRight }, index) => {
      const work = works[index];
      return work === undefined ? [] : [{ id, kind, at, levels, decisionRight, work }];
    }),
    others: new Set(observations.flatMap(({ other }) => (other === null ? [] : [other]))).size,
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
