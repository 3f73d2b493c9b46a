import type { Audited } from '../audit/index.js';
import {
  plusDays,
  type AchievementVersionId,
  type AppealId,
  type Collection,
  type CollectionSpec,
  type DecisionId,
  type DistrictId,
  type Instant,
  type MemberId,
  type Stored,
  type SubmissionId,
} from '../kernel/index.js';
import type { Decision } from './rating.js';

/** How many days after a decision its teacher may appeal. */
export const appealDays = 30;

/**
 * What an appeal says was wrong. `rule`: the decision rule or the rubric was not applied as it is written; `process`: the
 * review was not held as it is to be held (a conflict of interest, evidence that was not looked at); `reason`: a level
 * is outside what a reasonable reviewer could give for this evidence. That another expert might differ is none of them.
 */
export const appealGrounds = ['rule', 'process', 'reason'] as const;
export type AppealGround = (typeof appealGrounds)[number];

/** `filed -> admitted | inadmissible`; `admitted -> upheld | varied | dismissed`; `filed | admitted -> withdrawn`. */
export const appealStates = [
  'filed',
  'admitted',
  'inadmissible',
  'upheld',
  'varied',
  'dismissed',
  'withdrawn',
] as const;
export type AppealState = (typeof appealStates)[number];

/**
 * `upheld`: looked into, there is no error, the decision stands; `varied`: there is one, and a new round decides;
 * `dismissed`: what is said is no error in rule, process or reason, so the decision stands.
 */
export const appealOutcomes = ['upheld', 'varied', 'dismissed'] as const;
export type AppealOutcome = (typeof appealOutcomes)[number];

/** The error for which a decision is varied; `level`: one that no reasonable reviewer could give. */
export const appealErrors = ['rule', 'process', 'level'] as const;
export type AppealError = (typeof appealErrors)[number];

/** That a teacher holds a decision to be in error. What was written in it never changes. */
export interface Appeal extends Stored, Audited {
  readonly id: AppealId;
  readonly district: DistrictId;
  readonly submission: SubmissionId;
  readonly decision: DecisionId;
  readonly teacher: MemberId;
  readonly achievementVersion: AchievementVersionId;
  /** The submission while the appeal is open; null at its end. Unique: one at a time. */
  readonly openFor: SubmissionId | null;
  readonly state: AppealState;
  readonly ground: AppealGround;
  readonly words: string;
  readonly filedAt: Instant;
  readonly screening: {
    readonly by: MemberId;
    readonly at: Instant;
    readonly admissible: boolean;
    readonly words: string;
  } | null;
  /** Who is asked to decide it; null before the draw, and while nobody is there. */
  readonly decider: MemberId | null;
  /** Who was asked and gave it back, or may not decide it. */
  readonly declined: readonly MemberId[];
  readonly decided: {
    readonly by: MemberId;
    readonly at: Instant;
    readonly error: AppealError | null;
    /** The criteria whose level is in error; empty otherwise. */
    readonly criteria: readonly string[];
    readonly words: string;
  } | null;
  /** The round that a varied one opened; null before, and where the work could not be rated again. */
  readonly round: number | null;
  readonly stateSince: Instant;
  /** When its next step is due; null while a person has it, or at the end. */
  readonly effectDue: Instant | null;
}

export const appealsSpec: CollectionSpec<Appeal> = {
  name: 'appeals',
  scope: 'district',
  unique: [{ name: 'open', fields: ['openFor'] }],
  indexes: [
    { name: 'all', equality: [], order: 'filedAt' },
    { name: 'teacher', equality: ['teacher'], order: 'filedAt' },
    { name: 'decider', equality: ['decider'], order: 'filedAt' },
    { name: 'submission', equality: ['submission'], order: 'filedAt' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

/** The collection of appeals. */
export type Appeals = Collection<Appeal>;

/** Until when a decision can be appealed; null when it cannot: it says "met". */
export function appealUntil({ outcome, decidedAt }: Decision): Instant | null {
  return outcome === 'not_yet' ? plusDays(decidedAt, appealDays) : null;
}

/** Whether something is still to come of it. */
export function isOpenAppeal({ state }: Pick<Appeal, 'state'>): boolean {
  return state === 'filed' || state === 'admitted';
}
