import { describe, expect, it } from '@jest/globals';
import { english, say, type MessageId } from '../../../src/verification/messages.js';

const ids = Object.keys(english) as MessageId[];

describe('what the verifier says', () => {
  it.each<[MessageId, string, string]>([
    [
      'compact.ok',
      'Read with the pinned definitions of 1 context.',
      'Read with the pinned definitions of 2 contexts.',
    ],
    ['schema.ok', 'Fits its schema.', 'Fits all of its 2 schemas.'],
    [
      'pinned.ok',
      '1 pinned document is as it was when the credential was signed.',
      '2 pinned documents are as they were when the credential was signed.',
    ],
    ['limits.ok', '1 bytes, 1 value, 1 level deep.', '2 bytes, 2 values, 2 levels deep.'],
    [
      'sentence.presentation.unsigned',
      'Nobody signed this presentation. The credential in it is valid; see who issued it.',
      'Nobody signed this presentation. Each of the 2 credentials in it is valid; see who issued each.',
    ],
    [
      'nested.asserted-not-all',
      'The credential in it, judged by itself, is not valid: 1 revoked.',
      'Of the 2 credentials in it, each judged by itself, not all are valid: 1 revoked.',
    ],
  ])('has a form for one and a form for more: %s', (id, one, two) => {
    const said = (count: number) =>
      say(english, id, {
        ...{ count, contexts: count, bytes: count, nodes: count, depth: count },
        verdicts: '1 revoked',
      });
    expect([said(1), said(2)]).toEqual([one, two]);
  });

  it('has both forms wherever a number stands before a word in the plural; several proofs are two or more', () => {
    const counted = /\{(count|contexts|nodes|depth|elsewhere)\} (?:\w+ )?\w+s\b/;
    const withoutForms = (id: MessageId) => english[id].replaceAll(/\{\w+, plural, .*\}\}/g, '');
    expect(ids.filter((id) => counted.test(withoutForms(id)))).toEqual([
      'proof-set.several',
      'proof.several',
    ]);
  });

  it('leaves no brace, no rule and no number sign in any message, whatever the facts are', () => {
    for (const id of ids)
      for (const count of [0, 1, 2]) {
        const names = [...english[id].matchAll(/\{(\w+)[,}]/g)].map(([, name]) => [name!, count]);
        expect([id, say(english, id, Object.fromEntries(names))]).toEqual([
          id,
          expect.not.stringMatching(/[{}#]|plural,/),
        ]);
      }
  });

  it('takes no form from a fact', () => {
    const text = '{count, plural, one {valid} other {valid}} #';
    expect(say(english, 'parse.envelope', { reason: text })).toBe(
      `This calls itself an envelope, but ${text}.`,
    );
  });
});
