import type { Levels, Rubric } from '../achievements/index.js';
import type { Audited } from '../audit/index.js';
import type {
  AchievementVersionId,
  DistrictId,
  ExemplarId,
  Instant,
  MemberId,
  Stored,
} from '../kernel/index.js';

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
  /**
   * `keying` until enough experts rated and every criterion has its rationale; `discussing` when they differ too far;
   * `keyed`; `unresolved` serves practice only.
   */
  readonly state: 'keying' | 'discussing' | 'keyed' | 'unresolved';
  readonly pool: ExemplarPool;
  /** How many blind ratings are asked for: at least three. */
  readonly expertsWanted: number;
  readonly ratings: readonly ExpertRating[];
  /** The levels that will be the key once the rationale is complete; null while ratings or a discussion are awaited. */
  readonly agreed: AgreedLevels | null;
  /** Why each criterion has its level; part of the key, so known to nobody who is yet to rate. */
  readonly rationale: Rationale;
  readonly key: ExemplarKey | null;
  readonly createdBy: MemberId;
  /** The leads who settled the key or wrote its rationale. */
  readonly keyedBy: readonly MemberId[];
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

/** One expert's blind rating. Never changed. */
export interface ExpertRating {
  readonly expert: MemberId;
  readonly levels: Levels;
  readonly at: Instant;
}

/** Why a criterion has its level: words, and the item that they point at. */
export type Rationale = { readonly [criterion: string]: { readonly text: string; readonly item: string } };

/** `consensus`: from the blind ratings alone; `discussed`: after the experts talked, both stages kept. */
export interface AgreedLevels {
  readonly levels: Levels;
  readonly how: 'consensus' | 'discussed';
  readonly at: Instant;
}

/** The level that experts agreed on for each criterion, and why, pointing into the evidence. Never changed. */
export interface ExemplarKey extends AgreedLevels {
  readonly rationale: Rationale;
}

/** The fewest blind expert ratings that make a key. */
export const fewestExperts = 3;

/**
 * The key that blind ratings give by themselves: for each criterion the median, when the ratings lie within one level
 * of each other and more than half of them are the same. Undefined when a criterion has no such agreement, so that
 * the experts must talk.
 * @throws Error for fewer than three ratings, or levels that are not the rubric's.
 */
export function consensus(rubric: Rubric, ratings: readonly ExpertRating[]): Levels | undefined {
  if (ratings.length < fewestExperts) throw new Error(`a key needs ${fewestExperts} blind ratings`);
  const key: Record<string, string> = {};
  for (const criterion of rubric.criteria) {
    const given = ratings.map((rating) =>
      criterion.levels.findIndex((level) => level.id === rating.levels[criterion.id]),
    );
    if (given.includes(-1)) throw new Error(`a rating has no level of criterion "${criterion.id}"`);
    given.sort((a, b) => a - b);
    // Within one level and with a majority, the majority's level is the median.
    const median = given[Math.floor(given.length / 2)]!;
    const within = given[given.length - 1]! - given[0]! <= 1;
    const majority = given.filter((level) => level === median).length * 2 > given.length;
    if (!within || !majority) return undefined;
    key[criterion.id] = criterion.levels[median]!.id;
  }
  return key;
}

/** The exemplar with what now follows from its ratings, agreed levels and rationale: the key, or a discussion. */
export function keyed(exemplar: Exemplar, rubric: Rubric, now: Instant): Exemplar {
  if (exemplar.state === 'keyed' || exemplar.state === 'unresolved') return exemplar;
  let { agreed, state } = exemplar;
  if (agreed === null && state === 'keying' && exemplar.ratings.length >= exemplar.expertsWanted) {
    const levels = consensus(rubric, exemplar.ratings);
    if (levels === undefined) state = 'discussing';
    else agreed = { levels, how: 'consensus', at: now };
  }
  if (agreed === null) return { ...exemplar, state };
  const explained = rubric.criteria.every((criterion) => exemplar.rationale[criterion.id] !== undefined);
  if (!explained) return { ...exemplar, agreed, state: 'keying' };
  return { ...exemplar, agreed, state: 'keyed', key: { ...agreed, rationale: exemplar.rationale, at: now } };
}

/** What an exemplar waits for; null when it waits for nothing. */
export function waitsFor(exemplar: Exemplar): 'ratings' | 'discussion' | 'rationale' | null {
  if (exemplar.state === 'keyed' || exemplar.state === 'unresolved') return null;
  if (exemplar.state === 'discussing') return 'discussion';
  return exemplar.agreed === null ? 'ratings' : 'rationale';
}

/**
 * Whether this member took part in keying: may see the key, and can never be measured on the exemplar.
 * An expert counts from the own rating on.
 */
export function tookPart(exemplar: Exemplar, member: MemberId): boolean {
  return (
    exemplar.createdBy === member ||
    exemplar.keyedBy.includes(member) ||
    exemplar.ratings.some((rating) => rating.expert === member)
  );
}

/** Whether blind ratings are still being gathered: until then nobody is shown another's, nor the rationale. */
export function isGathering(exemplar: Exemplar): boolean {
  return exemplar.state === 'keying' && exemplar.agreed === null;
}
