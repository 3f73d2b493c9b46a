import { followStatusBit, readPublishedList, setStatusBit } from '../status/index.js';
import type { StatusListId } from '../kernel/index.js';
import { isEnded, type Award } from './award.js';
import { issuerOf } from './issuer-of.js';
import type { IssuingPorts } from './store.js';

/**
 * Sets the bit of every edition that counts no more: those before the newest, and the newest of a revoked or
 * superseded award; then publishes their lists. Bits of revocation never go back; setting one twice changes nothing.
 * Bits of suspension follow after them, so that no list calls a revoked credential good meanwhile.
 */
export async function setStatusBits(ports: IssuingPorts, award: Award): Promise<void> {
  if (award.edition > 1 || isEnded(award.state)) await setRevocation(ports, award);
  await followSuspension(ports, award);
}

async function setRevocation(ports: IssuingPorts, award: Award): Promise<void> {
  const editions = await ports.store.editionsOf(award.district, award.id);
  const ended = editions.filter((edition) => edition.n < award.edition || isEnded(award.state));
  for (const edition of ended) {
    await setStatusBit(ports.status, award.district, edition.statusList, edition.statusIndex);
  }
  await publish(
    ports,
    award,
    ended.map((edition) => edition.statusList),
  );
}

/**
 * Has the bits of suspension of all editions say whether the award is suspended now, and publishes their lists. Nothing
 * is done for an award that never was, or whose version lists no suspensions.
 */
export async function followSuspension(ports: IssuingPorts, award: Award): Promise<void> {
  if (award.wasSuspended !== true) return;
  const { district, id } = award;
  const editions = await ports.store.editionsOf(district, id);
  const places = editions.flatMap(({ suspension }) => (suspension === undefined ? [] : [suspension]));
  const isSuspended = async () => (await ports.store.award(district, id))?.state === 'suspended';
  for (const { list, index } of places) {
    await followStatusBit(ports.status, district, list, index, isSuspended);
  }
  await publish(
    ports,
    award,
    places.map(({ list }) => list),
  );
}

/** Signs the lists anew in which a bit has changed since they were signed. */
async function publish(ports: IssuingPorts, award: Award, lists: readonly StatusListId[]): Promise<void> {
  if (lists.length === 0) return;
  const { slug } = (await issuerOf(ports, award.district)).district;
  for (const list of new Set(lists)) {
    await readPublishedList(ports.status, { district: award.district, slug, list });
  }
}
