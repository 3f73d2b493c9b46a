import { readPublishedList, setStatusBit } from '../status/index.js';
import { isEnded, type Award } from './award.js';
import { issuerOf } from './issuer-of.js';
import type { IssuingPorts } from './store.js';

/**
 * Sets the bit of every edition that counts no more: those before the newest, and the newest of a revoked or
 * superseded award; then publishes their lists. Bits never go back; setting one twice changes nothing.
 */
export async function setStatusBits(ports: IssuingPorts, award: Award): Promise<void> {
  if (award.edition <= 1 && !isEnded(award.state)) return;
  const issuer = await issuerOf(ports, award.district);
  const editions = await ports.store.editionsOf(award.district, award.id);
  const ended = editions.filter((edition) => edition.n < award.edition || isEnded(award.state));
  for (const edition of ended) {
    await setStatusBit(ports.status, award.district, edition.statusList, edition.statusIndex);
  }
  for (const list of new Set(ended.map((edition) => edition.statusList))) {
    // Signs the list anew when a bit has changed since it was signed.
    await readPublishedList(ports.status, { issuer: issuer.ref, slug: issuer.district.slug, list });
  }
}
