import { withAudit } from '../audit/index.js';
import { AppError, newId, plusDays, ruleViolated, type Actor, type MemberId } from '../kernel/index.js';
import type { QualificationAttempt } from './certification.js';
import { formOf, wholeForm, type FormShape } from './form-of.js';
import { freshExemplars } from './form-supply.js';
import { policyAt, type QualificationPolicy } from './policy/index.js';
import { refuseOutsideSeat, reviewedVersion } from './reviewed-version.js';
import { hexSeed, shuffled } from './seeded-draw.js';
import { settleAttempt } from './settle-attempt.js';
import type { CalibrationPorts } from './store.js';

/**
 * Starts a try at the qualifying form of a version: draws the form, and the reserve for extensions, from the exemplars
 * of the qualifying pool that are new to this reviewer (`freshExemplars`). The seed is kept, so that anyone can
 * draw again.
 * @throws not-found; already-exists while an attempt is open; conflict after two attempts in 90 days, in the week after one
 * that failed, and while a certification holds or is suspended; rule-violated when too few exemplars are new.
 */
export async function startQualification(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly achievementVersion: string },
): Promise<QualificationAttempt> {
  const inForce = await policyAt(ports, actor.district);
  const policy = inForce.qualification;
  await refuseOutsideSeat(ports, actor, input.achievementVersion);
  const { version, rubric } = await reviewedVersion(ports, actor.district, input.achievementVersion);
  const attempts = await ports.store.attemptsOf(actor.district, actor.member, version.id);
  await refuseUnlessDue(ports, actor, version.id, attempts, policy);
  const shape = formOf(rubric, policy);
  const keyed = await ports.store.pool(actor.district, version.id, 'qualifying', 'keyed');
  const fresh = await freshExemplars(ports, {
    ...{ district: actor.district, member: actor.member },
    ...{ version: version.id, pool: 'qualifying' },
  });
  const least = leastFor(shape, keyed.length, policy);
  if (fresh.length < least) {
    throw ruleViolated(
      '/achievementVersion',
      `has ${fresh.length} qualifying exemplars that you have not seen, and a form with its reserve takes ${least}; ask the lead reviewer to have ${least - fresh.length} more keyed`,
    );
  }
  const seed = hexSeed(ports.randomness.bytes(16));
  // The pool's order is the store's; the draw must follow from the seed and the ids alone.
  const drawn = shuffled(seed, fresh.map((exemplar) => exemplar.id).sort()).slice(0, wholeForm(shape));
  const form = drawn.slice(0, shape.form);
  const now = ports.clock.now();
  const number = attempts.length + 1;
  // 1. The attempt. Of two started at once, the unique number lets one through.
  const attempt: Omit<QualificationAttempt, 'version' | 'pendingEntries' | 'auditDue'> = {
    id: newId(ports.randomness, 'qat'),
    district: actor.district,
    reviewer: actor.member,
    achievementVersion: version.id,
    number,
    state: 'open',
    policy: inForce.number,
    seed,
    form,
    reserve: drawn.slice(shape.form),
    responses: [],
    figures: null,
    startedAt: now,
    endedAt: null,
    effectDue: now,
  };
  const facts = {
    ...{ achievementVersion: version.id, number, policy: inForce.number },
    ...{ seed, form, reserve: attempt.reserve },
  };
  let started: QualificationAttempt;
  try {
    started = await ports.store.attempts.insert(
      withAudit(attempt, { actor, verb: 'started', collection: 'qualification_attempts', facts }, now),
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'already-exists') throw alreadyOpen(error);
    throw error;
  }
  // 2. That its exemplars are served to this reviewer; should this be cut short, the sweep does it.
  return settleAttempt(ports, started);
}

/**
 * How many exemplars must be new to the reviewer: the form with its whole reserve, and with one extension while the pool
 * is still small (review-quality.md, "Founding").
 */
function leastFor(shape: FormShape, pool: number, policy: QualificationPolicy): number {
  if (shape.extensions === 0) return shape.form;
  return pool < policy.wholePool ? shape.form + shape.extension : wholeForm(shape);
}

async function refuseUnlessDue(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  version: QualificationAttempt['achievementVersion'],
  attempts: readonly QualificationAttempt[],
  policy: QualificationPolicy,
): Promise<void> {
  const now = ports.clock.now();
  if (attempts.some((attempt) => attempt.state === 'open')) throw alreadyOpen();
  const certifications = await ports.store.certificationsFor(actor.district, actor.member, version);
  if (certifications.some((one) => one.state === 'suspended' && now < one.until)) {
    throw new AppError(
      'conflict',
      'Your certification for this version is suspended; the lead reviewer decides what comes next.',
    );
  }
  const held = certifications.find((one) => one.state !== 'revoked' && now < one.until);
  if (held !== undefined && now < plusDays(held.until, -policy.renewDays)) {
    throw new AppError(
      'conflict',
      `You are certified for this version until ${held.until}; you can qualify again from ${plusDays(held.until, -policy.renewDays)}.`,
    );
  }
  const counted = attempts.filter(({ state }) => state !== 'void');
  const recent = counted.filter((attempt) => attempt.startedAt > plusDays(now, -policy.attemptsWithinDays));
  if (recent.length >= policy.attempts) {
    const next = plusDays(recent[recent.length - policy.attempts]!.startedAt, policy.attemptsWithinDays);
    throw new AppError(
      'conflict',
      `You have made ${policy.attempts} attempts in ${policy.attemptsWithinDays} days; the next is possible from ${next}.`,
    );
  }
  const failed = counted.filter(({ state }) => state === 'not-certified').at(-1)?.endedAt ?? null;
  if (failed !== null && now < plusDays(failed, policy.coolDownDays)) {
    throw new AppError(
      'conflict',
      `Your last attempt ended on ${failed} without a certification; practise, and begin the next from ${plusDays(failed, policy.coolDownDays)}.`,
    );
  }
}

function alreadyOpen(cause?: unknown): AppError {
  return new AppError('already-exists', 'You have an open attempt at this version; go on with that one.', {
    cause,
  });
}
