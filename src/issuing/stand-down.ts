import { withAudit } from '../audit/index.js';
import { update } from '../kernel/index.js';
import { isEnded, type Award } from './award.js';
import type { IssuingPorts } from './store.js';

/** The award that `successor` stands in for is superseded and names it; what follows from that is due. */
export async function standDown(
  ports: IssuingPorts,
  successor: Award,
  replaced: Award['id'],
): Promise<Award> {
  const now = ports.clock.now();
  return update(
    ports.store.awards,
    successor.district,
    replaced,
    (kept) =>
      isEnded(kept.state)
        ? undefined
        : withAudit(
            {
              ...kept,
              state: 'superseded' as const,
              reason: 'Replaced by another credential.',
              since: now,
              replacedBy: successor.credentialId,
              effectDue: now,
            },
            {
              actor: { kind: 'service', district: kept.district },
              verb: 'superseded',
              collection: 'awards',
              facts: { by: successor.id },
            },
            now,
          ),
    'award',
  );
}
