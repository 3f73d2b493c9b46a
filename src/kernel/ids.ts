import { randomText, type Randomness } from './randomness.js';

declare const kind: unique symbol;

/** An identifier of one kind of thing: a `SubmissionId` cannot be passed where an `AwardId` is wanted. */
export type Id<Prefix extends string> = string & { readonly [kind]: Prefix };

/** The prefixes in use, with what each names: the one list of them. */
export const idPrefixes = {
  dst: 'district',
  mbr: 'member',
  rel: 'relationship',
  pag: 'review pool agreement',
  key: 'API key',
  ses: 'session',
  sil: 'sign-in link',
  sir: 'sign-in request',
  ach: 'achievement',
  acv: 'achievement version',
  art: 'artefact',
  con: 'consent',
  sub: 'submission',
  exm: 'exemplar',
  pol: 'review policy',
  coc: 'code of conduct',
  dcl: 'declaration',
  qat: 'qualification attempt',
  cer: 'certification',
  asg: 'assignment',
  rat: 'rating',
  dsg: 'drift signal',
  dec: 'decision',
  apl: 'appeal',
  awd: 'award',
  edn: 'edition',
  edm: 'endorsement',
  edi: 'included endorsement',
  sls: 'status list',
  kpr: 'issuer key',
  kcm: 'key compromise',
  kca: 'compromised award',
  hld: 'holding',
  qst: 'quality statement',
  aud: 'audit entry',
  idm: 'idempotent request',
  ntf: 'notification',
  iop: 'interop issuer',
  ios: 'status entry of an interop issuer',
} as const;

export type IdPrefix = keyof typeof idPrefixes;

export type DistrictId = Id<'dst'>;
export type MemberId = Id<'mbr'>;
export type RelationshipId = Id<'rel'>;
export type PoolAgreementId = Id<'pag'>;
export type ApiKeyId = Id<'key'>;
export type SessionId = Id<'ses'>;
export type SignInLinkId = Id<'sil'>;
export type SignInRequestId = Id<'sir'>;
export type AchievementId = Id<'ach'>;
export type AchievementVersionId = Id<'acv'>;
export type ArtefactId = Id<'art'>;
export type ConsentId = Id<'con'>;
export type SubmissionId = Id<'sub'>;
export type ExemplarId = Id<'exm'>;
export type ReviewPolicyId = Id<'pol'>;
export type CodeOfConductId = Id<'coc'>;
export type DeclarationId = Id<'dcl'>;
export type QualificationAttemptId = Id<'qat'>;
export type CertificationId = Id<'cer'>;
export type AssignmentId = Id<'asg'>;
export type RatingId = Id<'rat'>;
export type DriftSignalId = Id<'dsg'>;
export type DecisionId = Id<'dec'>;
export type AppealId = Id<'apl'>;
export type AwardId = Id<'awd'>;
export type EditionId = Id<'edn'>;
export type EndorsementId = Id<'edm'>;
export type IncludedEndorsementId = Id<'edi'>;
export type StatusListId = Id<'sls'>;
export type IssuerKeyId = Id<'kpr'>;
export type KeyCompromiseId = Id<'kcm'>;
export type CompromisedAwardId = Id<'kca'>;
export type HoldingId = Id<'hld'>;
export type QualityStatementId = Id<'qst'>;
export type AuditEntryId = Id<'aud'>;
export type InteropIssuerId = Id<'iop'>;
export type InteropStatusId = Id<'ios'>;

/** RFC 4648 base32 in lower case: no look-alike of case, safe in a path. */
const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** A new identifier, `sub_` and 26 base32 characters (130 random bits). */
export function newId<Prefix extends IdPrefix>(randomness: Randomness, prefix: Prefix): Id<Prefix> {
  return `${prefix}_${randomText(randomness, base32, 26)}` as Id<Prefix>;
}

/** Whether `text` has the form of an identifier of this kind; says nothing about its existence. */
export function isId<Prefix extends IdPrefix>(prefix: Prefix, text: unknown): text is Id<Prefix> {
  return typeof text === 'string' && new RegExp(`^${prefix}_[a-z2-7]{26}$`).test(text);
}
