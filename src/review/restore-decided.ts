import { found } from '../kernel/index.js';
import { restoreOutcome, type Submission } from '../submissions/index.js';
import type { ReviewPorts } from './store.js';

/** Gives a submission that is rated again its decision back, which so stands; nothing when it is decided already. */
export async function restoreDecided(
  ports: Pick<ReviewPorts, 'store' | 'submissions'>,
  { district, id }: Pick<Submission, 'district' | 'id'>,
): Promise<void> {
  const standing = found(await ports.store.decisionOn(district, id), 'decision');
  await restoreOutcome(ports.submissions, district, id, standing.outcome);
}
