import { AppError, newId, type StatusListId } from '../kernel/index.js';
import type { IssuerRef } from '../securing/index.js';
import type { Lease } from './leases.js';
import { permute } from './permutation.js';
import { capacity, emptyList, type StatusList, type StatusPorts, type StatusPurpose } from './status-list.js';

/**
 * Gives out a status index that no one else gets, in any process, and that says nothing about when it was given
 * out. Slots are leased in blocks, one write a block; what a process held when it was killed is skipped. A list is
 * closed at 75 %, or when the issuer has another DID or address by now, and the next one opened.
 * @throws conflict when other processes win too many races in a row.
 */
export async function allocateStatusIndex(
  ports: StatusPorts,
  issuer: IssuerRef,
  purpose: StatusPurpose,
): Promise<{ readonly list: StatusListId; readonly index: number }> {
  const { lease, slot } = await ports.store.leases.next(`${issuer.district} ${issuer.did} ${purpose}`, () =>
    leaseSlots(ports, issuer, purpose),
  );
  return { list: lease.list, index: permute(Buffer.from(lease.permutationKey, 'hex'), lease.size, slot) };
}

async function leaseSlots(ports: StatusPorts, issuer: IssuerRef, purpose: StatusPurpose): Promise<Lease> {
  const { lists, leases } = ports.store;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const open =
      (await ports.store.openList(issuer.district, purpose)) ?? (await openList(ports, issuer, purpose));
    if (open === undefined) continue;
    const isOfBefore = open.issuer !== issuer.did || open.publicUrl !== ports.publicUrl;
    const from = open.leased;
    const to = isOfBefore ? from : Math.min(from + leases.block, capacity(open));
    const changed: StatusList =
      isOfBefore || to >= capacity(open)
        ? { ...open, leased: to, state: 'closed', openSlot: null }
        : { ...open, leased: to };
    try {
      await lists.replace(changed);
    } catch (error) {
      if (error instanceof AppError && error.code === 'conflict') continue;
      throw error;
    }
    if (to > from) return { list: open.id, size: open.size, permutationKey: open.permutationKey, from, to };
  }
  throw new AppError('conflict', 'Too many others reserve status indexes at the same time: try again.');
}

/** A new open list; undefined when another process has opened one meanwhile. */
async function openList(
  ports: StatusPorts,
  issuer: IssuerRef,
  purpose: StatusPurpose,
): Promise<StatusList | undefined> {
  try {
    return await ports.store.lists.insert({
      id: newId(ports.randomness, 'sls'),
      district: issuer.district,
      purpose,
      issuer: issuer.did,
      publicUrl: ports.publicUrl,
      ...emptyList(),
      state: 'open',
      openSlot: 1,
      leased: 0,
      permutationKey: Buffer.from(ports.randomness.bytes(32)).toString('hex'),
      revision: 0,
      published: null,
      createdAt: ports.clock.now(),
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'already-exists') return undefined;
    throw error;
  }
}
