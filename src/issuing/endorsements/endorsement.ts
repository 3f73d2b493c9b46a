import type { Audited } from '../../audit/index.js';
import type {
  CollectionSpec,
  DistrictId,
  EndorsementId,
  IncludedEndorsementId,
  Instant,
  Stored,
} from '../../kernel/index.js';
import type { StatusPlace } from '../award.js';

/** What may be endorsed. */
export const endorsedKinds = ['achievement', 'credential', 'issuer'] as const;
export type EndorsedKind = (typeof endorsedKinds)[number];

/**
 * An EndorsementCredential (Open Badges 3.0, B.1.9) that a district issued: with a status index of its own, served as it
 * was signed: once, and again only when its key was withdrawn. Other words are a new endorsement; this one is then revoked.
 */
export interface Endorsement extends Stored, Audited {
  readonly id: EndorsementId;
  /** Who endorses. */
  readonly district: DistrictId;
  /** The credential's id: `https://HOST/e/{code}{18 of base62}`. */
  readonly credentialId: string;
  readonly publicId: string;
  /** What is endorsed: the id of an achievement version, a credential or an issuer, on this service. */
  readonly about: string;
  readonly kind: EndorsedKind;
  readonly comment: string;
  /**
   * `about` while it is active, null after: a district endorses a thing once at a time. One that is over keeps its place
   * until another takes it.
   */
  readonly activeFor: string | null;
  readonly state: 'active' | 'revoked';
  readonly reason: string | null;
  readonly since: Instant;
  readonly validUntil: Instant | null;
  readonly status: StatusPlace;
  readonly json: string;
  readonly jwt: string;
  /** The verification methods that signed `json` and `jwt`. */
  readonly signedBy: readonly string[];
  readonly createdAt: Instant;
  readonly effectDue: Instant | null;
}

/** That a district has its credentials carry an endorsement of a thing of its own: one for each thing. */
export interface IncludedEndorsement extends Stored, Audited {
  readonly id: IncludedEndorsementId;
  /** Whose credentials carry it. */
  readonly district: DistrictId;
  readonly about: string;
  readonly kind: EndorsedKind;
  /** The id of the EndorsementCredential. */
  readonly endorsement: string;
  /** `about` while it is carried, null after. */
  readonly carriedFor: string | null;
  readonly createdAt: Instant;
}

export const endorsementsSpec: CollectionSpec<Endorsement> = {
  name: 'endorsements',
  scope: 'district',
  unique: [
    { name: 'publicId', fields: ['publicId'] },
    { name: 'activeFor', fields: ['activeFor'] },
  ],
  indexes: [{ name: 'all', equality: [], order: 'createdAt' }],
  sweeps: ['effectDue', 'auditDue'],
};

export const includedEndorsementsSpec: CollectionSpec<IncludedEndorsement> = {
  name: 'included_endorsements',
  scope: 'district',
  unique: [{ name: 'carriedFor', fields: ['carriedFor'] }],
  indexes: [{ name: 'all', equality: [], order: 'createdAt' }],
  sweeps: ['auditDue'],
};

/** How an endorsement stands at a moment: over once its end has come. */
export function endorsementStanding(
  { state, validUntil }: Pick<Endorsement, 'state' | 'validUntil'>,
  now: Instant,
): 'active' | 'revoked' | 'expired' {
  return state === 'active' && validUntil !== null && validUntil <= now ? 'expired' : state;
}

/** The most characters of a comment: it is in every credential that carries the endorsement. */
export const mostCommentCharacters = 1000;
