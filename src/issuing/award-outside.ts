import type { AchievementId } from '../kernel/index.js';
import { AppError, found, isId, ruleViolated, type Actor, type Instant } from '../kernel/index.js';
import { hmacSha256 } from '../securing/index.js';
import { normalEmail, type Member } from '../tenancy/index.js';
import type { Award, AwardSource } from './award.js';
import { prepareAward } from './prepare-award.js';
import { settleAward } from './settle-award.js';
import { currentVersionOf } from './read-record.js';
import type { IssuingPorts } from './store.js';

/** An award of an achievement that is assessed outside this service. */
export interface OutsideAward {
  readonly achievement: string;
  /** A member of the district: by address or by id, one of the two. */
  readonly email?: string;
  readonly member?: string;
  /** Now when left out; not after now. */
  readonly awardedDate?: Instant;
  /** By the version's validity when left out. */
  readonly validUntil?: Instant | null;
  /** The school that assessed for the district; the district itself when left out. */
  readonly source?: AwardSource;
}

/**
 * Awards an achievement that its version says is assessed outside, once to a person.
 * @throws not-found; already-exists when the person has it; rule-violated naming the field, also for an achievement
 * that is reviewed here: such a credential rests only on a signed-off decision.
 */
export async function awardOutside(ports: IssuingPorts, actor: Actor, input: OutsideAward): Promise<Award> {
  if (!isId('ach', input.achievement))
    throw ruleViolated('/achievement', 'must be the id of an achievement (ach_…)');
  const version = found(
    await currentVersionOf(ports, actor.district, input.achievement as AchievementId),
    'published achievement',
  );
  if (version.content.assessment.by === 'review') {
    throw ruleViolated(
      '/achievement',
      'is reviewed here: its credential rests only on a signed-off decision; the teacher submits evidence for review',
    );
  }
  if (version.content.assessment.by === 'components') {
    throw ruleViolated(
      '/achievement',
      'is a milestone: it is awarded by itself when its components are held',
    );
  }
  const holder = await memberOf(ports, actor, input);
  const now = ports.clock.now();
  const awardedDate = input.awardedDate ?? now;
  if (awardedDate > now) throw ruleViolated('/awardedDate', 'must not be after now');
  if (input.validUntil !== undefined && input.validUntil !== null && input.validUntil <= now)
    throw ruleViolated('/validUntil', 'must be after now');
  const source = input.source === undefined ? null : soundSource(input.source);
  const pseudonym = Buffer.from(hmacSha256(ports.recipientKey, holder.email)).toString('hex');
  const uniqueBy = `outside:${version.id}:${pseudonym}`;
  const before = await ports.store.awardUniqueBy(actor.district, uniqueBy);
  if (before !== undefined && before.making === null) {
    throw new AppError(
      'already-exists',
      `This person has a credential of this version: award ${before.id}.`,
      {
        errors: [
          {
            pointer: '/achievement',
            detail: 'was awarded to this person already; correct or supersede that award',
          },
        ],
      },
    );
  }
  const award = await prepareAward(ports, {
    actor,
    version,
    basis: { kind: 'outside' },
    uniqueBy,
    holder,
    awardedDate,
    source,
    ...(input.validUntil === undefined ? {} : { validUntil: input.validUntil }),
  });
  return settleAward(ports, award.district, award.id);
}

function soundSource({ id, name }: AwardSource): AwardSource {
  const url = URL.canParse(id) ? new URL(id) : undefined;
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.username !== '' ||
    !/^[\x21-\x7e]+$/.test(id)
  )
    throw ruleViolated('/source/id', 'must be the http or https address of the school, in ASCII');
  if (name.trim() === '') throw ruleViolated('/source/name', 'must be the name of the school');
  return { id, name: name.trim() };
}

async function memberOf(ports: IssuingPorts, actor: Actor, input: OutsideAward): Promise<Member> {
  if ((input.email === undefined) === (input.member === undefined)) {
    throw ruleViolated('/email', 'or /member must name the person: one of the two');
  }
  const { store } = ports.tenancy;
  if (input.member !== undefined) {
    const member = await store.member(actor.district, input.member);
    if (member?.state !== 'active') throw ruleViolated('/member', 'is no active member of this district');
    return member;
  }
  const member = await store.memberByEmail(actor.district, normalEmail(input.email ?? ''));
  if (member?.state !== 'active') {
    throw ruleViolated('/email', 'is no active member’s address; add the member first');
  }
  return member;
}
