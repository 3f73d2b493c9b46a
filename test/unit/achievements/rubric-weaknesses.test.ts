import { describe, expect, it } from '@jest/globals';
import type { Criterion, DecisionRule, Rubric } from '../../../src/achievements/index.js';
import { rubricWeaknesses } from '../../../src/achievements/rubric-weaknesses.js';

const descriptor = (n: number) => `What is seen in work at step ${n}`;
const criterion = (id: string, levels: number, required: number): Criterion => ({
  id,
  name: id,
  description: 'What to look at',
  levels: Array.from({ length: levels }, (_, n) => ({
    id: `${id}-${n + 1}`,
    name: `Step ${n + 1}`,
    descriptor: descriptor(n + 1),
  })),
  requiredLevel: `${id}-${required}`,
});
const rubric = (criteria: readonly Criterion[], rule: DecisionRule = { kind: 'conjunctive' }): Rubric => ({
  criteria,
  rule,
});
const three = [criterion('a', 4, 3), criterion('b', 4, 3), criterion('c', 4, 3)];
const found = (given: Rubric) =>
  rubricWeaknesses(given, '').map(({ pointer, detail }) => `${pointer} ${detail}`);

describe('what makes a rubric weak', () => {
  it('is nothing of three criteria with four described levels and a rule that decides', () => {
    expect(found(rubric(three))).toEqual([]);
    expect(found(rubric(three, { kind: 'conjunctive-with-allowances', allowances: 1 }))).toEqual([]);
    expect(found(rubric(three, { kind: 'compensatory', cut: 9, floors: { a: 'a-2' } }))).toEqual([]);
  });

  it.each<readonly [string, Rubric, RegExp]>([
    ['a scale of two levels', rubric([...three, criterion('d', 2, 2)]), /^\/criteria\/3\/levels are two: /],
    ['fewer than three criteria', rubric(three.slice(0, 2)), /^\/criteria are 2: .*20 submissions/],
    [
      'a descriptor that repeats the name',
      rubric([
        {
          ...three[0]!,
          levels: three[0]!.levels.map((level) => ({ ...level, descriptor: `${level.name}.` })),
        },
        ...three.slice(1),
      ]),
      /^\/criteria\/0\/levels\/0\/descriptor only repeats the name/,
    ],
    [
      'a descriptor of a word or two',
      rubric([
        {
          ...three[0]!,
          levels: three[0]!.levels.map((level, n) =>
            n === 1 ? { ...level, descriptor: 'Mostly fine' } : level,
          ),
        },
        ...three.slice(1),
      ]),
      /^\/criteria\/0\/levels\/1\/descriptor has 2 words; say what is seen/,
    ],
    [
      'a rule that asks for everything',
      rubric(three.map(({ id }) => criterion(id, 4, 4))),
      /^\/rule asks for the highest level of every criterion/,
    ],
    [
      'allowances that allow nothing',
      rubric(
        three.map(({ id }) => criterion(id, 4, 1)),
        { kind: 'conjunctive-with-allowances', allowances: 1 },
      ),
      /^\/rule\/allowances allow nothing/,
    ],
    [
      'a cut below the floors',
      rubric(three, { kind: 'compensatory', cut: 8, floors: { a: 'a-3', b: 'b-3', c: 'c-2' } }),
      /^\/rule\/cut is 8, and work that reaches every floor has 8 already/,
    ],
    [
      'a cut at the top',
      rubric(three, { kind: 'compensatory', cut: 12, floors: { a: 'a-2' } }),
      /^\/rule\/cut is the sum of all highest levels \(12\)/,
    ],
  ])('is %s', (_name, given, expected) => {
    const all = found(given);
    expect(all.length).toBeGreaterThan(0);
    for (const one of all)
      expect(one).toMatch(new RegExp(expected.source.replace('/levels\\/0\\/', '/levels\\/\\d\\/')));
  });
});
