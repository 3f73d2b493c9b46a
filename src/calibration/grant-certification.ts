import { withAudit } from '../audit/index.js';
import { AppError, newId, type Actor, type Instant, type MemberId } from '../kernel/index.js';
import { plusMonths, type Certification } from './certification.js';
import type { DistrictPolicy } from './policy/index.js';
import { firstReminder } from './remind-of-certification.js';
import type { CalibrationPorts } from './store.js';

/** What a certification is given for; `from` is when it was earned. */
export interface Grant {
  readonly reviewer: MemberId;
  readonly achievementVersion: Certification['achievementVersion'];
  readonly earned:
    | { readonly by: 'keying' }
    | { readonly by: 'qualification'; readonly attempt: NonNullable<Certification['attempt']> };
  readonly from: Instant;
  /** The policy under which it was earned. */
  readonly policy: DistrictPolicy;
}

/** Gives a certification for as long as the policy says, 12 months by default; granted again for the same attempt or keying, it is the one already given. */
export async function grantCertification(
  ports: CalibrationPorts,
  actor: Actor,
  { reviewer, achievementVersion, earned, from, policy }: Grant,
): Promise<Certification> {
  const uniqueBy =
    earned.by === 'keying' ? `keying:${achievementVersion}:${reviewer}` : `attempt:${earned.attempt}`;
  const kept = await ports.store.certifications.find(actor.district, 'uniqueBy', [uniqueBy]);
  if (kept !== undefined) return kept;
  const until = plusMonths(from, policy.qualification.validMonths);
  const certification: Omit<Certification, 'version' | 'pendingEntries' | 'auditDue'> = {
    id: newId(ports.randomness, 'cer'),
    district: actor.district,
    reviewer,
    achievementVersion,
    state: 'active',
    basis: earned.by,
    attempt: earned.by === 'keying' ? null : earned.attempt,
    uniqueBy,
    from,
    until,
    policy: policy.number,
    reason: null,
    suspensions: [],
    revokedAt: null,
    effectDue: await firstReminder(ports, { district: actor.district, from, until }),
  };
  const facts = {
    reviewer,
    achievementVersion,
    basis: earned.by,
    attempt: certification.attempt,
    policy: policy.number,
    until: certification.until,
  };
  try {
    return await ports.store.certifications.insert(
      withAudit(
        certification,
        { actor, verb: 'certified', collection: 'certifications', facts },
        ports.clock.now(),
      ),
    );
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    const granted = await ports.store.certifications.find(actor.district, 'uniqueBy', [uniqueBy]);
    if (granted === undefined) throw error;
    return granted;
  }
}
