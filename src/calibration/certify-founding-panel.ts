import { ruleViolated, type Actor, type MemberId } from '../kernel/index.js';
import type { Certification } from './certification.js';
import { formOf } from './form-of.js';
import { grantCertification } from './grant-certification.js';
import { policyAt } from './policy/index.js';
import { reviewedVersion } from './reviewed-version.js';
import type { CalibrationPorts } from './store.js';

/**
 * Certifies the experts of a new version by their keying: those who rated every keyed exemplar blind, once the
 * qualifying pool holds a form and a reserve (review-quality.md, "Founding"). Done again it certifies nobody twice.
 * @returns the panel's certifications, those of an earlier call among them.
 * @throws not-found; rule-violated when too few exemplars are keyed or no expert rated them all.
 */
export async function certifyFoundingPanel(
  ports: CalibrationPorts,
  actor: Actor,
  input: { readonly achievementVersion: string },
): Promise<readonly Certification[]> {
  const inForce = await policyAt(ports, actor.district);
  const policy = inForce.qualification;
  const { version, rubric } = await reviewedVersion(ports, actor.district, input.achievementVersion);
  const keyed = (await ports.store.exemplarsOfVersion(actor.district, version.id)).filter(
    (exemplar) => exemplar.state === 'keyed' && exemplar.pool !== 'retired',
  );
  const qualifying = keyed.filter((exemplar) => exemplar.pool === 'qualifying').length;
  const shape = formOf(rubric, policy);
  const least = Math.max(policy.foundingPool, shape.form);
  if (qualifying < least) {
    throw ruleViolated(
      '/achievementVersion',
      `has ${qualifying} keyed exemplars in its qualifying pool; key ${least} (a form of ${shape.form} and a reserve of ${least - shape.form}) before its experts are certified by the keying`,
    );
  }
  const experts = [...new Set(keyed.flatMap((exemplar) => exemplar.ratings.map((rating) => rating.expert)))];
  const panel: MemberId[] = [];
  for (const expert of experts) {
    const member = await ports.tenancy.store.member(actor.district, expert);
    const ratedAll = keyed.every((exemplar) => exemplar.ratings.some((rating) => rating.expert === expert));
    if (ratedAll && member?.state === 'active') panel.push(expert);
  }
  if (panel.length === 0) {
    throw ruleViolated(
      '/achievementVersion',
      `has no expert who rated all of its ${keyed.length} keyed exemplars; only such experts are certified by the keying`,
    );
  }
  const from = ports.clock.now();
  return Promise.all(
    panel.map((reviewer) =>
      grantCertification(ports, actor, {
        reviewer,
        achievementVersion: version.id,
        earned: { by: 'keying' },
        from,
        policy: inForce,
      }),
    ),
  );
}
