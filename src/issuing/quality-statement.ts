import type { AchievementVersion, Rubric } from '../achievements/index.js';
import {
  unreachable,
  type DistrictId,
  type Instant,
  type Json,
  type QualityStatementId,
  type Stored,
} from '../kernel/index.js';
import { canonicalJson, digestMultibaseSha384 } from '../securing/index.js';
import type { Decision } from '../review/index.js';
import type { PlaceInRecord } from './place-in-record.js';

/** A review quality statement as kept: its bytes never change and are served for ever. Unique by (district, sha256). */
export interface KeptStatement extends Stored {
  readonly id: QualityStatementId;
  readonly district: DistrictId;
  /** Hex SHA-256 of `text`: its address. */
  readonly sha256: string;
  /** The exact text that is served and pinned. */
  readonly text: string;
  /** The sentence that stands in the credential. */
  readonly sentence: string;
  readonly createdAt: Instant;
}

/** A statistic, or why there is none: undefined stays undefined. */
export type Figure =
  | {
      readonly value: number;
      readonly interval: readonly [number, number] | null;
      readonly n: number;
    }
  | { readonly value: null; readonly reason: string };

/** How the reviewers of one version did in a window of time: the pool's figures, never a person's. */
export interface PoolFigures {
  readonly from: Instant;
  readonly to: Instant;
  readonly reviewers: number;
  readonly ratings: number;
  readonly exact: Figure;
  readonly quadraticWeightedKappa: Figure;
  readonly seedDecisionAccuracy: Figure;
  readonly doubleRatedShare: Figure;
  /** Whether reviewers of other districts, by agreement, were certified for the version at the end: the figures are theirs too. */
  readonly spansDistricts: boolean;
}

/** Below these no figure of a pool is told: somebody's own could be read from it. */
export const leastReviewers = 10;
export const leastRatings = 30;

/** Criteria that stand from an earlier decision on evidence that is unchanged, and how that was reviewed. */
export interface CarriedReview extends Pick<Decision, 'reviews' | 'adjudicated' | 'decidedAt'> {
  /** Ids, in the rubric's order. */
  readonly criteria: readonly string[];
}

/** What a statement is made from. */
export interface StatementInput {
  readonly version: AchievementVersion;
  readonly decision: Pick<Decision, 'reviews' | 'adjudicated'>;
  /** What of it stands from earlier decisions, the oldest first; empty, or left out, when all was rated for this one. */
  readonly carried?: readonly CarriedReview[];
  /** Whether the reviewers were certified by keying the version's first exemplars. */
  readonly foundingPanel: boolean;
  readonly pool: PoolFigures;
  /** Where the district's audit record holds the decision. */
  readonly record: PlaceInRecord;
}

/**
 * What stood behind the score, as JSON: rubric version and its hash, rule, how many independent reviews, the
 * pool's figures unless there are too few reviews, and where the audit record holds the decision. Every number is a string; no reviewer is named or linkable.
 */
export function qualityStatementFor(input: StatementInput): { readonly [member: string]: Json } {
  const { version, decision, pool } = input;
  return {
    type: 'ReviewQualityStatement',
    version: '1',
    achievement: version.url,
    rubricVersion: String(version.number),
    rubricDigest: digestMultibaseSha384(canonicalJson(reviewed(version))),
    decisionRule: reviewed(version).rule.kind,
    thisAward: {
      independentReviews: String(decision.reviews),
      adjudicated: decision.adjudicated,
      everyReviewerCertifiedAtSigning: true,
      ...(input.foundingPanel ? { foundingPanel: true } : {}),
      ...carriedSaid(input.carried ?? []),
    },
    pool: poolSaid(pool),
    auditRecord: placeSaid(input.record),
  };
}

/** Text, as every number here; that there is no head is said, not left out. */
function placeSaid({ heads, entry, head }: PlaceInRecord): { readonly [member: string]: Json } {
  return {
    heads,
    entry,
    headBefore:
      head === null
        ? { value: 'undefined', reason: 'no head was signed before the decision' }
        : { seq: String(head.seq), hash: head.hash, time: head.time },
  };
}

