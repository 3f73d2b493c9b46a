import { found, update, type Actor } from '../kernel/index.js';
import type { QualificationAttempt } from './certification.js';
import { grantCertification } from './grant-certification.js';
import { observe, type Observed } from './observation.js';
import { policyNumbered } from './policy/index.js';
import { reviewedVersion } from './reviewed-version.js';
import type { CalibrationPorts } from './store.js';

/**
 * Gives the certification that an attempt earned and keeps its responses as observations; runs again from any point. Called by the sweep of `effectDue`, and at
 * once by the response that ends the form.
 */
export async function settleAttempt(
  ports: CalibrationPorts,
  attempt: QualificationAttempt,
): Promise<QualificationAttempt> {
  if (attempt.effectDue === null) return attempt;
  if (attempt.state === 'certified') {
    const actor: Actor = { kind: 'service', district: attempt.district };
    // 1. The certification, unique by the attempt.
    await grantCertification(ports, actor, {
      reviewer: attempt.reviewer,
      achievementVersion: attempt.achievementVersion,
      earned: { by: 'qualification', attempt: attempt.id },
      from: attempt.endedAt ?? ports.clock.now(),
      policy: await policyNumbered(ports, attempt.district, attempt.policy),
    });
    // 2. What the form showed, where drift will look for it.
    await observeResponses(ports, attempt);
  }
  // 3. Done.
  return update(
    ports.store.attempts,
    attempt.district,
    attempt.id,
    (kept) => (kept.effectDue === null ? undefined : { ...kept, effectDue: null }),
    'qualification attempt',
  );
}

async function observeResponses(ports: CalibrationPorts, attempt: QualificationAttempt): Promise<void> {
  const { district, reviewer, achievementVersion } = attempt;
  const { rubric } = await reviewedVersion(ports, district, achievementVersion);
  for (const { exemplar, levels, at } of attempt.responses) {
    const { key } = found(await ports.store.exemplar(district, exemplar), 'exemplar');
    if (key === null) throw new Error(`exemplar ${exemplar} of a qualifying form has no key`);
    const observed: Observed = {
      id: `${attempt.id}:${exemplar}`,
      ...{ district, reviewer, achievementVersion, exemplar, at },
      ...{ kind: 'qualifying', given: levels, reference: key.levels, rating: null, other: null },
    };
    await observe(ports.store, rubric, observed);
  }
}
