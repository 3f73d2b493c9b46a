import { AppError, found, type Actor } from '../kernel/index.js';
import type { Decision } from '../review/index.js';
import { replacementKey, type Award } from './award.js';
import { prepareAward } from './prepare-award.js';
import { revokeAward } from './revoke-award.js';
import { followAward, settleAward } from './settle-award.js';
import { versionOf, decisionCarriedOut } from './read-record.js';
import type { IssuingPorts } from './store.js';

/**
 * Carries a decision out, from wherever that was left: "met" makes the award of its submission, once whatever
 * crashes; a later round that says "not yet" revokes it, one that says "met" changes nothing.
 * @returns the award, or undefined when there is none.
 */
export async function settleDecision(ports: IssuingPorts, decision: Decision): Promise<Award | undefined> {
  const award = decision.outcome === 'met' ? await awardOf(ports, decision) : await withdraw(ports, decision);
  // 7. The decision's effect is done; the holder hears of it.
  await ports.notify?.({
    id: `decision:${decision.id}`,
    district: decision.district,
    member: decision.teacher,
    submission: decision.submission,
    achievementVersion: decision.achievementVersion,
    outcome: decision.outcome,
    credentialId: decision.outcome === 'met' ? (award?.credentialId ?? null) : null,
  });
  await decisionCarriedOut(ports, decision);
  await ports.atStep?.('7 decision carried out');
  return award;
}

/** The award that a decision led to, once its credential is signed; undefined before and where it was not met. */
export async function awardOfDecision(
  ports: Pick<IssuingPorts, 'store'>,
  decision: Decision,
): Promise<Award | undefined> {
  const award = await ports.store.awardUniqueBy(decision.district, submissionKey(decision));
  return award === undefined || award.edition === 0 ? undefined : award;
}

function submissionKey(decision: Decision): string {
  return `decision:${decision.submission}`;
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

/** A first "not yet" has nothing to withdraw; a look-back or an appeal may: the award, or the one in its place. */
async function withdraw(ports: IssuingPorts, decision: Decision): Promise<Award | undefined> {
  const { district } = decision;
  let award = await ports.store.awardUniqueBy(district, submissionKey(decision));
  if (award === undefined || decision.round === 0) return undefined;
  for (let next: Award | undefined = award; next !== undefined;) {
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
