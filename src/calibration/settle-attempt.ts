import { found, update, type Actor } from '../kernel/index.js';
import type { QualificationAttempt } from './certification.js';
import { serve } from './exemplar-serving.js';
import { replaceInForm } from './form-supply.js';
import { grantCertification } from './grant-certification.js';
import { observe, type Observed } from './observe.js';
import { policyNumbered } from './policy/index.js';
import { reviewedVersion } from './reviewed-version.js';
import type { CalibrationPorts } from './store.js';

/**
 * Keeps that the form of an open attempt is served, and gives the certification that an ended one earned, with its
 * responses as observations; runs again from any point. Called by the sweep of `effectDue`, and at once by what makes it
 * due.
 */
export async function settleAttempt(
  ports: CalibrationPorts,
  attempt: QualificationAttempt,
): Promise<QualificationAttempt> {
  if (attempt.effectDue === null) return attempt;
  if (attempt.state === 'open') {
    // What is on the form is served; should one have been served otherwise meanwhile, another takes its place.
    const mended = await serveForm(ports, attempt);
    if (mended.form !== attempt.form) return settleAttempt(ports, mended);
  }
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
    (kept) => {
      // What became due meanwhile stays due.
      const same = kept.state === attempt.state && kept.form.join() === attempt.form.join();
      return kept.effectDue === null || !same ? undefined : { ...kept, effectDue: null };
    },
    'qualification attempt',
  );
}

/** Keeps the servings of the form; the attempt as it is then. */
async function serveForm(
  ports: CalibrationPorts,
  attempt: QualificationAttempt,
): Promise<QualificationAttempt> {
  const { district, reviewer: member, id: cause } = attempt;
  for (const id of attempt.form) {
    const exemplar = found(await ports.store.exemplar(district, id), 'exemplar');
    if (!(await serve(ports, exemplar, { member, use: 'qualifying', cause }))) {
      const changed = await replaceInForm(ports, attempt, id);
      if (changed.form.join() !== attempt.form.join() || changed.state !== 'open') return changed;
    }
  }
  return attempt;
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
