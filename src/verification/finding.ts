import type { Facts, MessageId } from './messages.js';

/** The checks, in the order of the report. */
export const checkNames = [
  'limits',
  'parse',
  'nested',
  'guard',
  'proof-set',
  'compact',
  'data-model',
  'schema',
  'proof',
  'validity',
  'status',
  'refresh',
  'pinned',
  'recipient',
  'recognition',
] as const;

export type CheckName = (typeof checkNames)[number];

/** `could-not-check` is never good news: nobody knows. `not-applicable`: there was nothing of the kind to check. */
export type Outcome = 'passed' | 'failed' | 'could-not-check' | 'not-applicable';

export type Verdict =
  'valid' | 'expired' | 'not-yet-valid' | 'suspended' | 'revoked' | 'not-genuine' | 'could-not-check';

/** What one check found: a message and the facts in it, kept apart so that the words can be another language's. */
export interface Finding {
  readonly outcome: Outcome;
  readonly message: MessageId;
  readonly facts: Facts;
  /** What else is to be said of it, and decides nothing. */
  readonly also?: readonly { readonly message: MessageId; readonly facts: Facts }[];
  /** The verdict that a failure leads to, where the check alone does not tell (expired or not yet valid). */
  readonly verdict?: Verdict;
  /** The credential to use instead of this one, where the issuer names it. */
  readonly replacedBy?: string;
}

export function passed(message: MessageId, facts: Facts = {}): Finding {
  return { outcome: 'passed', message, facts };
}

export function failed(message: MessageId, facts: Facts = {}, verdict?: Verdict): Finding {
  return { outcome: 'failed', message, facts, ...(verdict === undefined ? {} : { verdict }) };
}

export function couldNotCheck(message: MessageId, facts: Facts = {}): Finding {
  return { outcome: 'could-not-check', message, facts };
}

export function notApplicable(message: MessageId, facts: Facts = {}): Finding {
  return { outcome: 'not-applicable', message, facts };
}
