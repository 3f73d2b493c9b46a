import type { Levels } from '../achievements/index.js';
import type { Audited } from '../audit/index.js';
import type { AchievementVersionId, DistrictId, ExemplarId, Instant, MemberId, Stored } from '../kernel/index.js';

/** What an exemplar is for. One exemplar is never both qualifying and seed for a person. */
export const exemplarPools = ['practice', 'qualifying', 'seed', 'retired'] as const;
export type ExemplarPool = (typeof exemplarPools)[number];

/** A de-identified submission for one rubric version, keyed by experts who rated it blind. */
export interface Exemplar extends Stored, Audited {
  readonly id: ExemplarId;
  readonly district: DistrictId;
  readonly achievementVersion: AchievementVersionId;
  readonly title: string;
  readonly items: readonly ExemplarItem[];
  /** `keying` until three experts rated; `discussing` when they differ too far; `keyed`; `unresolved` serves practice only. */
  readonly state: 'keying' | 'discussing' | 'keyed' | 'unresolved';
  readonly pool: ExemplarPool;
  readonly ratings: readonly ExpertRating[];
  readonly key: ExemplarKey | null;
  /** How many times it was shown to somebody who was being measured. */
  readonly exposure: number;
  readonly createdAt: Instant;
}

/** One piece of an exemplar's evidence, as text. */
export interface ExemplarItem {
  /** Slug, unique in the exemplar: what pointers name. */
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** One expert's blind rating. */
export interface ExpertRating {
  readonly expert: MemberId;
  readonly levels: Levels;
  readonly at: Instant;
}

/** The level that experts agreed on for each criterion, and why, pointing into the evidence. */
export interface ExemplarKey {
  readonly levels: Levels;
  readonly rationale: { readonly [criterion: string]: { readonly text: string; readonly item: string } };
  /** `consensus`: from the blind ratings alone; `discussed`: after the experts talked, both stages kept. */
  readonly how: 'consensus' | 'discussed';
  readonly at: Instant;
}
