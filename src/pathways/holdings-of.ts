import { allOf, type MemberId } from '../kernel/index.js';
import type { Holding } from './holding.js';
import type { PathwayPorts } from './store.js';

/** Every holding of a member, oldest first: bounded by what one person can earn. */
export function holdingsOf(
  ports: PathwayPorts,
  district: string,
  holder: MemberId,
): Promise<readonly Holding[]> {
  return allOf((request) => ports.store.pageOfHoldings(district, holder, request));
}
