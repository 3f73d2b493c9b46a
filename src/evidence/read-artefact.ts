import { AppError, found, type Actor, type Page, type PageRequest } from '../kernel/index.js';
import type { Artefact } from './artefact.js';
import { isBarred } from './consent.js';
import { decryptRange, encryptedRange, type ByteRange } from './file-cipher.js';
import { memberOf } from './member-of.js';
import type { EvidencePorts } from './ports.js';

/** An artefact that its owner reads. @throws not-found: another's is absent too. */
export async function getArtefact(ports: EvidencePorts, actor: Actor, id: string): Promise<Artefact> {
  const artefact = await ports.store.artefact(actor.district, id);
  return found(artefact?.owner === memberOf(actor) ? artefact : undefined, 'artefact');
}

/** The caller's own artefacts, the newest first, erased ones too: they say when. */
export function listArtefacts(
  ports: EvidencePorts,
  actor: Actor,
  request: PageRequest,
): Promise<Page<Artefact>> {
  return ports.store.artefactsOf(actor.district, memberOf(actor), request);
}

/** An artefact opened by somebody who may read it. */
export interface OpenedArtefact {
  readonly artefact: Artefact;
  readonly by: 'owner' | 'reviewer';
  /** The plain bytes, or those of a range (both ends inclusive, within the size). */
  read(range?: ByteRange): Promise<Uint8Array>;
}

/**
 * Opens an artefact for its owner, or for a reviewer who is assigned to work that holds it: blind, and never once the
 * consent for review of it has ended.
 * @throws not-found when it is absent, erased, or not this reader's to see.
 */
export async function openArtefact(ports: EvidencePorts, actor: Actor, id: string): Promise<OpenedArtefact> {
  const artefact = found(await ports.store.artefact(actor.district, id), 'artefact');
  const by = artefact.owner === memberOf(actor) ? 'owner' : 'reviewer';
  const { sealedKey } = artefact;
  if (sealedKey === null) throw gone(artefact, by);
  if (by === 'reviewer') {
    const consents = await ports.store.consentsOf(actor.district, artefact.owner);
    const barred = isBarred(consents, artefact.id, 'review', ports.clock.now());
    if (barred || !(await ports.mayReview(actor, artefact)))
      throw new AppError('not-found', 'There is no such artefact.');
  }
  return opened(ports, artefact, sealedKey, by);
}

/**
 * Opens an artefact for a room that has judged itself who may read it, and by which consent.
 * @throws not-found when it is absent or erased.
 */
export async function openKept(ports: EvidencePorts, district: string, id: string): Promise<OpenedArtefact> {
  const artefact = found(await ports.store.artefact(district, id), 'artefact');
  return opened(ports, artefact, found(artefact.sealedKey ?? undefined, 'artefact'), 'reviewer');
}

function opened(
  ports: EvidencePorts,
  artefact: Artefact,
  sealedKey: string,
  by: OpenedArtefact['by'],
): OpenedArtefact {
  return {
    artefact,
    by,
    read: async (range = { start: 0, end: artefact.size - 1 }) => {
      const encrypted = await ports.files.get(artefact.id, encryptedRange(range, artefact.size));
      if (encrypted === undefined) {
        throw new AppError('unavailable', 'The file cannot be read now.', {
          cause: new Error(`no file of ${artefact.id}`),
        });
      }
      return decryptRange(encrypted, ports.keys.open(sealedKey), range, artefact.size);
    },
  };
}

function gone(artefact: Artefact, by: 'owner' | 'reviewer'): AppError {
  return by === 'owner'
    ? new AppError(
        'not-found',
        `You erased this artefact on ${artefact.erasedAt ?? 'an earlier day'}; its content is gone for good.`,
      )
    : new AppError('not-found', 'There is no such artefact.');
}
