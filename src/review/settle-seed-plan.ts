import { certificationFor, policyAt, type SeedPolicy } from '../calibration/index.js';
import { found, plusDays, unreachable } from '../kernel/index.js';
import { giveSeed } from './give-seed.js';
import { newOwed, nextTermCheck } from './owe-seeds.js';
import { changePlan, type OwedSeed, type SeedPlan } from './seed-plan.js';
import { tellOfSeeds } from './tell-of-seeds.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out what is due of a reviewer's plan: 1 gives the seeds whose moment has come; 2 sees to the fewest of a term;
 * 3 tells the reviewer of those rated. Runs again from any point.
 */
export async function settleSeedPlan(
  ports: ReviewPorts,
  { district, id }: { readonly district: string; readonly id: string },
): Promise<void> {
  const now = ports.clock.now();
  const { seeds: policy } = await policyAt(ports.calibration, district);
  const plan = found(await ports.store.seedPlans.get(district, id), 'seed plan');
  // 1
  for (const owed of plan.owed.filter(({ giveAt }) => giveAt <= now)) await give(ports, plan, owed, policy);
  // 2
  if (plan.termCheckAt <= now) await checkTerm(ports, plan, policy);
  // 3
  if (plan.tellAt !== null && plan.tellAt <= now) await tellOfSeeds(ports, plan, policy);
}

async function give(ports: ReviewPorts, plan: SeedPlan, owed: OwedSeed, policy: SeedPolicy): Promise<void> {
  const now = ports.clock.now();
  const became = await giveSeed(ports, plan, owed);
  await changePlan(ports.store, plan, (kept) => {
    if (!kept.owed.some(({ assignment }) => assignment === owed.assignment)) return undefined;
    const rest = kept.owed.filter(({ assignment }) => assignment !== owed.assignment);
    switch (became) {
      case 'given':
        return { ...kept, owed: rest, shortSince: null, termCheckAt: nextTermCheck(now, policy) };
      case 'later':
        return { ...kept, owed: [...rest, { ...owed, giveAt: plusDays(now, 1) }] };
      case 'missing':
        return { ...kept, owed: rest, missing: kept.missing + 1, shortSince: kept.shortSince ?? now };
      case 'over':
        return { ...kept, owed: rest };
      default:
        return unreachable(became);
    }
  });
}

/** Owes a seed to who has live work in the term and was given none for most of its share. */
async function checkTerm(ports: ReviewPorts, plan: SeedPlan, policy: SeedPolicy): Promise<void> {
  const now = ports.clock.now();
  const { district, reviewer, achievementVersion } = plan;
  const [certification, live] = await Promise.all([
    certificationFor(ports.calibration, district, reviewer, achievementVersion, now),
    ports.store.lastLiveWork(district, reviewer, achievementVersion),
  ]);
  const works = live !== undefined && live.assignedAt > plusDays(now, -policy.termDays);
  const owed =
    works && certification !== undefined && plan.owed.length === 0
      ? await newOwed(ports, { certification }, { because: 'term', cause: `term:${plan.termCheckAt}` })
      : undefined;
  await changePlan(ports.store, plan, (kept) => ({
    ...kept,
    termCheckAt: nextTermCheck(now, policy),
    owed:
      owed === undefined || kept.owed.some(({ cause }) => cause === owed.cause)
        ? kept.owed
        : [...kept.owed, owed],
  }));
}
