import type { Submission } from '../submissions/index.js';
import { restoreDecided } from './restore-decided.js';
import { closeCase } from './settle-case.js';
import type { ReviewPorts } from './store.js';

/**
 * Ends a later round whose evidence was erased or lost its consent: 1 its case and assignments; 2 the submission has its
 * decision back, which stands. Runs again from any point.
 */
export async function endRoundWithoutDecision(ports: ReviewPorts, submission: Submission): Promise<void> {
  // 1
  const open = (await ports.store.casesOn(submission.district, submission.id)).at(-1);
  if (open !== undefined && open.round > 0) await closeCase(ports, open);
  // 2
  await restoreDecided(ports, submission);
}
