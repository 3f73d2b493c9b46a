import { withAudit } from '../audit/index.js';
import { update, type Actor, type DistrictId } from '../kernel/index.js';
import type { Artefact } from './artefact.js';
import { getArtefact } from './read-artefact.js';
import type { EvidencePorts } from './ports.js';

/**
 * Erases an artefact for good: its key is destroyed, so that no copy of its bytes can be read again, then its file.
 * Erasing it again changes nothing. Pending submissions that hold it become void by its `effectDue`.
 * @throws not-found.
 */
export async function eraseArtefact(ports: EvidencePorts, actor: Actor, id: string): Promise<Artefact> {
  await getArtefact(ports, actor, id);
  const now = ports.clock.now();
  // 1. The key, the salt and the digest are destroyed with the decision to erase.
  const erased = await update(
    ports.store.artefacts,
    actor.district,
    id,
    (artefact) =>
      artefact.erasedAt !== null
        ? undefined
        : withAudit(
            // The name is the owner's words: it goes with the file.
            {
              ...artefact,
              name: 'erased',
              sha256: null,
              sealedKey: null,
              salt: null,
              erasedAt: now,
              effectDue: now,
            },
            { actor, verb: 'erased', collection: 'artefacts', facts: {} },
            now,
          ),
    'artefact',
  );
  // 2. The file; again by the sweep where the process ended here.
  await ports.files.remove(id);
  return erased;
}

/**
 * Ends the erasure of an artefact, after those who hold it were told: removes the file where that was left undone, and
 * clears `effectDue`. Called by `submissions/`, which settles what an erasure means there.
 */
export async function finishErasure(ports: EvidencePorts, district: DistrictId, id: string): Promise<void> {
  await ports.files.remove(id);
  await update(
    ports.store.artefacts,
    district,
    id,
    (artefact) => (artefact.effectDue === null ? undefined : { ...artefact, effectDue: null }),
    'artefact',
  );
}
