import type { AchievementVersion } from '../achievements/index.js';
import { withAudit } from '../audit/index.js';
import { AppError, found, plusDays, type Actor, type AwardId } from '../kernel/index.js';
import { progressOf } from '../pathways/index.js';
import type { Award } from './award.js';
import { isEnded } from './award.js';
import { startCorrection } from './start-correction.js';
import { versionOf } from './read-record.js';
import type { IssuingPorts } from './store.js';

/** How long a milestone waits, suspended, for a revoked component to be made good. */
export const repairDays = 30;

/**
 * Brings a milestone in line with the awards it rests on, one change at a time: a component that was replaced or
 * earned anew takes the place of the old one; a corrected component is pinned anew in a correction; one that is not
 * in force suspends the milestone, and a revoked one revokes it after 30 days; all well again resumes it. A correction
 * that waits to be signed keeps it from none of these but another correction.
 * @returns whether it changed, so that it is to be looked at again.
 */
export async function followComponents(ports: IssuingPorts, award: Award): Promise<boolean> {
  if (award.basis.kind !== 'components' || award.holder === null || isEnded(award.state)) return false;
  // Nobody has it before its first edition is signed.
  if (award.edition === 0) return false;
  const changed = await nextChange(ports, award, award.basis.components);
  if (changed === undefined) return false;
  try {
    await ports.store.awards.replace(changed);
  } catch (error) {
    // Somebody changed it meanwhile: it is looked at again either way.
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
  }
  return true;
}

async function nextChange(
  ports: IssuingPorts,
  award: Award,
  components: readonly AwardId[],
): Promise<Award | undefined> {
  const now = ports.clock.now();
  const version = await versionOf(ports, award.district, award.achievementVersion);
  const awards = await Promise.all(
    components.map(async (id) => found(await ports.store.award(award.district, id), 'component award')),
  );
  const missing = awards.find((component) => component.state !== 'active');
  if (missing !== undefined) {
    const instead = await replacementOf(ports, award, version, missing);
    if (instead !== undefined) {
      const exchanged = components.map((id) => (id === missing.id ? instead : id));
      return audited(
        { ...award, basis: { kind: 'components', components: exchanged } },
        'component-replaced',
        now,
      );
    }
    return withoutComponent(ports, award, missing);
  }
  const edition = found(await ports.store.edition(award.district, award.id, award.edition), 'edition');
  const current = awards.every((component) =>
    edition.pins.some((pin) => pin.award === component.id && pin.edition === component.edition),
  );
  if (!current && award.making !== null) return undefined;
  if (!current)
    return startCorrection(
      ports,
      award,
      service(award),
      'A component credential was corrected or replaced.',
      now,
    );
  if (award.suspendedFor === null) return undefined;
  return audited(
    { ...award, state: 'active', reason: null, since: now, suspendedFor: null, repairBy: null },
    'resumed',
    now,
  );
}

/** Another award in force by which the holder has the achievement of this component. */
async function replacementOf(
  ports: IssuingPorts,
  award: Award,
  version: AchievementVersion,
  missing: Award,
): Promise<AwardId | undefined> {
  if (award.holder === null) return undefined;
  const component = await versionOf(ports, award.district, missing.achievementVersion);
  const { components } = await progressOf(ports.pathways, award.holder, version);
  const holding =
    components.find(({ achievement }) => achievement === component.achievement)?.holding ?? null;
  // A holding may still say what its award no longer is: the award decides.
  const instead = holding === null ? undefined : await ports.store.award(award.district, holding.award);
  return instead?.state === 'active' ? instead.id : undefined;
}

function withoutComponent(ports: IssuingPorts, award: Award, missing: Award): Award | undefined {
  const now = ports.clock.now();
  const gone = isEnded(missing.state);
  if (award.state === 'active') {
    return audited(
      {
        ...award,
        state: 'suspended',
        wasSuspended: true,
        reason: `The component credential ${missing.credentialId} is ${gone ? 'revoked' : 'suspended'}.`,
        since: now,
        suspendedFor: missing.id,
        repairBy: gone ? plusDays(now, repairDays) : null,
      },
      'suspended',
      now,
    );
  }
  if (award.repairBy !== null && gone && award.repairBy <= now) {
    return audited(
      {
        ...award,
        state: 'revoked',
        reason: `The component credential ${missing.credentialId} was revoked and not made good within ${repairDays} days.`,
        since: now,
        repairBy: null,
      },
      'revoked',
      now,
    );
  }
  if (award.suspendedFor === null || gone === (award.repairBy !== null)) return undefined;
  return audited(
    { ...award, suspendedFor: missing.id, repairBy: gone ? plusDays(now, repairDays) : null },
    'suspended',
    now,
  );
}

function audited(award: Award, verb: string, now: string): Award {
  return withAudit(
    award,
    { actor: service(award), verb, collection: 'awards', facts: { suspendedFor: award.suspendedFor } },
    now,
  );
}

function service(award: Award): Actor {
  return { kind: 'service', district: award.district };
}
