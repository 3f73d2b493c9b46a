import type { AchievementVersion } from '../achievements/index.js';
import { ruleViolated, type MemberId } from '../kernel/index.js';
import { progressFrom, type Progress } from './holding.js';
import { holdingsOf } from './holdings-of.js';
import type { PathwayPorts } from './store.js';

/**
 * How far a member is towards this milestone version.
 * @throws rule-violated when the version is no milestone.
 */
export async function progressOf(
  ports: PathwayPorts,
  member: MemberId,
  milestone: AchievementVersion,
): Promise<Progress> {
  const { assessment } = milestone.content;
  if (assessment.by !== 'components')
    throw ruleViolated(
      '/achievement',
      'is no milestone: only an achievement assessed by components has progress',
    );
  const holdings = await holdingsOf(ports, milestone.district, member);
  return progressFrom(assessment.components, holdings, ports.clock.now());
}
