import type { Levels } from '../achievements/index.js';
import type { Audited } from '../audit/index.js';
import type {
  AchievementVersionId,
  ArtefactId,
  ConsentId,
  DistrictId,
  ExemplarId,
  Instant,
  MemberId,
  Stored,
  SubmissionId,
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
  /** How many people were measured on it, or on a copy of it for another version. */
  readonly exposure: number;
  /**
   * The first exemplar of this work: itself, unless it is a copy for another version. Nobody is served one work twice,
   * whichever copy.
   */
  readonly origin: ExemplarId;
  /** Who knew the key of an earlier copy: can never be measured on this one. */
  readonly knownTo: readonly MemberId[];
  /** What its key takes over from the copy for an earlier version; null where it takes nothing. */
  readonly carried: CarriedKey | null;
  /** The real work that it was made from; null where it was written for the purpose. */
  readonly source: ExemplarSource | null;
  /** The submission of the source, to be found by. */
  readonly sourceSubmission: SubmissionId | null;
  /** Every move from one pool to another, the first first. */
  readonly moves: readonly PoolMove[];
  readonly createdAt: Instant;
  /** When what follows from its retirement is due; null when nothing is. */
  readonly effectDue: Instant | null;
}

/** One piece of an exemplar's evidence: a text, or a file. */
export interface ExemplarItem {
  /** Slug, unique in the exemplar: what pointers name. */
  readonly id: string;
  readonly name: string;
  /** Null for a file, and once the consent for the work that it came from has ended. */
  readonly text: string | null;
  readonly file: ExemplarFile | null;
}

/** A file of an exemplar, kept as an artefact: the teacher's own by consent, or one that a lead made for it. */
export interface ExemplarFile {
  readonly artefact: ArtefactId;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
}

/** Where in an exemplar's evidence a level rests: a page counts from 1, a second from the beginning. */
export interface ExemplarPointer {
  readonly item: string;
  readonly page?: number | null;
  readonly second?: number | null;
}

/** From which decided submission an exemplar was made, by whose consent, and who checked that nobody is to be known in it. */
export interface ExemplarSource {
  readonly submission: SubmissionId;
  readonly consents: readonly ConsentId[];
  /** The teacher's files that are in it as they are, or that a replacement was made from. */
  readonly artefacts: readonly ArtefactId[];
  readonly checkedBy: MemberId;
  readonly checkedAt: Instant;
  /** When the consent ended and its content went; null while it may be used. */
  readonly endedAt: Instant | null;
}

/** A move from one pool to another; `service` moves what lost its consent. */
export interface PoolMove {
  readonly from: ExemplarPool;
  readonly to: ExemplarPool;
  readonly by: MemberId | 'service';
  readonly at: Instant;
}

/** The levels and reasons that hold on, since their criteria are word for word those of the earlier version. */
export interface CarriedKey {
  readonly from: ExemplarId;
  readonly levels: Levels;
  readonly rationale: Rationale;
}

/** One expert's blind rating. Never changed. */
export interface ExpertRating {
  readonly expert: MemberId;
  readonly levels: Levels;
  /** Where each level rests: at least one place for each criterion. */
  readonly pointers: ExpertPointers;
  readonly at: Instant;
}

export type ExpertPointers = { readonly [criterion: string]: readonly ExemplarPointer[] };

/** Why a criterion has its level: words, and the place in the evidence that they point at. */
export type Rationale = { readonly [criterion: string]: ExemplarPointer & { readonly text: string } };

/**
 * `consensus`: from the blind ratings alone; `discussed`: after the experts talked, both stages kept; `carried`: every
 * criterion taken over from an earlier version.
 */
export interface AgreedLevels {
  readonly levels: Levels;
  readonly how: 'consensus' | 'discussed' | 'carried';
  readonly at: Instant;
}

/** The level that experts agreed on for each criterion, and why, pointing into the evidence. Never changed. */
export interface ExemplarKey extends AgreedLevels {
  readonly rationale: Rationale;
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
