import { withAudit } from '../audit/index.js';
import { hexSeed, policyAt, seededChance } from '../calibration/index.js';
import { AppError, plusSeconds, unreachable, update, type Actor, type MemberId } from '../kernel/index.js';
import { endAppealHold, holdForAppeal } from '../submissions/index.js';
import type { Member } from '../tenancy/index.js';
import type { Appeal } from './appeal.js';
import { appealPeople, barredFrom } from './appeal-people.js';
import { openRound } from './open-round.js';
import type { AppealEvent, ReviewPorts } from './store.js';

/**
 * Carries out what is due of an appeal. Filed: 1 its submission is held, 2 leads are told. Admitted: 1 somebody is drawn
 * to decide it, 2 they and the teacher are told. Varied: 1 the next round is opened, 2 said with the appeal, 3 the
 * teacher is told. At every other end: 1 the submission is free again, 2 the teacher is told. Then nothing is due. Runs
 * again from any point: a hold, a round and a message are the same when they are made again.
 */
export async function settleAppeal(
  ports: ReviewPorts,
  { district, id }: Pick<Appeal, 'district' | 'id'>,
): Promise<Appeal> {
  const appeal = await kept(ports, district, id);
  if (appeal.effectDue === null) return appeal;
  switch (appeal.state) {
    case 'filed':
      return settleFiled(ports, appeal);
    case 'admitted':
      return settleAdmitted(ports, appeal);
    case 'varied':
      return settleVaried(ports, appeal);
    case 'inadmissible':
    case 'upheld':
    case 'dismissed':
    case 'withdrawn':
      await endAppealHold(ports.submissions, appeal.district, appeal.submission);
      await ports.atStep?.('appeal: submission free');
      if (appeal.state !== 'withdrawn') await tell(ports, appeal, appeal.teacher, appeal.state);
      return done(ports, appeal);
    default:
      return unreachable(appeal.state);
  }
}

async function settleFiled(ports: ReviewPorts, appeal: Appeal): Promise<Appeal> {
  // 1
  try {
    await holdForAppeal(ports.submissions, appeal.district, appeal.submission);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    // The teacher began another attempt in the same moment: that is what goes on.
    return giveUp(ports, appeal);
  }
  await ports.atStep?.('appeal: submission held');
  // 2
  for (const lead of await ports.tenancy.store.membersWithRole(appeal.district, 'lead'))
    if (lead.id !== appeal.teacher) await tell(ports, appeal, lead.id, 'to-screen');
  return done(ports, appeal);
}

function giveUp(ports: ReviewPorts, { district, id }: Appeal): Promise<Appeal> {
  const actor: Actor = { kind: 'service', district };
  return update(
    ports.store.appeals,
    district,
    id,
    (appeal) => {
      if (appeal.state !== 'filed') return undefined;
      const now = ports.clock.now();
      return withAudit(
        { ...appeal, ...{ state: 'withdrawn' as const, openFor: null, stateSince: now, effectDue: null } },
        { actor, verb: 'withdrawn', collection: 'appeals', facts: { for: 'next-attempt' } },
        now,
      );
    },
    'appeal',
  );
}

async function settleAdmitted(ports: ReviewPorts, appeal: Appeal): Promise<Appeal> {
  await tell(ports, appeal, appeal.teacher, 'admitted');
  if (appeal.decider !== null) {
    await tell(ports, appeal, appeal.decider, 'to-decide');
    return done(ports, appeal);
  }
  // 1
  const seed = hexSeed(ports.randomness.bytes(16));
  const candidates = await deciders(ports, appeal);
  const drawn = candidates[seededChance(seed)(Math.max(1, candidates.length))];
  const { review } = await policyAt(ports.calibration, appeal.district);
  const now = ports.clock.now();
  const actor: Actor = { kind: 'service', district: appeal.district };
  const asked = await update(
    ports.store.appeals,
    appeal.district,
    appeal.id,
    (current) => {
      if (current.state !== 'admitted' || current.decider !== null) return undefined;
      if (drawn === undefined) return { ...current, effectDue: plusSeconds(now, review.retrySeconds) };
      const facts = { decider: drawn.id, seed, candidates: candidates.map(({ id }) => id) };
      return withAudit(
        { ...current, decider: drawn.id },
        { actor, verb: 'asked', collection: 'appeals', facts },
        now,
      );
    },
    'appeal',
  );
  await ports.atStep?.('appeal: decider drawn');
  if (asked.decider === null) return asked;
  // 2
  await tell(ports, asked, asked.decider, 'to-decide');
  return done(ports, asked);
}

/** Leads and adjudicators with no part in the work, in the order of their ids. */
async function deciders(ports: ReviewPorts, appeal: Appeal): Promise<readonly Member[]> {
  const { district } = appeal;
  const people = new Map<MemberId, Member>();
  for (const role of ['lead', 'adjudicator'] as const)
    for (const one of await ports.tenancy.store.membersWithRole(district, role)) people.set(one.id, one);
  const all = [...people.values()];
  const barred = await barredFrom(ports, appeal, all, await appealPeople(ports, appeal));
  return all.filter(({ id }) => !barred.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function settleVaried(ports: ReviewPorts, appeal: Appeal): Promise<Appeal> {
  const { district, submission, id } = appeal;
  // 1
  const round = await roundOf(ports, appeal);
  await ports.atStep?.('appeal: round opened');
  if (round === null) await endAppealHold(ports.submissions, district, submission);
  // 2
  const said = await update(
    ports.store.appeals,
    district,
    id,
    (current) => (current.round === round ? undefined : { ...current, round }),
    'appeal',
  );
  await ports.atStep?.('appeal: round said');
  // 3
  await tell(ports, said, said.teacher, 'varied');
  await ports.atStep?.('appeal: teacher told');
  return done(ports, said);
}

/** The round that an appeal opened; null when the evidence has gone in the meantime, and the decision stands. */
async function roundOf(ports: ReviewPorts, { district, submission, id }: Appeal): Promise<number | null> {
  try {
    const why = { kind: 'appeal', appeal: id } as const;
    return (await openRound(ports, { district, id: submission }, 'appeal', why)).round;
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    return null;
  }
}

async function tell(
  ports: ReviewPorts,
  { id, district, achievementVersion }: Appeal,
  member: MemberId,
  about: AppealEvent['about'],
): Promise<void> {
  await ports.tellOfAppeal?.({
    id: `${id}:${about}:${member}`,
    ...{ district, member, about, appeal: id, achievementVersion },
  });
}

/** Nothing is due any more, unless the appeal went on meanwhile. */
function done(ports: ReviewPorts, { district, id, state, decider }: Appeal): Promise<Appeal> {
  return update(
    ports.store.appeals,
    district,
    id,
    (appeal) =>
      appeal.state === state && appeal.decider === decider && appeal.effectDue !== null
        ? { ...appeal, effectDue: null }
        : undefined,
    'appeal',
  );
}

async function kept(ports: ReviewPorts, district: string, id: string): Promise<Appeal> {
  const appeal = await ports.store.appeal(district, id);
  if (appeal === undefined) throw new AppError('not-found', 'There is no such appeal.');
  return appeal;
}
