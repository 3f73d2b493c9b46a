import type { Audited } from '../audit/index.js';
import { randomText, type Randomness } from '../kernel/index.js';
import type {
  AchievementVersionId,
  AwardId,
  DecisionId,
  DistrictId,
  EditionId,
  Instant,
  MemberId,
  QualityStatementId,
  StatusListId,
  Stored,
  SubmissionId,
} from '../kernel/index.js';

/** `preparing` until the first edition is signed and kept. `superseded`: replaced by another credential. */
export const awardStates = ['preparing', 'active', 'suspended', 'revoked', 'superseded'] as const;
export type AwardState = (typeof awardStates)[number];

/** Why the award was made. */
export type AwardBasis =
  | { readonly kind: 'decision'; readonly decision: DecisionId; readonly submission: SubmissionId }
  | { readonly kind: 'outside' }
  | { readonly kind: 'components'; readonly components: readonly AwardId[] };

/**
 * One piece of evidence as the credential names it: the id and the digest that the Evidence object carries in every
 * edition, whatever is erased after the award was made.
 */
export interface AwardEvidence {
  /** The id of the version's evidence requirement. */
  readonly requirement: string;
  /** `urn:uuid:…` */
  readonly id: string;
  /** Of the salted manifest of the answer; null when a part of it was erased before the award was made. */
  readonly digestMultibase: string | null;
}

/** A school that assessed for the district (Open Badges 3.0, AchievementSubject.source). */
export interface AwardSource {
  /** An http or https address. */
  readonly id: string;
  readonly name: string;
}

/** Where the status of one edition stands in a published list. */
export interface StatusPlace {
  readonly list: StatusListId;
  readonly index: number;
}

/** An edition that is being made; null when none is. What is drawn for it is kept here, so that it is drawn once. */
export interface EditionInMaking {
  readonly n: number;
  readonly validFrom: Instant;
  /** Null until step 2 reserved it. */
  readonly status: StatusPlace | null;
  /** Where its suspension is listed; kept with `status`, and only where the version lists suspensions. */
  readonly suspension?: StatusPlace;
  /** Why the edition before it is corrected; null for the first. */
  readonly reason: string | null;
}

/** That a person was given an achievement: one credential, whatever crashes. */
export interface Award extends Stored, Audited {
  readonly id: AwardId;
  readonly district: DistrictId;
  readonly achievementVersion: AchievementVersionId;
  readonly basis: AwardBasis;
  /** What makes it unique: `decision:{submission}`, `outside:{version}:{hmac}`, `components:{version}:{holder}`, `replaces:{award}`. */
  readonly uniqueBy: string;
  readonly holder: MemberId | null;
  /** The award that this one stands in for, when it was made to supersede one. */
  readonly replaces: AwardId | null;
  /** The credential's id: `https://HOST/c/{code}{18 of base62}`. */
  readonly credentialId: string;
  /** The last path segment of `credentialId`. */
  readonly publicId: string;
  readonly state: AwardState;
  /** Why it is suspended, revoked or superseded, in words for the public; null otherwise. */
  readonly reason: string | null;
  readonly since: Instant;
  readonly replacedBy: string | null;
  readonly awardedDate: Instant;
  readonly validUntil: Instant | null;
  /** Who assessed for the district: a school, by its web address and name. Null or absent: the district itself. */
  readonly source?: AwardSource | null;
  /** A fresh `urn:uuid:…`; a place for the DID of a holder who proved it, which nobody can do yet. */
  readonly subjectId: string;
  readonly identitySalt: string;
  readonly identityHash: string;
  readonly evidence: readonly AwardEvidence[];
  /** What stood behind the score, frozen when the award was made; null before step 3 and where nothing was reviewed here. */
  readonly statement: QualityStatementId | null;
  /** A milestone: the component whose state suspended it; null otherwise. */
  readonly suspendedFor: AwardId | null;
  /** A milestone suspended for a revoked component: when it is revoked itself unless repaired. */
  readonly repairBy: Instant | null;
  /** That it was suspended once: from then on the bits of suspension follow its state. */
  readonly wasSuspended?: true;
  /** The number of the newest edition; 0 while preparing. */
  readonly edition: number;
  readonly making: EditionInMaking | null;
  readonly createdAt: Instant;
  readonly effectDue: Instant | null;
}

/** One signed form of an award's credential; unique by (award, n); its bytes are served exactly as kept. */
export interface Edition extends Stored {
  readonly id: EditionId;
  readonly district: DistrictId;
  readonly award: AwardId;
  readonly n: number;
  readonly validFrom: Instant;
  readonly statusList: StatusListId;
  readonly statusIndex: number;
  /** Where its suspension is listed, where the version lists suspensions. */
  readonly suspension?: StatusPlace;
  /** A milestone: which edition of each component its evidence pins. */
  readonly pins: readonly { readonly award: AwardId; readonly edition: number }[];
  readonly json: string;
  readonly jwt: string;
  /** The verification methods of its proof and of its JWT; absent in editions made before this was kept. */
  readonly signedBy?: readonly string[];
  readonly createdAt: Instant;
}

/** The award's own part of a public id, after the district's code of four. */
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A new public id: the district's code and 18 base62 characters (107 random bits). */
export function newPublicId(randomness: Randomness, districtCode: string): string {
  return districtCode + randomText(randomness, base62, 18);
}

/** Whether `text` has the form of a credential's public id. */
export function isPublicId(text: string): boolean {
  return /^[0-9A-Za-z]{22}$/.test(text);
}

/** The code of the district that a public id begins with. */
export function districtCodeOf(publicId: string): string {
  return publicId.slice(0, 4);
}

/** Whether the credential counts for nothing any more: its status bit is set and never goes back. */
export function isEnded(state: AwardState): boolean {
  return state === 'revoked' || state === 'superseded';
}

/** The `uniqueBy` of the award that stands in for this one. */
export function replacementKey(award: Pick<Award, 'id'>): string {
  return `replaces:${award.id}`;
}
