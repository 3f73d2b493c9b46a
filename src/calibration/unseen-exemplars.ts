import { isPermitted, type Member } from '../tenancy/index.js';
import type { Exemplar } from './exemplar.js';
import { freshExemplars } from './form-supply.js';
import type { CalibrationPorts } from './store.js';

/**
 * The keyed exemplars of the version's seed pool that this member cannot have met: neither keyed, nor practised on, nor
 * served on a qualifying form or in its reserve (one exemplar is never both qualifying and seed for a person). Who may
 * read exemplars outside practice (`exemplars.key`) may have read any while it was keyed, so for them there are none:
 * their ratings are double-rated instead. In the order of their ids.
 */
export async function unseenExemplars(
  ports: Pick<CalibrationPorts, 'store' | 'readersOf'>,
  member: Member,
  version: string,
): Promise<readonly Exemplar[]> {
  if (isPermitted(member.roles, 'exemplars.key')) return [];
  const { district, id } = member;
  const [fresh, attempts] = await Promise.all([
    freshExemplars(ports, { district, member: id, version, pool: 'seed' }),
    ports.store.attemptsOf(district, id, version),
  ]);
  // What was drawn as a reserve may still be served on the form.
  const drawn = new Set<string>(attempts.flatMap(({ reserve }) => reserve));
  return fresh.filter((exemplar) => !drawn.has(exemplar.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}
