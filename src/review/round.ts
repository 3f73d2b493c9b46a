import type { AppealId, CertificationId, DecisionId, MemberId } from '../kernel/index.js';

/** Why a round of review is held: the first after the submission, or again because of an appeal or a look-back. */
export const roundOrigins = ['first', 'appeal', 'look-back'] as const;
export type RoundOrigin = (typeof roundOrigins)[number];

/** What a later round goes back to. */
export type RoundReason =
  | { readonly kind: 'appeal'; readonly appeal: AppealId }
  /** A certification was suspended, and this work was signed off under it since it was last seen to be sound. */
  | { readonly kind: 'suspension'; readonly certification: CertificationId }
  /** A lead asked for it; the words are for those who oversee review, and never in the audit record. */
  | { readonly kind: 'lead'; readonly by: MemberId; readonly words: string };

/** What a round of review is held for, and which decision it may take the place of. */
export interface RoundBasis {
  readonly origin: RoundOrigin;
  /** Null for the first round. */
  readonly why: RoundReason | null;
  /** The decision that stands while the round is held; null for the first round. */
  readonly supersedes: DecisionId | null;
}

/** The basis of a first round. */
export const firstRound: RoundBasis = { origin: 'first', why: null, supersedes: null };
