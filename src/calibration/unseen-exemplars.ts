import { isPermitted, type Member } from '../tenancy/index.js';
import { tookPart, type Exemplar } from './exemplar.js';
import type { CalibrationPorts } from './store.js';

/**
 * The keyed exemplars of the version's seed pool that this member cannot have met: neither keyed, nor practised on, nor
 * served on a qualifying form or in its reserve (one exemplar is never both qualifying and seed for a person). Who may
 * read exemplars outside practice (`exemplars.key`) may have read any while it was keyed, so for them there are none:
 * their ratings are double-rated instead. In the order of their ids.
 */
export async function unseenExemplars(
  ports: Pick<CalibrationPorts, 'store'>,
  member: Member,
  version: string,
): Promise<readonly Exemplar[]> {
  if (isPermitted(member.roles, 'exemplars.key')) return [];
  const { store } = ports;
  const [pool, attempts, practised] = await Promise.all([
    store.pool(member.district, version, 'seed', 'keyed'),
    store.attemptsOf(member.district, member.id, version),
    store.practiceRatingsOf(member.district, member.id, version),
  ]);
  const met = new Set<string>([
    ...attempts.flatMap(({ form, reserve }) => [...form, ...reserve]),
    ...practised.map(({ exemplar }) => exemplar),
  ]);
  return pool
    .filter((exemplar) => !met.has(exemplar.id) && !tookPart(exemplar, member.id))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
