import { update } from '../kernel/index.js';
import type { Decision } from './rating.js';
import type { ReviewPorts } from './store.js';

/** Says that what a decision makes due, the award or the feedback, is carried out. @throws not-found. */
export function finishDecision(
  ports: Pick<ReviewPorts, 'store'>,
  { district, id }: { readonly district: string; readonly id: string },
): Promise<Decision> {
  return update(
    ports.store.decisions,
    district,
    id,
    (decision) => (decision.effectDue === null ? undefined : { ...decision, effectDue: null }),
    'decision',
  );
}
