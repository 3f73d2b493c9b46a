import type { Audited } from '../../audit/index.js';
import type {
  AwardId,
  CollectionSpec,
  CompromisedAwardId,
  DistrictId,
  Instant,
  IssuerKeyId,
  KeyCompromiseId,
  MemberId,
  Stored,
} from '../../kernel/index.js';
import type { KeyUse } from '../../securing/index.js';
import { isEnded, type Award } from '../award.js';

/**
 * That a signing key was, or may have been, in other hands since a moment; unique by key. It is the job too: due until
 * everything that rests on the key was made good.
 */
export interface KeyCompromise extends Stored, Audited {
  readonly id: KeyCompromiseId;
  readonly district: DistrictId;
  readonly key: IssuerKeyId;
  readonly keyName: string;
  readonly use: KeyUse;
  /** Since when others may have signed with it. */
  readonly compromisedAt: Instant;
  /** In words of the district, for its own record. */
  readonly reason: string;
  /** Null when the operator's command line said so. */
  readonly reportedBy: MemberId | null;
  readonly reportedAt: Instant;
  /** How often the record was gone through to its end: the last time is a while later, for what was being signed meanwhile. */
  readonly looks: number;
  /** That the last look was made: from then on only the awards that are still due are tried again. */
  readonly lookedThrough?: true;
  readonly state: 'working' | 'done';
  readonly effectDue: Instant | null;
}

/**
 * `due`: recorded before the moment, to be signed anew. `waiting`: recorded at it or after, so a person says what becomes
 * of it.
 */
export const compromisedAwardStates = ['due', 'reissued', 'waiting', 'confirmed', 'revoked'] as const;
export type CompromisedAwardState = (typeof compromisedAwardStates)[number];

/** An award whose newest edition was signed with a compromised key; unique by (compromise, award). */
export interface CompromisedAward extends Stored, Audited {
  readonly id: CompromisedAwardId;
  readonly district: DistrictId;
  readonly compromise: KeyCompromiseId;
  readonly award: AwardId;
  readonly state: CompromisedAwardState;
  /** When the award was recorded here. */
  readonly recordedAt: Instant;
  /** The edition that the key signed. */
  readonly edition: number;
  /** Why it could not be signed anew when that was tried last; null or absent otherwise. */
  readonly failure?: string | null;
  /** Who confirmed or revoked it, and when; null for what the job did. */
  readonly decidedBy: MemberId | null;
  readonly settledAt: Instant | null;
}

export const keyCompromisesSpec: CollectionSpec<KeyCompromise> = {
  name: 'key_compromises',
  scope: 'district',
  unique: [{ name: 'key', fields: ['key'] }],
  indexes: [{ name: 'all', equality: [], order: 'reportedAt' }],
  sweeps: ['effectDue', 'auditDue'],
};

export const compromisedAwardsSpec: CollectionSpec<CompromisedAward> = {
  name: 'compromised_awards',
  scope: 'district',
  unique: [{ name: 'award', fields: ['compromise', 'award'] }],
  indexes: [
    { name: 'all', equality: ['compromise'], order: 'recordedAt' },
    { name: 'state', equality: ['compromise', 'state'], order: 'recordedAt' },
    { name: 'record', equality: [], order: 'id' },
  ],
  sweeps: ['auditDue'],
};

/** The numbered steps of making a compromise good, as `atStep` is told them after each was done. */
export const compromiseSteps = [
  'compromise 1 kept',
  'compromise 2 key withdrawn',
  'compromise 3 new key active',
  'compromise 4 status lists signed anew',
  'compromise 5 endorsement made good',
  'compromise 6 awards found',
  'compromise 7 award signed anew',
  'compromise 8 holder told',
  'compromise 9 looked through',
] as const;
export type CompromiseStep = (typeof compromiseSteps)[number];

/** How long after the first look the last one is: longer than any signature that had begun with the old key takes. */
export const lastLookAfterSeconds = 60;

/** How long awards that could not be signed are left before they are tried again. */
export const triedAgainAfterSeconds = 300;

/**
 * What is to become of an award that the key signed: signed anew when it was on record before the compromise, so that the
 * key's thief had no part in it; else a person looks. One that has ended meanwhile after the moment needs nobody.
 */
export function firstState(
  compromise: Pick<KeyCompromise, 'compromisedAt'>,
  award: Pick<Award, 'createdAt' | 'state'>,
): CompromisedAwardState {
  if (award.createdAt < compromise.compromisedAt) return 'due';
  return isEnded(award.state) ? 'revoked' : 'waiting';
}
