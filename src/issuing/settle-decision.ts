import { AppError, found, type Actor } from '../kernel/index.js';
import type { Decision } from '../review/index.js';
import { replacementKey, type Award } from './award.js';
import { prepareAward } from './prepare-award.js';
import { revokeAward } from './revoke-award.js';
import { followAward, settleAward } from './settle-award.js';
import { versionOf, decisionCarriedOut } from './read-record.js';
import type { IssuingPorts } from './store.js';

/**
 * Carries out what the newest decision on a submission says, from wherever that was left, and whichever of them is asked
 * about: "met" makes one award, once whatever crashes; a later round that says "not yet" revokes it, one that says "met"
 * again changes nothing, and "met" after "not yet" makes another.
 * @returns the award, or undefined when there is none.
 */
export async function settleDecision(ports: IssuingPorts, decision: Decision): Promise<Award | undefined> {
  const decisions = await ports.review.store.decisionsOn(decision.district, decision.submission);
  const newest = decisions.at(-1) ?? decision;
  const award =
    newest.outcome === 'met'
      ? await awardOf(ports, beginningOf(decisions, newest))
      : await withdraw(ports, newest);
  // 7. The decision's effect is done; the holder hears of it.
  if (newest.round === decision.round && isNews(decisions, decision)) {
    await ports.notify?.({
      id: `decision:${decision.id}`,
      district: decision.district,
      member: decision.teacher,
      submission: decision.submission,
      achievementVersion: decision.achievementVersion,
      outcome: decision.outcome,
      origin: decision.origin,
      credentialId:
        decision.outcome === 'met' || award?.state === 'revoked' ? (award?.credentialId ?? null) : null,
    });
  }
  await decisionCarriedOut(ports, decision);
  await ports.atStep?.('7 decision carried out');
  return award;
}

/** The award that a decision led to, once its credential is signed; undefined before and where it was not met. */
export async function awardOfDecision(
  ports: Pick<IssuingPorts, 'store'> & { readonly review: Pick<IssuingPorts['review'], 'store'> },
  decision: Decision,
): Promise<Award | undefined> {
  if (decision.outcome !== 'met') return undefined;
  const decisions = await ports.review.store.decisionsOn(decision.district, decision.submission);
  const award = await ports.store.awardUniqueBy(
    decision.district,
    submissionKey(beginningOf(decisions, decision)),
  );
  return award === undefined || award.edition === 0 ? undefined : award;
}

/** A look-back that confirms what was decided is no news to the teacher; an appeal's outcome always is. */
function isNews(decisions: readonly Decision[], { origin, round, outcome }: Decision): boolean {
  const before = decisions.filter((one) => one.round < round).at(-1);
  return origin !== 'look-back' || before?.outcome !== outcome;
}

/** The first of the decisions of "met" that this one confirms: what its award rests on. */
function beginningOf(decisions: readonly Decision[], decision: Decision): Decision {
  let first = decision;
  for (const earlier of decisions.filter(({ round }) => round < decision.round).reverse()) {
    if (earlier.outcome !== 'met') break;
    first = earlier;
  }
  return first;
}

/** What makes the award of a decision unique: its submission, and the round once an earlier award was withdrawn or refused. */
function submissionKey({ submission, round }: Pick<Decision, 'submission' | 'round'>): string {
  return round === 0 ? `decision:${submission}` : `decision:${submission}:${round}`;
}

async function awardOf(ports: IssuingPorts, decision: Decision): Promise<Award> {
  const { district } = decision;
  const version = await versionOf(ports, district, decision.achievementVersion);
  const holder = found(await ports.tenancy.store.member(district, decision.teacher), 'member');
  if (version.content.assessment.by !== 'review') {
    throw new AppError(
      'rule-violated',
      `Decision ${decision.id} is about a version that is not reviewed here.`,
    );
  }
  // 1. The award document.
  const award = await prepareAward(ports, {
    actor: { kind: 'service', district },
    version,
    basis: { kind: 'decision', decision: decision.id, submission: decision.submission },
    uniqueBy: submissionKey(decision),
    holder,
    awardedDate: decision.decidedAt,
  });
  // 2 to 6.
  return settleAward(ports, district, award.id);
}

/** A first "not yet" has nothing to withdraw; a look-back or an appeal may: each award, or the one in its place. */
async function withdraw(
  ports: IssuingPorts,
  { district, submission, round: newest }: Decision,
): Promise<Award | undefined> {
  let withdrawn: Award | undefined;
  for (let round = 0; round < newest; round += 1) {
    const award = await ports.store.awardUniqueBy(district, submissionKey({ submission, round }));
    if (award !== undefined) withdrawn = await withdrawChain(ports, award);
  }
  return withdrawn;
}

async function withdrawChain(ports: IssuingPorts, made: Award): Promise<Award> {
  const { district } = made;
  let award = made;
  for (let next: Award | undefined = made; next !== undefined;) {
    const followed = await followAward(ports, district, next.id);
    // What is not signed yet is not revoked yet: the decision waits for it.
    if (followed.waits !== undefined && followed.award.state === 'preparing') throw followed.waits;
    award = followed.award;
    next = await ports.store.awardUniqueBy(district, replacementKey(award));
  }
  if (award.state !== 'active' && award.state !== 'suspended') return award;
  const actor: Actor = { kind: 'service', district };
  return revokeAward(ports, actor, {
    award: award.id,
    reason: 'A later review of the evidence came to another decision.',
  });
}
