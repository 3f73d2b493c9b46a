import { withAudit, type Audited } from '../audit/index.js';
import { policyAt } from '../calibration/index.js';
import {
  AppError,
  ruleViolated,
  update,
  type Actor,
  type CollectionSpec,
  type DistrictId,
  type Instant,
  type MemberId,
  type Stored,
} from '../kernel/index.js';
import type { ReviewPorts } from './store.js';

/** How much time a reviewer has for reviews, as said by the reviewer. */
export interface Availability extends Stored, Audited {
  /** The member's id. */
  readonly id: MemberId;
  readonly district: DistrictId;
  /** 0 to 2400; with 0 nothing new is drawn for them. */
  readonly minutesPerWeek: number;
  readonly saidAt: Instant;
}

export const availabilitiesSpec: CollectionSpec<Availability> = {
  name: 'availabilities',
  scope: 'district',
  unique: [],
  indexes: [{ name: 'all', equality: [], order: 'id' }],
  sweeps: ['auditDue'],
};

/** The most minutes that a week of work has. */
export const mostMinutes = 2400;

/** A reviewer's minutes a week: what was said, or the policy's where nothing was. */
export async function minutesOf(
  ports: Pick<ReviewPorts, 'store' | 'calibration'>,
  district: string,
  member: string,
): Promise<number> {
  const said = await ports.store.availabilities.get(district, member);
  return said?.minutesPerWeek ?? (await policyAt(ports.calibration, district)).review.minutesPerWeek;
}

/**
 * Says how many minutes a week the caller has for reviews, from now on. Work that is open stays open.
 * @throws rule-violated for anything but whole minutes from 0 to 2400.
 */
export async function setMinutes(
  ports: Pick<ReviewPorts, 'store' | 'clock'>,
  actor: Actor & { readonly member: MemberId },
  minutesPerWeek: number,
): Promise<number> {
  if (!Number.isInteger(minutesPerWeek) || minutesPerWeek < 0 || minutesPerWeek > mostMinutes) {
    throw ruleViolated(
      '/minutesPerWeek',
      `must be whole minutes from 0 to ${mostMinutes}; with 0 nothing new is drawn for you`,
    );
  }
  const { district, member: id } = actor;
  const now = ports.clock.now();
  const entry = { actor, verb: 'said', collection: 'availabilities', facts: { minutesPerWeek } };
  const said = { id, district, minutesPerWeek, saidAt: now };
  try {
    await ports.store.availabilities.insert(withAudit(said, entry, now));
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    await update(
      ports.store.availabilities,
      district,
      id,
      (kept) =>
        kept.minutesPerWeek === minutesPerWeek ? undefined : withAudit({ ...kept, ...said }, entry, now),
      'availability',
    );
  }
  return minutesPerWeek;
}
