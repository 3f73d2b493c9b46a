import { found, ruleViolated, type Actor, type Instant } from '../kernel/index.js';
import { replacementKey, type Award } from './award.js';
import { publicReason } from './change-award.js';
import { findAward } from './own-award.js';
import { prepareAward } from './prepare-award.js';
import { settleAward } from './settle-award.js';
import { versionOf } from './read-record.js';
import type { IssuingPorts } from './store.js';

/** What the new credential has otherwise than the old one. */
export interface Supersession {
  readonly award: string;
  readonly reason: string;
  readonly validUntil?: Instant | null;
}

/**
 * Issues a new credential, with an id of its own, for the same achievement on the same ground; the old one is
 * superseded: its status bit is set and its standing names the new one. Asked again, it gives the same new award.
 * @throws not-found; rule-violated when the award is not active or suspended, is a milestone, its holder is gone, or
 * validUntil is not after now.
 */
export async function supersedeAward(
  ports: IssuingPorts,
  actor: Actor,
  input: Supersession,
): Promise<{ readonly award: Award; readonly superseded: Award }> {
  publicReason(input.reason);
  // Refused before anything is written: a new award that cannot be signed would stand in the way of a better one.
  if (input.validUntil !== undefined && input.validUntil !== null && input.validUntil <= ports.clock.now()) {
    throw ruleViolated('/validUntil', 'must be after now; to end a credential at once, revoke it');
  }
  const old = await findAward(ports, actor.district, input.award);
  const uniqueBy = replacementKey(old);
  const begun = await ports.store.awardUniqueBy(old.district, uniqueBy);
  if (begun === undefined && !['active', 'suspended'].includes(old.state)) {
    throw ruleViolated('/award', `is ${old.state}; only one that is active or suspended can be superseded`);
  }
  if (old.basis.kind === 'components') {
    throw ruleViolated(
      '/award',
      'is a milestone: it follows its components by itself; correct or supersede those',
    );
  }
  const holder = old.holder === null ? undefined : await ports.tenancy.store.member(old.district, old.holder);
  if (holder === undefined)
    throw ruleViolated('/award', 'has no holder any more to whom another could be issued');
  const version = await versionOf(ports, old.district, old.achievementVersion);
  const prepared = await prepareAward(ports, {
    actor,
    version,
    basis: old.basis,
    uniqueBy,
    holder,
    awardedDate: old.awardedDate,
    validUntil: input.validUntil === undefined ? old.validUntil : input.validUntil,
    replaces: old,
  });
  const award = await settleAward(ports, old.district, prepared.id);
  return { award, superseded: found(await ports.store.award(old.district, old.id), 'award') };
}