/** The day and the number of reviews, as of this award: neither who rated nor the id of the earlier decision. */
function carriedSaid(carried: readonly CarriedReview[]): { readonly [member: string]: Json } {
  if (carried.length === 0) return {};
  return {
    carriedOver: carried.map(({ criteria, reviews, adjudicated, decidedAt }) => ({
      criteria: [...criteria],
      decided: decidedAt.slice(0, 10),
      independentReviews: String(reviews),
      adjudicated,
      evidence: 'unchanged by digest',
    })),
  };
}

/** The pool's figures as they are told, or that there are too few reviews to tell them. */
export function poolSaid(pool: PoolFigures): { readonly [member: string]: Json } {
  const spans: { readonly [member: string]: Json } = pool.spansDistricts ? { spansDistricts: true } : {};
  if (!enough(pool)) return { window: [pool.from, pool.to], ...spans, figures: 'not yet enough reviews' };
  return {
    window: [pool.from, pool.to],
    ...spans,
    reviewers: String(pool.reviewers),
    ratings: String(pool.ratings),
    exact: said(pool.exact),
    quadraticWeightedKappa: said(pool.quadraticWeightedKappa),
    // Neither rating of a pair has a role (ADR 28).
    pairs: 'each entered both ways',
    seedDecisionAccuracy: said(pool.seedDecisionAccuracy),
    doubleRatedShare: said(pool.doubleRatedShare),
  };
}

/** The same in one plain sentence, for the credential's narrative and so for any wallet. */
export function qualitySentence(input: StatementInput): string {
  const { decision, pool } = input;
  const many = decision.reviews !== 1;
  const who = input.foundingPanel
    ? many
      ? 'experts of the founding panel'
      : 'an expert of the founding panel'
    : many
      ? 'reviewers'
      : 'a reviewer';
  const reviews = reviewsSaid(decision);
  const adjudicated = decision.adjudicated ? ', adjudicated,' : '';
  const carried = (input.carried ?? []).map((one) => `; ${carriedSentence(one)}`).join('');
  const pooled = enough(pool)
    ? 'the pinned review quality statement gives the figures'
    : 'there are not yet enough reviews to tell how well reviewers agree';
  const spans = pool.spansDistricts ? ', from a review pool that spans districts' : '';
  return `Decided by the ${ruleInWords(input.version)} on ${reviews}${adjudicated} by ${who} certified for version ${input.version.number} of the rubric at signing${spans}${carried}; ${pooled}.`;
}

function reviewsSaid({ reviews }: Pick<Decision, 'reviews'>): string {
  return `${counted[reviews] ?? reviews} independent review${reviews === 1 ? '' : 's'}`;
}

function carriedSentence(one: CarriedReview): string {
  const many = one.criteria.length !== 1;
  const how = `${reviewsSaid(one)}${one.adjudicated ? ', adjudicated,' : ''}`;
  return `the criteri${many ? 'a' : 'on'} ${one.criteria.join(', ')} stand${many ? '' : 's'} from ${how} decided on ${one.decidedAt.slice(0, 10)}, on evidence unchanged since`;
}

const counted: readonly string[] = ['no', 'one', 'two', 'three'];

/** Whether there are reviewers and ratings enough that a figure tells of no single person. */
export function enough(pool: PoolFigures): boolean {
  return pool.reviewers >= leastReviewers && pool.ratings >= leastRatings;
}

function said(figure: Figure): Json {
  if (figure.value === null) return { value: 'undefined', reason: figure.reason };
  const interval = figure.interval?.map((bound) => bound.toFixed(2));
  return {
    value: figure.value.toFixed(2),
    n: String(figure.n),
    ...(interval === undefined ? {} : { interval, confidence: '0.95' }),
  };
}

function ruleInWords(version: AchievementVersion): string {
  const { rule } = reviewed(version);
  switch (rule.kind) {
    case 'conjunctive':
      return 'conjunctive rule';
    case 'conjunctive-with-allowances':
      return `conjunctive rule with ${rule.allowances} allowance${rule.allowances === 1 ? '' : 's'}`;
    case 'compensatory':
      return 'compensatory rule';
    default:
      return unreachable(rule);
  }
}

function reviewed(version: AchievementVersion): Rubric {
  const { assessment } = version.content;
  if (assessment.by !== 'review') throw new Error(`${version.url} is not reviewed here`);
  return assessment.rubric;
}
