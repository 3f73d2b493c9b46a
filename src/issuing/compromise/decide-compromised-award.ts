import { found, ruleViolated, type Actor } from '../../kernel/index.js';
import { findAward } from '../own-award.js';
import { reissueAward } from '../reissue-award.js';
import { revokeAward } from '../revoke-award.js';
import type { IssuingPorts } from '../store.js';
import type { CompromisedAward } from './key-compromise.js';
import { publicWords, settleCase } from './settle-key-compromise.js';
import { signingKeys } from './signing-keys.js';

/** What a person says of an award that was recorded when its key may have been in other hands. */
export type CompromisedAwardDecision =
  { readonly decision: 'confirm' } | { readonly decision: 'revoke'; readonly reason: string };

/**
 * Confirms such an award, which signs it anew under the active keys, or revokes it. Asked again for the same, it answers
 * the same.
 * @throws not-found; rule-violated when the other was decided already, or a revocation has no reason.
 */
export async function decideCompromisedAward(
  ports: IssuingPorts,
  actor: Actor,
  input: CompromisedAwardDecision & { readonly compromise: string; readonly award: string },
): Promise<CompromisedAward> {
  const { district } = actor;
  const compromise = found(await ports.store.compromises.get(district, input.compromise), 'key compromise');
  const award = await findAward(ports, district, input.award);
  const listed = found(
    await ports.store.compromisedAwards.find(district, 'award', [compromise.id, award.id]),
    'award signed with that key',
  );
  const wanted = input.decision === 'confirm' ? 'confirmed' : 'revoked';
  if (listed.state === wanted) return listed;
  if (listed.state !== 'waiting') {
    throw ruleViolated(
      '/award',
      `is ${listed.state} already; only one that waits for a person can be ${wanted}`,
    );
  }
  // 1. The award: signed anew, or revoked. Both leave it as it is when a crash came after.
  if (input.decision === 'confirm') {
    await reissueAward(ports, actor, {
      award: award.id,
      reason: publicWords,
      unless: (newest) => !signingKeys(newest).includes(compromise.keyName),
    });
  } else if (award.state !== 'revoked') {
    await revokeAward(ports, actor, { award: award.id, reason: input.reason });
  }
  // 2. What was decided.
  return settleCase(ports, listed, wanted, actor.kind === 'member' ? actor.member : null);
}
