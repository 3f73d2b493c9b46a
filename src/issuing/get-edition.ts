import { AppError, found } from '../kernel/index.js';
import type { Award, Edition } from './award.js';
import type { IssuingPorts } from './store.js';

/**
 * An edition of an award, the newest when no number is given: its bytes are exactly those that were issued.
 * @throws not-found; invalid-request when `n` is no edition's number.
 */
export async function getEdition(ports: IssuingPorts, award: Award, n?: string): Promise<Edition> {
  if (n !== undefined && !/^[1-9]\d{0,5}$/.test(n)) {
    const detail = 'must be the number of an edition, from 1';
    throw new AppError('invalid-request', `edition ${detail}.`, {
      errors: [{ pointer: '/edition', detail }],
    });
  }
  const number = n === undefined ? award.edition : Number(n);
  return found(await ports.store.edition(award.district, award.id, number), 'edition of this credential');
}
