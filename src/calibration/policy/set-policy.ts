import { withAudit } from '../../audit/index.js';
import { AppError, newId, type Actor, type MemberId } from '../../kernel/index.js';
import { throwFaults } from '../levels.js';
import type { CalibrationPorts } from '../store.js';
import { defaultPolicy, policyGroups, type PolicyNumbers, type StoredPolicy } from './district-policy.js';
import { policyFaults } from './policy-bounds.js';

/**
 * Sets the district's policy from now on, as its next version; what began under an earlier one (an open attempt, an
 * assignment) keeps that one. The same numbers as the version in force make no new version.
 * @param input `replaces`: the number that the caller has read; numbers: all of them.
 * @throws rule-violated naming each number out of its bounds; precondition-failed when another version is in force by
 * now.
 */
export async function setPolicy(
  ports: Pick<CalibrationPorts, 'store' | 'clock' | 'randomness'>,
  actor: Actor & { readonly member: MemberId },
  input: { readonly replaces: number; readonly numbers: PolicyNumbers },
): Promise<StoredPolicy | typeof defaultPolicy> {
  const { qualification, review, seeds, drift } = input.numbers;
  throwFaults(policyFaults(input.numbers));
  const current = (await ports.store.policies(actor.district))[0] ?? defaultPolicy;
  if (current.number !== input.replaces) throw overtaken(current.number);
  if (changedNumbers(current, input.numbers).length === 0) return current;
  const now = ports.clock.now();
  const policy: Omit<StoredPolicy, 'version' | 'pendingEntries' | 'auditDue'> = {
    id: newId(ports.randomness, 'pol'),
    district: actor.district,
    number: current.number + 1,
    ...{ qualification, review, seeds, drift },
    from: now,
    by: actor.member,
  };
  const facts = { number: policy.number, changed: changedNumbers(current, input.numbers) };
  try {
    return await ports.store.reviewPolicies.insert(
      withAudit(policy, { actor, verb: 'set', collection: 'review_policies', facts }, now),
    );
  } catch (error) {
    // Of two set at once, the unique number lets one through.
    if (error instanceof AppError && error.code === 'already-exists') throw overtaken(policy.number, error);
    throw error;
  }
}

/** The numbers in which two policies differ, each with both values. */
export function changedNumbers(
  before: PolicyNumbers,
  after: PolicyNumbers,
): readonly { readonly name: string; readonly before: number; readonly after: number }[] {
  return policyGroups.flatMap((group) => {
    const old = before[group] as unknown as { readonly [field: string]: number };
    return Object.entries(after[group]).flatMap(([field, value]: [string, number]) =>
      old[field] === value ? [] : [{ name: `${group}.${field}`, before: old[field] ?? value, after: value }],
    );
  });
}

function overtaken(number: number, cause?: unknown): AppError {
  return new AppError(
    'precondition-failed',
    `Version ${number} of the review policy was set since you read it. Read it again, look at the change, and set yours over it.`,
    { cause },
  );
}
