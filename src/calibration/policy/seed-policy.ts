/**
 * The numbers of seeds: keyed exemplars among a reviewer's live work, not to be told from it (review-quality.md, "What a
 * reviewer goes through" and "Volume"). Defaults of a district's policy.
 */
export interface SeedPolicy {
  /** Of a hundred pieces of live work, so many bring a seed with them. */
  readonly share: number;
  /** The same in the first days after the certification. */
  readonly firstShare: number;
  /** How many days those are. */
  readonly firstDays: number;
  /** The fewest seeds in a term, for who has live work in it. */
  readonly perTerm: number;
  readonly termDays: number;
  /** Days without a sign-off on the version after which seeds come before live work. */
  readonly idleDays: number;
  /** How many then. */
  readonly afterIdle: number;
  /** A reviewer is told of so many seeds at once… */
  readonly reportAfter: number;
  /** …or after so many days, of at least three. */
  readonly reportDays: number;
}

export const defaultSeedPolicy: SeedPolicy = {
  share: 10,
  firstShare: 20,
  firstDays: 30,
  perTerm: 4,
  termDays: 120,
  idleDays: 30,
  afterIdle: 2,
  reportAfter: 10,
  reportDays: 30,
};
