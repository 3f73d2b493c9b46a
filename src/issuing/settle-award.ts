import { AppError, allOf, found, update } from '../kernel/index.js';
import { keepHolding } from '../pathways/index.js';
import type { Award } from './award.js';
import { isEnded } from './award.js';
import { followComponents } from './follow-components.js';
import { makeEdition } from './make-edition.js';
import { setStatusBits } from './set-status-bits.js';
import { standDown } from './stand-down.js';
import { versionOf } from './read-record.js';
import type { IssuingPorts } from './store.js';

/** How often an award is looked at anew because somebody changed it meanwhile. */
const mostPasses = 20;

/**
 * Carries out whatever follows from how an award stands, from wherever that was left: its edition, its holding, the
 * award that it replaces, its status bits, and the milestones that rest on it. Running it again changes nothing.
 * @throws not-found; rule-violated when a credential may not be signed as it is, conflict while the issuing of its
 * version is stopped: everything else was carried out then; conflict when it keeps changing.
 */
export async function settleAward(ports: IssuingPorts, district: string, id: string): Promise<Award> {
  const { award, waits } = await followAward(ports, district, id);
  if (waits !== undefined) throw waits;
  return award;
}

/** An award as it stands, and why an edition in the making could not be made now; it stays due then. */
export interface FollowedAward {
  readonly award: Award;
  readonly waits?: AppError;
}

/**
 * The same, for what must not wait for a signature: an edition that cannot be made now keeps nothing else from being
 * carried out, of this award or of another.
 * @throws not-found; conflict when it keeps changing.
 */
export async function followAward(ports: IssuingPorts, district: string, id: string): Promise<FollowedAward> {
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const before = found(await ports.store.award(district, id), 'award');
    // How it stands is so for verifiers before anything is tried that may fail.
    if (before.making !== null && before.edition > 0) await setStatusBits(ports, before);
    // 2 to 5. The edition in the making.
    const { award, waits } = await madeOrWaiting(ports, before);
    if (waits === undefined && award.making !== null) continue;
    if (await followComponents(ports, award)) continue;
    // A revoked or corrected credential is so for verifiers before anything else follows.
    await setStatusBits(ports, award);
    // 6. The holding.
    await holdingOf(ports, award);
    await ports.atStep?.('6 holding kept');
    if (award.replaces !== null && award.state === 'active') {
      const replaced = await standDown(ports, award, award.replaces);
      if (replaced.effectDue !== null) await followAward(ports, district, replaced.id);
    }
    await settleDependents(ports, award);
    if (waits !== undefined) return { award, waits };
    const settled = await markSettled(ports, award);
    if (settled !== undefined) return { award: settled };
  }
  throw new AppError('conflict', 'The award is being changed by others all the time; try again.');
}

async function madeOrWaiting(ports: IssuingPorts, before: Award): Promise<FollowedAward> {
  try {
    return { award: await makeEdition(ports, before) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { award: found(await ports.store.award(before.district, before.id), 'award'), waits: error };
  }
}

async function markSettled(ports: IssuingPorts, award: Award): Promise<Award | undefined> {
  // A milestone that waits for a repair is due again when the time for it is over.
  if (award.effectDue === award.repairBy) return award;
  try {
    return await ports.store.awards.replace({ ...award, effectDue: award.repairBy });
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return undefined;
    throw error;
  }
}

async function holdingOf(ports: IssuingPorts, award: Award): Promise<void> {
  if (award.holder === null || award.state === 'preparing') return;
  const version = await versionOf(ports, award.district, award.achievementVersion);
  await keepHolding(ports.pathways, {
    district: award.district,
    holder: award.holder,
    award: award.id,
    credentialId: award.credentialId,
    achievement: version.achievement,
    achievementVersion: version.id,
    name: version.content.name,
    assessedBy: version.content.assessment.by,
    creditHours: version.content.creditHours,
    state: award.state,
    awardedDate: award.awardedDate,
    validUntil: award.validUntil,
  });
}

/** The milestones that rest on this award become due, then are settled; a crash between leaves them due. */
async function settleDependents(ports: IssuingPorts, award: Award): Promise<void> {
  for (const dependent of await dependentsOf(ports, award)) {
    await update(
      ports.store.awards,
      award.district,
      dependent.id,
      (kept) => ({ ...kept, effectDue: ports.clock.now() }),
      'award',
    );
    // One that waits for a signature is due by itself, and keeps this award from nothing.
    await followAward(ports, award.district, dependent.id);
  }
}

async function dependentsOf(ports: IssuingPorts, award: Award): Promise<readonly Award[]> {
  const { holder } = award;
  if (holder === null) return [];
  const awards = await allOf((request) => ports.store.pageOfHoldersAwards(award.district, holder, request));
  return awards.filter(
    ({ basis, state }) =>
      basis.kind === 'components' && basis.components.includes(award.id) && !isEnded(state),
  );
}
