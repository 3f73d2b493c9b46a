import type { AchievementVersion } from '../achievements/index.js';
import { plusMonths } from '../calibration/index.js';
import type { Instant, Json } from '../kernel/index.js';
import { poolFigures } from './pool-figures.js';
import { poolSaid, type PoolFigures } from './quality-statement.js';
import type { IssuingPorts } from './store.js';

/** How a version was reviewed in one quarter of a year. */
export interface QualityQuarter {
  /** Such as `2026-Q3`. */
  readonly quarter: string;
  readonly pool: PoolFigures;
}

/**
 * How a version was reviewed, quarter by quarter since it was published, the newest first. Only quarters that are over:
 * figures that move from day to day would let somebody read single ratings from their differences. At most the last
 * twenty.
 */
export async function qualityByQuarter(
  ports: Pick<IssuingPorts, 'review' | 'calibration' | 'tenancy' | 'clock'>,
  version: AchievementVersion,
): Promise<readonly QualityQuarter[]> {
  const now = ports.clock.now();
  const quarters: QualityQuarter[] = [];
  let to = startOfQuarter(now);
  while (version.publishedAt !== null && to > version.publishedAt && quarters.length < most) {
    const from = plusMonths(to, -3);
    quarters.push({ quarter: nameOf(from), pool: await poolFigures(ports, version, from, to) });
    to = from;
  }
  return quarters;
}

const most = 20;

/** The report as JSON: numbers are strings, as in a review quality statement, and the same rules of suppression hold. */
export function qualityReport(
  version: AchievementVersion,
  quarters: readonly QualityQuarter[],
): { readonly [member: string]: Json } {
  return {
    type: 'ReviewQualityReport',
    version: '1',
    achievement: version.url,
    rubricVersion: String(version.number),
    quarters: quarters.map(({ quarter, pool }) => ({ quarter, pool: poolSaid(pool) })),
  };
}

function startOfQuarter(instant: Instant): Instant {
  const month = Math.floor((Number(instant.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${instant.slice(0, 4)}-${String(month).padStart(2, '0')}-01T00:00:00${instant.slice(19)}` as Instant;
}

function nameOf(from: Instant): string {
  return `${from.slice(0, 4)}-Q${(Number(from.slice(5, 7)) + 2) / 3}`;
}
