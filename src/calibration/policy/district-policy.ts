import type { Audited } from '../../audit/index.js';
import type { CollectionSpec, DistrictId, Instant, MemberId, Stored } from '../../kernel/index.js';
import { defaultDriftPolicy, type DriftPolicy } from './drift-policy.js';
import { defaultQualificationPolicy, type QualificationPolicy } from './qualification-policy.js';
import { defaultReviewPolicy, type ReviewPolicy } from './review-policy.js';
import { defaultSeedPolicy, type SeedPolicy } from './seed-policy.js';

/** Every number by which a district qualifies its reviewers and reviews work. */
export interface PolicyNumbers {
  readonly qualification: QualificationPolicy;
  readonly review: ReviewPolicy;
  readonly seeds: SeedPolicy;
  readonly drift: DriftPolicy;
}

export const policyGroups = ['qualification', 'review', 'seeds', 'drift'] as const;
export type PolicyGroup = (typeof policyGroups)[number];

/** One version of a district's review policy, in force from a moment until the next. */
export interface DistrictPolicy extends PolicyNumbers {
  /** 0 for the defaults, which hold until a district sets its first; then 1, 2 … */
  readonly number: number;
  readonly from: Instant | null;
  /** Who set it; null for the defaults. */
  readonly by: MemberId | null;
}

/** A version as kept. Never changed, never removed. */
export interface StoredPolicy extends DistrictPolicy, Stored, Audited {
  readonly district: DistrictId;
  readonly from: Instant;
  readonly by: MemberId;
}

export const policiesSpec: CollectionSpec<StoredPolicy> = {
  name: 'review_policies',
  scope: 'district',
  unique: [{ name: 'number', fields: ['number'] }],
  indexes: [{ name: 'all', equality: [], order: 'number' }],
  sweeps: ['auditDue'],
};

/** A version that was set before some number existed: it holds with that number's default. */
export function withNewNumbers(policy: StoredPolicy): StoredPolicy {
  return { ...policy, review: { ...defaultReviewPolicy, ...policy.review } };
}

/**
 * The defaults of review-quality.md. What ran under number 0 is read by these: a release that changes a default must say
 * so, and districts that want the old one set it.
 */
export const defaultPolicy: DistrictPolicy = {
  number: 0,
  from: null,
  by: null,
  qualification: defaultQualificationPolicy,
  review: defaultReviewPolicy,
  seeds: defaultSeedPolicy,
  drift: defaultDriftPolicy,
};
