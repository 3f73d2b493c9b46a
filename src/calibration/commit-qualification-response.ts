import type { Levels, Rubric } from '../achievements/index.js';
import { withAudit } from '../audit/index.js';
import {
  AppError,
  found,
  update,
  type Actor,
  type ExemplarId,
  type Instant,
  type MemberId,
} from '../kernel/index.js';
import type { QualificationAttempt } from './certification.js';
import { checkLevels } from './levels.js';
import { policyNumbered, type QualificationPolicy } from './policy/index.js';
import { judgeQualification, type QualificationFigures } from './qualification-rule.js';
import { reviewedVersion } from './reviewed-version.js';
import { settleAttempt } from './settle-attempt.js';
import { moreForForm } from './form-supply.js';
import { formOf } from './form-of.js';
import type { CalibrationPorts } from './store.js';

/**
 * Commits the levels for the exemplar that is next in the own attempt; they never change. At the end of the form, and
 * of each extension, the rule says certified, not certified, or goes on; until the end nothing is said of keys.
 * Sent again with the same levels it answers with the attempt as it is.
 * @throws not-found for another's attempt; conflict when the attempt has ended, the exemplar is not the next one, or was
 * rated otherwise before; rule-violated naming the criterion.
 */
export async function commitQualificationResponse(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly attempt: string; readonly exemplar: string; readonly levels: Levels },
): Promise<QualificationAttempt> {
  const now = ports.clock.now();
  // 1. The response, and at the end of a form what it comes to, in one write.
  const attempt = await update(
    ports.store.attempts,
    actor.district,
    input.attempt,
    async (open) => {
      found(open.reviewer === actor.member ? open : undefined, 'qualification attempt');
      const { rubric } = await reviewedVersion(ports, actor.district, open.achievementVersion);
      checkLevels(rubric, input.levels, '/levels');
      if (isRepeated(open, rubric, input)) return undefined;
      const next = nextExemplar(open);
      if (next === undefined)
        throw new AppError('conflict', 'This attempt has ended; nothing more can be rated in it.');
      if (next !== input.exemplar) {
        throw new AppError(
          'conflict',
          `The next exemplar of this attempt is ${next}; they are rated in the order served.`,
        );
      }
      const responses = [...open.responses, { exemplar: next, levels: input.levels, at: now }];
      const changed = await carryOn(ports, { ...open, responses }, rubric, now);
      const facts = { exemplar: next, levels: input.levels, state: changed.state };
      return withAudit(
        changed,
        { actor, verb: 'responded', collection: 'qualification_attempts', facts },
        now,
      );
    },
    'qualification attempt',
  );
  // 2. The certification, or that an extension is served; should this be cut short, the sweep does it.
  return settleAttempt(ports, attempt);
}

/** The exemplar that is next in an attempt; undefined when it has ended. */
export function nextExemplar(attempt: QualificationAttempt): ExemplarId | undefined {
  return attempt.state === 'open' ? attempt.form[attempt.responses.length] : undefined;
}

function isRepeated(
  attempt: QualificationAttempt,
  rubric: Rubric,
  input: { readonly exemplar: string; readonly levels: Levels },
): boolean {
  const before = attempt.responses.find((response) => response.exemplar === input.exemplar);
  if (before === undefined) return false;
  if (rubric.criteria.every(({ id }) => before.levels[id] === input.levels[id])) return true;
  throw new AppError(
    'conflict',
    'You have rated this exemplar already in this attempt, and ratings never change.',
  );
}

/** The attempt with what its responses come to: as it is in the middle of a form, else ended or extended. */
async function carryOn(
  ports: CalibrationPorts,
  attempt: QualificationAttempt,
  rubric: Rubric,
  now: Instant,
): Promise<QualificationAttempt> {
  if (attempt.responses.length < attempt.form.length) return attempt;
  const { qualification: policy } = await policyNumbered(ports, attempt.district, attempt.policy);
  const { form, extension, extensions } = formOf(rubric, policy);
  const figures = await judge(ports, attempt, rubric, policy);
  if (figures.zone === 'extend' && attempt.form.length < form + extension * extensions) {
    const more = await moreForForm(ports, attempt, extension);
    if (more.length === extension) {
      const reserve = attempt.reserve.filter((id) => !more.includes(id));
      return { ...attempt, form: [...attempt.form, ...more], reserve, effectDue: now };
    }
  }
  const certified = figures.zone === 'pass';
  return {
    ...attempt,
    state: certified ? 'certified' : 'not-certified',
    figures,
    endedAt: now,
    effectDue: certified ? now : null,
  };
}

async function judge(
  ports: CalibrationPorts,
  attempt: QualificationAttempt,
  rubric: Rubric,
  policy: QualificationPolicy,
): Promise<QualificationFigures> {
  const scored = await Promise.all(
    attempt.responses.map(async ({ exemplar, levels }) => {
      const { key } = found(await ports.store.exemplar(attempt.district, exemplar), 'exemplar');
      if (key === null) throw new Error(`exemplar ${exemplar} of a qualifying form has no key`);
      return { key: key.levels, given: levels };
    }),
  );
  return judgeQualification(rubric, scored, policy);
}
