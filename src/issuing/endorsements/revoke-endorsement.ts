import { withAudit } from '../../audit/index.js';
import { ruleViolated, update, type Actor } from '../../kernel/index.js';
import { readPublishedList, setStatusBit } from '../../status/index.js';
import { publicReason } from '../change-award.js';
import { issuerOf } from '../issuer-of.js';
import type { IssuingPorts } from '../store.js';
import type { Endorsement } from './endorsement.js';

/**
 * Revokes an endorsement for good. When this answers, its bit is set in the published list; credentials issued from
 * then on carry it no more.
 * @throws not-found; rule-violated when it is revoked already, or no reason is given.
 */
export async function revokeEndorsement(
  ports: IssuingPorts,
  actor: Actor,
  input: { readonly endorsement: string; readonly reason: string },
): Promise<Endorsement> {
  const reason = publicReason(input.reason);
  const now = ports.clock.now();
  // 1. The endorsement.
  const revoked = await update(
    ports.store.endorsements,
    actor.district,
    input.endorsement,
    (kept) => {
      if (kept.state === 'revoked') throw ruleViolated('/endorsement', 'is revoked already');
      return withAudit(
        { ...kept, state: 'revoked' as const, activeFor: null, reason, since: now, effectDue: now },
        { actor, verb: 'revoked', collection: 'endorsements', facts: { about: kept.about } },
        now,
      );
    },
    'endorsement',
  );
  // 2. Bit and published list.
  return settleEndorsement(ports, revoked);
}

/** What follows from a revocation, from wherever it was left: the status bit and the published list. */
export async function settleEndorsement(ports: IssuingPorts, endorsement: Endorsement): Promise<Endorsement> {
  const { district, status } = endorsement;
  if (endorsement.state === 'revoked') {
    const issuer = await issuerOf(ports, district);
    await setStatusBit(ports.status, district, status.list, status.index);
    await readPublishedList(ports.status, {
      district,
      slug: issuer.district.slug,
      list: status.list,
    });
  }
  return update(
    ports.store.endorsements,
    district,
    endorsement.id,
    (kept) => (kept.effectDue === null ? undefined : { ...kept, effectDue: null }),
    'endorsement',
  );
}
