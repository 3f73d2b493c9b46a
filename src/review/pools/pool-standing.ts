import type { Submission } from '../../submissions/index.js';
import type { ReviewPorts } from '../store.js';
import { isPooled } from './clear-for-pool.js';
import { poolConsents, poolFaults } from './cleared-for-pool.js';
import { answersDigest } from './pool-clearance.js';

/**
 * How a submission stands to the review pool, for its teacher. `none`: no agreement for this achievement; `in-district`: the
 * teacher has not allowed it; `barred`: allowed, but a recording or a file that the consent leaves out keeps it in the
 * district; `unread`: allowed, nobody has read it for the pool; `kept`: somebody did, and it stays; `cleared`: reviewers of
 * other districts can be drawn.
 */
export type PoolStanding = 'none' | 'in-district' | 'barred' | 'unread' | 'kept' | 'cleared';

/** Says nothing of who is drawn, or whether anybody is. @throws unavailable when the database fails. */
export async function poolStanding(ports: ReviewPorts, work: Submission): Promise<PoolStanding> {
  const { district, id, achievement } = work;
  if (!(await isPooled(ports, district, achievement))) return 'none';
  if ((await poolConsents(ports, work, ports.clock.now())).length === 0) return 'in-district';
  if ((await poolFaults(ports, work)).length > 0) return 'barred';
  const clearance = await ports.store.poolClearances.get(district, id);
  return clearance?.answers === answersDigest(work) ? clearance.state : 'unread';
}
