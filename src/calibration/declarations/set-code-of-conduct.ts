import { withAudit } from '../../audit/index.js';
import { AppError, newId, ruleViolated, type Actor, type MemberId } from '../../kernel/index.js';
import type { CalibrationPorts } from '../store.js';
import { codeDigest, codeInForce, type CodeOfConduct } from './code-of-conduct.js';

/**
 * Sets the district's code of conduct from now on, as its next version. Who signed an older one is asked anew, and goes on
 * for the policy's days of grace. The same text as the one in force makes no new version.
 * @param input `replaces`: the number that the caller has read; text: Markdown, 200 to 20,000 characters.
 * @throws rule-violated; precondition-failed when another version is in force by now.
 */
export async function setCodeOfConduct(
  ports: Pick<CalibrationPorts, 'store' | 'clock' | 'randomness'>,
  actor: Actor & { readonly member: MemberId },
  input: { readonly replaces: number; readonly text: string },
): Promise<CodeOfConduct> {
  const text = `${input.text.replaceAll('\r\n', '\n').normalize('NFC').trim()}\n`;
  if (text.length < 200)
    throw ruleViolated('/text', 'must have at least 200 characters: it says what reviewers promise');
  const current = await codeInForce(ports, actor.district);
  if (current.number !== input.replaces) throw overtaken(current.number);
  const digest = codeDigest(text);
  if (current.digest === digest) return current;
  const now = ports.clock.now();
  const code = {
    id: newId(ports.randomness, 'coc'),
    district: actor.district,
    ...{ number: current.number + 1, text, digest, from: now, by: actor.member },
  };
  const facts = { number: code.number, digest };
  try {
    return await ports.store.codes.insert(
      withAudit(code, { actor, verb: 'set', collection: 'codes_of_conduct', facts }, now),
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'already-exists') throw overtaken(code.number, error);
    throw error;
  }
}

function overtaken(number: number, cause?: unknown): AppError {
  return new AppError(
    'precondition-failed',
    `Version ${number} of the code of conduct was set since you read it. Read it again, and set yours over it.`,
    { cause },
  );
}
