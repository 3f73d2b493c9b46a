import { found, update, type AwardId } from '../kernel/index.js';
import { holdingLookedAt, progressOf, type Holding } from '../pathways/index.js';
import type { AchievementVersion } from '../achievements/index.js';
import { prepareAward } from './prepare-award.js';
import { settleAward } from './settle-award.js';
import { publishedMilestones } from './read-record.js';
import type { IssuingPorts } from './store.js';

/**
 * Looks at what a changed holding completes: every published milestone version with this achievement among its
 * components is awarded once to a holder who has them all; one that was awarded before and waits is looked at again.
 */
export async function settleMilestones(ports: IssuingPorts, holding: Holding): Promise<void> {
  if (holding.state === 'active') {
    const milestones = await publishedMilestones(ports, holding.district);
    for (const milestone of milestones) await settleMilestone(ports, holding, milestone);
  }
  await holdingLookedAt(ports.pathways, holding);
}

async function settleMilestone(
  ports: IssuingPorts,
  holding: Holding,
  milestone: AchievementVersion,
): Promise<void> {
  const { assessment } = milestone.content;
  if (assessment.by !== 'components' || !assessment.components.includes(holding.achievement)) return;
  const progress = await progressOf(ports.pathways, holding.holder, milestone);
  if (!progress.complete) return;
  const uniqueBy = `components:${milestone.id}:${holding.holder}`;
  const before = await ports.store.awardUniqueBy(holding.district, uniqueBy);
  if (before === undefined) {
    const holder = found(await ports.tenancy.store.member(holding.district, holding.holder), 'member');
    const components = progress.components.flatMap((component): AwardId[] =>
      component.holding === null ? [] : [component.holding.award],
    );
    const award = await prepareAward(ports, {
      actor: { kind: 'service', district: holding.district },
      version: milestone,
      basis: { kind: 'components', components },
      uniqueBy,
      holder,
      awardedDate: ports.clock.now(),
    });
    await settleAward(ports, holding.district, award.id);
    return;
  }
  // A component earned anew may repair it.
  if (before.suspendedFor !== null || before.making !== null) {
    await update(
      ports.store.awards,
      before.district,
      before.id,
      (kept) => ({ ...kept, effectDue: ports.clock.now() }),
      'award',
    );
    await settleAward(ports, before.district, before.id);
  }
}
