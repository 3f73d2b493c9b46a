import { withAudit } from '../audit/index.js';
import {
  AppError,
  newId,
  plusDays,
  ruleViolated,
  update,
  type Actor,
  type ExemplarId,
  type MemberId,
} from '../kernel/index.js';
import type { QualificationAttempt } from './certification.js';
import { tookPart, type Exemplar } from './exemplar.js';
import { policyAt, type QualificationPolicy } from './policy/index.js';
import { reviewedVersion } from './reviewed-version.js';
import { hexSeed, shuffled } from './seeded-draw.js';
import type { CalibrationPorts } from './store.js';

/**
 * Starts a try at the qualifying form of a version: draws the form, and the reserve for extensions, from the exemplars
 * of the qualifying pool that this reviewer has neither keyed nor met before. The seed is kept, so that anyone can
 * draw again.
 * @throws not-found; already-exists while an attempt is open; conflict after two attempts in 90 days, while a
 * certification holds or is suspended, and when the pool holds too few exemplars.
 */
export async function startQualification(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly achievementVersion: string },
): Promise<QualificationAttempt> {
  const inForce = await policyAt(ports, actor.district);
  const policy = inForce.qualification;
  const { version } = await reviewedVersion(ports, actor.district, input.achievementVersion);
  const attempts = await ports.store.attemptsOf(actor.district, actor.member, version.id);
  await refuseUnlessDue(ports, actor, version.id, attempts, policy);
  const pool = (await ports.store.pool(actor.district, version.id, 'qualifying', 'keyed')).filter(
    (exemplar) => isUnknownTo(exemplar, actor.member, attempts),
  );
  if (pool.length < policy.form) {
    throw ruleViolated(
      '/achievementVersion',
      `has ${pool.length} qualifying exemplars that you have not seen, and a form takes ${policy.form}; ask the lead reviewer to have ${policy.form - pool.length} more keyed`,
    );
  }
  const seed = hexSeed(ports.randomness.bytes(16));
  // The pool's order is the store's; the draw must follow from the seed and the ids alone.
  const drawn = shuffled(seed, pool.map((exemplar) => exemplar.id).sort()).slice(
    0,
    policy.form + policy.extension * policy.extensions,
  );
  const form = drawn.slice(0, policy.form);
  const now = ports.clock.now();
  const number = attempts.length + 1;
  // 1. Count the exposures: after a crash here too many are counted, never too few.
  await countExposure(ports, actor.district, form);
  // 2. The attempt. Of two started at once, the unique number lets one through.
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
    reserve: drawn.slice(policy.form),
    responses: [],
    figures: null,
    startedAt: now,
    endedAt: null,
    effectDue: null,
  };
  const facts = {
    ...{ achievementVersion: version.id, number, policy: inForce.number },
    ...{ seed, form, reserve: attempt.reserve },
  };
  try {
    return await ports.store.attempts.insert(
      withAudit(attempt, { actor, verb: 'started', collection: 'qualification_attempts', facts }, now),
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'already-exists') throw alreadyOpen(error);
    throw error;
  }
}

/** Adds one to the exposure of each: they are about to be shown to somebody who is measured. */
export async function countExposure(
  ports: CalibrationPorts,
  district: string,
  exemplars: readonly ExemplarId[],
): Promise<void> {
  for (const id of exemplars) {
    await update(
      ports.store.exemplars,
      district,
      id,
      (exemplar) => ({ ...exemplar, exposure: exemplar.exposure + 1 }),
      'exemplar',
    );
  }
}

function isUnknownTo(
  exemplar: Exemplar,
  member: MemberId,
  attempts: readonly QualificationAttempt[],
): boolean {
  const met = attempts.some(({ form }) => form.includes(exemplar.id));
  return !met && !tookPart(exemplar, member);
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
  const recent = attempts.filter((attempt) => attempt.startedAt > plusDays(now, -policy.attemptsWithinDays));
  if (recent.length >= policy.attempts) {
    const next = plusDays(recent[recent.length - policy.attempts]!.startedAt, policy.attemptsWithinDays);
    throw new AppError(
      'conflict',
      `You have made ${policy.attempts} attempts in ${policy.attemptsWithinDays} days; the next is possible from ${next}.`,
    );
  }
}

function alreadyOpen(cause?: unknown): AppError {
  return new AppError('already-exists', 'You have an open attempt at this version; go on with that one.', {
    cause,
  });
}
