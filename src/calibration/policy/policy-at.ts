import { found, type Instant } from '../../kernel/index.js';
import type { CalibrationPorts } from '../store.js';
import { defaultPolicy, type DistrictPolicy } from './district-policy.js';

/**
 * The district's policy in force at a moment, now when left out: the newest version set at or before it, the defaults
 * where there is none.
 * @throws unavailable when the database fails.
 */
export async function policyAt(
  ports: Pick<CalibrationPorts, 'store' | 'clock'>,
  district: string,
  at: Instant = ports.clock.now(),
): Promise<DistrictPolicy> {
  // The numbers rise with the moments from which they hold, and there are few.
  const versions = await ports.store.policies(district);
  return versions.find(({ from }) => from <= at) ?? defaultPolicy;
}

/**
 * The version with this number, in force or not: what an attempt or an assignment ran under.
 * @throws not-found.
 */
export async function policyNumbered(
  ports: Pick<CalibrationPorts, 'store'>,
  district: string,
  number: number,
): Promise<DistrictPolicy> {
  if (number === 0) return defaultPolicy;
  return found(await ports.store.policy(district, number), 'review policy');
}
