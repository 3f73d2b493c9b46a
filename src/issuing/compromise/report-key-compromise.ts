import { withAudit } from '../../audit/index.js';
import {
  AppError,
  newId,
  ruleViolated,
  type Actor,
  type FieldError,
  type Instant,
} from '../../kernel/index.js';
import { ensureActiveKey, getIssuerKey, withdrawIssuerKey, type IssuerKey } from '../../securing/index.js';
import { issuerOf } from '../issuer-of.js';
import type { IssuingPorts } from '../store.js';
import type { KeyCompromise } from './key-compromise.js';

/** Which key, since when, and why one thinks so. */
export interface ReportedCompromise {
  /** Its id or its name, `proof-2026-1`. */
  readonly key: string;
  readonly compromisedAt: Instant;
  readonly reason: string;
}

/**
 * Withdraws a signing key that others have or may have. When this answers, the key is out of the DID document and the key
 * sets, a new one signs, and all that follows is due (`settleKeyCompromise`).
 * @throws not-found; rule-violated when the moment lies in the future, no reason is given, or the key is withdrawn already
 * since another moment.
 */
export async function reportKeyCompromise(
  ports: IssuingPorts,
  actor: Actor,
  input: ReportedCompromise,
): Promise<KeyCompromise> {
  // Looked for first: of a key that is not the district's nothing else is said.
  const key = await getIssuerKey(ports.securing, actor.district, input.key);
  const faults = [
    ...compromiseReasonFaults(input.reason),
    ...(input.compromisedAt > ports.clock.now()
      ? [
          {
            pointer: '/compromisedAt',
            detail: 'must not lie in the future: say since when the key may have been in other hands',
          },
        ]
      : []),
  ];
  if (faults.length > 0)
    throw new AppError('rule-violated', 'The key was not withdrawn; see the fields at fault.', {
      errors: faults,
    });
  const reason = input.reason.trim();
  const compromise = await keepCompromise(ports, actor, key, { ...input, reason });
  await ports.atStep?.('compromise 1 kept');
  await withdrawAndReplace(ports, compromise);
  return compromise;
}

/** What is wrong with the words about what happened. */
export function compromiseReasonFaults(reason: string): readonly FieldError[] {
  const words = reason.trim();
  if (words === '')
    return [{ pointer: '/reason', detail: 'must say what happened: it stands in the district’s record' }];
  return words.length > 500 ? [{ pointer: '/reason', detail: 'must be 500 characters or fewer' }] : [];
}

/** 1. The compromise, with the job that it is. */
async function keepCompromise(
  ports: IssuingPorts,
  actor: Actor,
  key: IssuerKey,
  input: ReportedCompromise,
): Promise<KeyCompromise> {
  const { district } = actor;
  const now = ports.clock.now();
  const compromise = withAudit(
    {
      id: newId(ports.randomness, 'kcm'),
      district: key.district,
      key: key.id,
      keyName: key.name,
      use: key.use,
      compromisedAt: input.compromisedAt,
      reason: input.reason,
      reportedBy: actor.kind === 'member' ? actor.member : null,
      reportedAt: now,
      looks: 0,
      state: 'working' as const,
      effectDue: now,
    },
    {
      actor,
      verb: 'key-compromised',
      collection: 'key_compromises',
      facts: { key: key.name, compromisedAt: input.compromisedAt },
    },
    now,
  );
  try {
    return await ports.store.compromises.insert(compromise);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    const kept = await ports.store.compromises.find(district, 'key', [key.id]);
    // The same said twice is said once.
    if (kept?.compromisedAt === input.compromisedAt) return kept;
    throw ruleViolated(
      '/key',
      `is withdrawn already, as compromised since ${kept?.compromisedAt ?? 'another moment'}`,
    );
  }
}

/** 2 and 3. The key leaves every published document, and another signs. */
export async function withdrawAndReplace(ports: IssuingPorts, compromise: KeyCompromise): Promise<void> {
  const { district, key, use, compromisedAt } = compromise;
  await withdrawIssuerKey(ports.securing, district, key, compromisedAt);
  await ports.atStep?.('compromise 2 key withdrawn');
  const issuer = await issuerOf(ports, district);
  await ensureActiveKey(ports.securing, issuer.ref, use);
  await ports.atStep?.('compromise 3 new key active');
}
