import type { Audited } from '../../audit/index.js';
import type {
  AchievementVersionId,
  CertificationId,
  CollectionSpec,
  DistrictId,
  DriftSignalId,
  Instant,
  MemberId,
  RatingId,
  Stored,
  SubmissionId,
} from '../../kernel/index.js';
import type { DriftReference } from './reference-charts.js';
import type { DriftAlarm, DriftCharts } from './watch-drift.js';

/**
 * `raised` by a chart, `acknowledged` by a lead; then `cleared`, with a reason; `recalibrating`, on seeds, until it is
 * cleared or suspended; `suspended`, with what the reviewer signed rated again.
 */
export const driftSignalStates = ['raised', 'acknowledged', 'cleared', 'recalibrating', 'suspended'] as const;
export type DriftSignalState = (typeof driftSignalStates)[number];

/** That a reviewer's levels have moved away from their reference, more than chance explains. Never removed. */
export interface DriftSignal extends Stored, Audited {
  readonly id: DriftSignalId;
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly achievementVersion: AchievementVersionId;
  readonly certification: CertificationId;
  /** The evidence: never changed. */
  readonly evidence: DriftEvidence;
  /** The observation at which it was raised: it raises one signal. */
  readonly point: string;
  readonly state: DriftSignalState;
  readonly raisedAt: Instant;
  /** From when its reviewer is told: at the moment of a commit it would say what kind of work that was. */
  readonly tellAt: Instant;
  readonly toldAt: Instant | null;
  /** What leads, or the service, did about it, the first first. */
  readonly acts: readonly DriftAct[];
  /** What the reviewer signed since the last clean moment, once suspended; null before. */
  readonly lookBack: LookBackList | null;
  /** When something is next due of it; null when nothing is. */
  readonly effectDue: Instant | null;
}

/** What raised a signal. */
export interface DriftEvidence {
  readonly reference: DriftReference;
  /** The sides that reached their limit, each with the levels since it was last zero. */
  readonly alarms: readonly DriftAlarm[];
  /** The charts' numbers, and of which version of the policy they were made. */
  readonly charts: DriftCharts;
  readonly policy: number;
  /** The observations of the runs, in the order fed. */
  readonly observations: readonly string[];
  /**
   * The last moment at which the chart was at zero before the run: at most back to the certification, nor after any
   * commit of the run.
   */
  readonly cleanSince: Instant;
}

export interface DriftAct {
  readonly to: Exclude<DriftSignalState, 'raised'>;
  /** Null when it went by itself. */
  readonly by: MemberId | null;
  /** In the lead's words; null where none are asked for. */
  readonly reason: string | null;
  readonly at: Instant;
}

/** Sign-offs that are to be rated again. */
export interface LookBackList {
  /** The last clean moment: sign-offs from here on are listed. */
  readonly since: Instant;
  readonly items: readonly LookBackItem[];
}

/**
 * One sign-off on the list. `due`: not yet decided, or not yet tried; `opened`: it is rated again; `not-possible`: its
 * decision stands, because it cannot be (withdrawn, evidence erased, another attempt counts); `superseded`: a later round,
 * without this sign-off, has decided since.
 */
export interface LookBackItem {
  readonly rating: RatingId;
  readonly submission: SubmissionId;
  readonly state: 'due' | 'opened' | 'not-possible' | 'superseded';
  /** The case in which it is rated again; null unless opened. */
  readonly case: string | null;
}

export const driftSignalsSpec: CollectionSpec<DriftSignal> = {
  name: 'drift_signals',
  scope: 'district',
  unique: [{ name: 'point', fields: ['point'] }],
  indexes: [
    { name: 'all', equality: [], order: 'raisedAt' },
    { name: 'state', equality: ['state'], order: 'raisedAt' },
    { name: 'reviewer', equality: ['reviewer', 'achievementVersion'], order: 'raisedAt' },
    { name: 'person', equality: ['reviewer'], order: 'raisedAt' },
    { name: 'version', equality: ['achievementVersion'], order: 'raisedAt' },
    { name: 'certification', equality: ['certification'], order: 'raisedAt' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

/** Whether nothing more can become of it. */
export function isSettled({ state }: Pick<DriftSignal, 'state'>): boolean {
  return state === 'cleared' || state === 'suspended';
}

/** Whether its reviewer may know of it by now: before, it would say what kind of work the newest commit was. */
export function isTold({ toldAt, tellAt }: Pick<DriftSignal, 'toldAt' | 'tellAt'>, now: Instant): boolean {
  return toldAt !== null || tellAt <= now;
}
