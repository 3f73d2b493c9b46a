import type {
  AchievementVersionId,
  CertificationId,
  CollectionSpec,
  DistrictId,
  Instant,
  MemberId,
  Stored,
} from '../../kernel/index.js';
import { shuffled } from '../seeded-draw.js';
import type { Observation } from '../observation.js';
import type { DriftReference, ReferenceCharts } from './reference-charts.js';
import { driftStart, watchDrift, type DriftState, type DriftWatch } from './watch-drift.js';

/** A reviewer's charts after one more observation. Never changed: the newest is where the charts stand. */
export interface DriftPoint extends Stored {
  /** The observation's id: each is fed once. */
  readonly id: string;
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly achievementVersion: AchievementVersionId;
  /** 1, 2 … for this reviewer and version, in the order fed. */
  readonly n: number;
  readonly reference: DriftReference;
  /** When the observed levels were committed; `fedAt`, when they could be held against their reference. */
  readonly at: Instant;
  readonly fedAt: Instant;
  /** The certification and the number of the policy that the charts are made from, and what they were made into. */
  readonly certification: CertificationId;
  readonly policy: number;
  readonly charts: ReferenceCharts;
  /** Where the charts stand after it. */
  readonly states: DriftStates;
  readonly alarms: DriftWatch['alarms'];
  /** The values after each of its levels, in the order fed. */
  readonly trace: DriftWatch['trace'];
}

export type DriftStates = { readonly [reference in DriftReference]: DriftState };

export const driftPointsSpec: CollectionSpec<DriftPoint> = {
  name: 'drift_points',
  scope: 'district',
  unique: [{ name: 'n', fields: ['reviewer', 'achievementVersion', 'n'] }],
  indexes: [{ name: 'chart', equality: ['reviewer', 'achievementVersion'], order: 'n' }],
};

/** Which chart an observation belongs to; undefined for those that none is fed. */
export function referenceOf({ kind }: Pick<Observation, 'kind'>): DriftReference | undefined {
  switch (kind) {
    case 'seed':
      return 'keys';
    case 'double':
      return 'others';
    case 'adjudicated':
      // Only what was disputed is adjudicated: such levels are not those of an ordinary day.
      return undefined;
    case 'qualifying':
      // What the in-control rate is made from.
      return undefined;
  }
}

/** The place of one level in the evidence: `{observation}/{criterion}`. */
export function placeOf(observation: string, criterion: string): string {
  return `${observation}/${criterion}`;
}

/** The observation of a place. */
export function observationAt(place: string): string {
  return place.slice(0, place.lastIndexOf('/'));
}

/**
 * What an observation makes of the charts: one submission at a time, its criteria in an order drawn by its id, for levels
 * of one submission hang together. After an alarm its chart begins again at zero, and so do both under a new
 * certification.
 */
export function fed(
  before: Pick<DriftPoint, 'states' | 'certification'> | undefined,
  observation: Pick<Observation, 'id' | 'levels'>,
  under: Pick<DriftPoint, 'reference' | 'charts' | 'certification'>,
): Pick<DriftPoint, 'states' | 'alarms' | 'trace'> {
  const { reference, charts, certification } = under;
  const states: DriftStates =
    before === undefined || before.certification !== certification
      ? { keys: driftStart, others: driftStart }
      : before.states;
  const ratings = shuffled(`${observation.id}/drift`, observation.levels).map((level) => ({
    id: placeOf(observation.id, level.criterion),
    given: level.given,
    reference: level.reference,
  }));
  const { state, alarms, trace } = watchDrift(charts[reference], ratings, states[reference]);
  return { states: { ...states, [reference]: state }, alarms, trace };
}
