import { withAudit } from '../audit/index.js';
import { AppError, found, newId, ruleViolated, update, type Actor, type Instant } from '../kernel/index.js';
import type { Relationship } from './member.js';
import type { TenancyPorts } from './store.js';

/** A relationship to record; `from` is now when left out. */
export interface NewRelationship {
  readonly kind: Relationship['kind'];
  readonly member: string;
  readonly other: string;
  readonly from?: Instant;
  readonly to?: Instant | null;
}

/**
 * Records that one member supervises, coaches or declares a conflict with another.
 * @throws not-found; rule-violated naming the field; already-exists when recorded already.
 */
export async function relateMembers(
  ports: TenancyPorts,
  actor: Actor,
  input: NewRelationship,
): Promise<Relationship> {
  const member = found(await ports.store.member(actor.district, input.member), 'member');
  const other = found(await ports.store.member(actor.district, input.other), 'member');
  if (member.id === other.id) throw ruleViolated('/other', 'must be another member');
  const from = input.from ?? ports.clock.now();
  const to = input.to ?? null;
  if (to !== null && to <= from) throw ruleViolated('/to', 'must be after `from`');
  try {
    const relationship = {
      id: newId(ports.randomness, 'rel'),
      district: actor.district,
      kind: input.kind,
      member: member.id,
      other: other.id,
      from,
      to,
    };
    const entry = { actor, verb: 'related', collection: 'relationships', facts: {} };
    return await ports.store.relationships.insert(withAudit(relationship, entry, ports.clock.now()));
  } catch (error) {
    if (error instanceof AppError && error.code === 'already-exists') {
      throw new AppError('already-exists', 'This relationship is recorded already.', { cause: error });
    }
    throw error;
  }
}

/** Ends a relationship now. It stays on record: conflict of interest looks three years back. @throws not-found */
export async function endRelationship(ports: TenancyPorts, actor: Actor, id: string): Promise<Relationship> {
  return update(
    ports.store.relationships,
    actor.district,
    id,
    (relationship) => {
      if (relationship.to !== null) return undefined;
      const now = ports.clock.now();
      const entry = { actor, verb: 'ended', collection: 'relationships', facts: {} };
      return withAudit({ ...relationship, to: now }, entry, now);
    },
    'relationship',
  );
}
