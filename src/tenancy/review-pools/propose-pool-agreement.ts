import { withAudit } from '../../audit/index.js';
import {
  AppError,
  found,
  newId,
  ruleViolated,
  serviceScope,
  type AchievementId,
  type Actor,
  type MemberId,
} from '../../kernel/index.js';
import type { TenancyPorts } from '../store.js';
import type { PoolAgreement } from './pool-agreement.js';

/** What is proposed: to which district, by its short name, and for which achievements of the actor's. */
export interface NewPoolAgreement {
  readonly district: string;
  readonly achievements: readonly string[];
}

/**
 * Proposes that reviewers of another district rate de-identified work of the actor's. Nothing follows before an admin of
 * that district accepts it (`acceptPoolAgreement`).
 * @param isReviewed whether an achievement of the actor's district is published and assessed by review; undefined where the
 * district has none of this id.
 * @throws not-found for an achievement that is not the district's; rule-violated naming the field; already-exists while one with that district is proposed or active.
 */
export async function proposePoolAgreement(
  ports: TenancyPorts,
  actor: Actor & { readonly member: MemberId },
  input: NewPoolAgreement,
  isReviewed: (achievement: string) => Promise<boolean | undefined>,
): Promise<PoolAgreement> {
  const home = await ports.store.districtBySlug(input.district.trim());
  if (home === undefined)
    throw ruleViolated(
      '/district',
      'must be the short name of a district of this service, such as "riverbend"',
    );
  if (home.id === actor.district)
    throw ruleViolated('/district', 'must be another district; your own reviewers need no agreement');
  for (const [index, achievement] of input.achievements.entries())
    if (!found(await isReviewed(achievement), 'achievement'))
      throw ruleViolated(`/achievements/${index}`, 'must be published and assessed by review');
  if (input.achievements.length === 0)
    throw ruleViolated('/achievements', 'must name at least one achievement');
  const now = ports.clock.now();
  const agreement: Omit<PoolAgreement, 'version' | 'pendingEntries' | 'auditDue'> = {
    id: newId(ports.randomness, 'pag'),
    district: serviceScope,
    tenant: actor.district,
    home: home.id,
    achievements: [...new Set(input.achievements)] as AchievementId[],
    state: 'proposed',
    openWith: home.id,
    proposedBy: actor.member,
    proposedAt: now,
    acceptedBy: null,
    acceptedAt: null,
    endedBy: null,
    endedAt: null,
    effectDue: now,
  };
  try {
    return await ports.store.pools.agreements.insert(
      withAudit(agreement, { actor, verb: 'proposed', collection: 'pool_agreements', facts: {} }, now),
    );
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    throw new AppError(
      'already-exists',
      `There is an agreement with ${home.name} already; end it before you propose another.`,
      { errors: [{ pointer: '/district', detail: 'has an agreement with you that is proposed or active' }] },
    );
  }
}
