import { settleConsentEnd } from '../calibration/index.js';
import type { DistrictId } from '../kernel/index.js';
import { releaseUncleared } from './pools/clear-for-pool.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out the end of a consent, by withdrawal or by its date: 1 work that it opened to seats of the review pool goes to
 * others; 2 what it means for exemplars and submissions (`settleConsentEnd`). Runs again without harm.
 */
export async function settleConsentOfWork(
  ports: ReviewPorts,
  district: DistrictId,
  id: string,
): Promise<void> {
  const consent = await ports.evidence.store.consent(district, id);
  // 1
  if (consent?.use === 'pool-review' && consent.submission !== null)
    await releaseUncleared(ports, district, consent.submission);
  // 2
  await settleConsentEnd(ports.calibration, district, id);
}
