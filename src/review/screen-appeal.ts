import { withAudit } from '../audit/index.js';
import { AppError, found, update, type Actor, type MemberId } from '../kernel/index.js';
import type { Appeal } from './appeal.js';
import { appealDeciders, barredFrom, refuseBarred } from './appeal-people.js';
import { visibleAppeal } from './get-appeal.js';
import { wordsOf } from './look-back.js';
import { settleAppeal } from './settle-appeal.js';
import type { ReviewPorts } from './store.js';

/**
 * Says whether an appeal is admissible, with reasons: it names an error in rule, process or reason. Not whether it is
 * right: that is for who decides it, and who is drawn then.
 * @throws not-found; rule-violated naming `/words`; conflict when it was screened, or the lead had a part in the review,
 * was asked to decide an earlier appeal on the work, or has a conflict of interest.
 */
export async function screenAppeal(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly appeal: string; readonly admissible: boolean; readonly words: string },
): Promise<Appeal> {
  const { district, member } = actor;
  const appeal = await visibleAppeal(ports, actor, input.appeal);
  const words = wordsOf('/words', input.words);
  const self = found(await ports.tenancy.store.member(district, member), 'member');
  refuseBarred((await barredFrom(ports, appeal, [self], await appealDeciders(ports, appeal))).get(member));
  const { admissible } = input;
  const screened = await update(
    ports.store.appeals,
    district,
    appeal.id,
    (kept) => {
      if (kept.state !== 'filed')
        throw new AppError(
          'conflict',
          `The appeal is ${kept.state}; only one that was just filed is screened.`,
        );
      const now = ports.clock.now();
      return withAudit(
        {
          ...kept,
          state: admissible ? ('admitted' as const) : ('inadmissible' as const),
          openFor: admissible ? kept.openFor : null,
          screening: { by: member, at: now, admissible, words },
          ...{ stateSince: now, effectDue: now },
        },
        { actor, verb: 'screened', collection: 'appeals', facts: { admissible } },
        now,
      );
    },
    'appeal',
  );
  return settleAppeal(ports, screened);
}
