import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { answerCases, namedStatistics, type AnswerValue } from '../../../src/calibration/index.js';

interface Case {
  readonly id: string;
  readonly statistic: string;
  readonly input: unknown;
  readonly params?: unknown;
  readonly expected: AnswerValue;
  readonly tolerance: number | string | object;
  readonly computedBy: string;
}

const read = (name: string) =>
  (JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as { readonly cases: readonly Case[] })
    .cases;

/** Estimates of models: held to their values in tests of their own, as their tolerances differ by part. */
const models = ['randomInterceptREML', 'mfrmMML', 'raterFit', 'mfrmRecovery'];
const vectors = read('calibration-vectors.json');
const agreement = vectors.filter(({ statistic }) => !models.includes(statistic));
const random = read('random-tables.json');

/** Whether an answer has every part that was expected, within the tolerance; null is null and nothing else. */
function isClose(expected: AnswerValue, answer: AnswerValue | undefined, tolerance: number): boolean {
  if (typeof expected === 'number')
    return typeof answer === 'number' && Math.abs(answer - expected) <= Math.max(tolerance, 1e-12);
  if (expected === null || typeof expected === 'string') return answer === expected;
  if (typeof answer !== 'object' || answer === null) return false;
  return Object.entries(expected).every(([name, part]) =>
    isClose(part as AnswerValue, (answer as { [name: string]: AnswerValue })[name], tolerance),
  );
}

describe('agreement by the reference values of independent software and printed tables', () => {
  it('has 62 reference cases and 322 random tables to be held to', () => {
    expect(agreement).toHaveLength(62);
    expect(random).toHaveLength(322);
  });

  it.each([...agreement, ...random])('is $expected: $id $statistic ($computedBy)', (one) => {
    const [answer] = answerCases({ cases: [one] });
    // The one case that its own note says not to make of counts: there it is undefined, with the reason.
    if (one.id === 'V014') {
      expect(answer).toMatchObject({ value: null, reason: 'needs-ratings-by-rater', fault: false });
      return;
    }
    expect(answer).toMatchObject({ id: one.id, fault: false });
    if (!isClose(one.expected, answer!.value, one.tolerance as number))
      throw new Error(`${JSON.stringify(answer)} is not ${JSON.stringify(one.expected)}`);
    const missing = JSON.stringify(one.expected).includes('null');
    expect(answer!.reason === null).toBe(!missing);
  });
});

describe('forms of ratings', () => {
  const rater1 = [1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4];
  const rater2 = [1, 2, 2, 2, 3, 3, 3, 2, 4, 4, 3, 4];
  const categories = [1, 2, 3, 4];
  const cell = (a: number, b: number) => rater1.filter((one, item) => one === a && rater2[item] === b).length;
  const contingency = categories.map((a) => categories.map((b) => cell(a, b)));
  const forms: { readonly [form: string]: object } = {
    'rater1 and rater2': { rater1, rater2, categories },
    'with a missing pair': { rater1: [...rater1, null], rater2: [...rater2, null], categories },
    ratersByItems: { ratersByItems: [rater1, rater2], categories },
    itemsByRaters: { itemsByRaters: rater1.map((one, item) => [one, rater2[item]]), categories },
    contingency: { contingency },
    jointProportions: { jointProportions: contingency.map((row) => row.map((count) => count / 12)), n: 12 },
    rows: {
      categories,
      rows: rater1.flatMap((one, item) => [
        { item, rater: 'key', rating: one },
        { item, rater: 'R', rating: rater2[item] },
      ]),
    },
    'rows under columns': {
      categories,
      columns: ['submission', 'rater', 'C1'],
      rows: rater1.flatMap((one, item) => [
        [item, 'key', one],
        [item, 'R', rater2[item]],
      ]),
    },
  };
  const counts = rater1.map((one, item) =>
    categories.map((category) => Number(one === category) + Number(rater2[item] === category)),
  );
  const ofRatings = Object.keys(namedStatistics).filter(
    (statistic) => !models.includes(statistic) && namedStatistics[statistic]!.params.includes('categories'),
  );
  const answerTo = (statistic: string, input: object) =>
    answerCases({ cases: [{ id: statistic, statistic, input }] })[0]!;

  it.each(ofRatings)('%s takes every form and gives the same', (statistic) => {
    const first = answerTo(statistic, forms['rater1 and rater2']!);
    expect(first.reason).toBeNull();
    for (const [form, input] of Object.entries(forms)) {
      const answer = answerTo(statistic, input);
      // Where the order of the items differs so do those drawn.
      if (statistic !== 'bootstrapCI') {
        if (!isClose(first.value, answer.value, 1e-9))
          throw new Error(`${form}: ${JSON.stringify([first, answer])}`);
      } else expect(answer.reason).toBeNull();
    }
  });

  it.each([
    'fleissKappa',
    'gwetAC1',
    'gwetAC2',
    'brennanPrediger',
    'krippendorffAlpha',
    'pairwisePercentAgreement',
    'iccOneWay11',
  ])('%s is the same of counts by category', (statistic) => {
    const first = answerTo(statistic, forms['rater1 and rater2']!);
    expect(isClose(first.value, answerTo(statistic, { itemsByCategoryCounts: counts }).value, 1e-9)).toBe(
      true,
    );
  });

  it.each(['cohenKappa', 'qwk', 'pearson', 'icc', 'congerKappa'])(
    '%s is undefined of counts, which do not say who gave what',
    (statistic) =>
      expect(answerTo(statistic, { itemsByCategoryCounts: counts })).toMatchObject({
        reason: 'needs-ratings-by-rater',
        fault: false,
      }),
  );
});

describe('what cannot be read', () => {
  const fault = (one: object) => answerCases({ cases: [{ id: 'a', statistic: 'qwk', ...one }] })[0]!;

  it.each([
    [{ input: {} }, /^input has no ratings: give one of rater1, /],
    [{ input: { rater1: [1, 2], rater2: [1] } }, /^Rater 2 has 1 ratings and rater 1 has 2/],
    [
      { input: { rater1: [1, 9], rater2: [1, 2], categories: [1, 2] } },
      /^Rater 1 gave item 2 the rating 9, which is none of the declared categories 1, 2/,
    ],
    [{ input: { rater1: [1, 'two'], rater2: [1, 2] } }, /^input\.rater1\[1\] must be a number/],
    [
      { input: { contingency: [[1, 2]] } },
      /^input\.contingency\[0\] has 2 cells; a table of 1 rows has as many columns/,
    ],
    [
      {
        input: {
          contingency: [
            [1, -2],
            [0, 1],
          ],
        },
      },
      /^input\.contingency\[0\]\[1\] is -2; a count is 0 or more/,
    ],
    [
      {
        input: {
          jointProportions: [
            [0.5, 0],
            [0, 0.2],
          ],
          n: 10,
        },
      },
      /^input\.jointProportions adds up to 0\.7/,
    ],
    [{ input: { rows: [{ who: 1 }] } }, /^input\.rows needs a column "item"/],
    [{ input: { rater1: [1], rater2: [1] }, params: 3 }, /^params must be an object/],
    [{ statistic: 'kw', input: {} }, /^no statistic is called "kw"; known are exactAgreement, /],
    [{ statistic: 'constructor', input: {} }, /^no statistic is called "constructor"/],
    [
      {
        statistic: 'icc',
        input: {
          itemsByRaters: [
            [1, 2],
            [2, 2],
          ],
        },
        params: { type: 'ICC(4,1)' },
      },
      /^params\.type is "ICC\(4,1\)"/,
    ],
    [
      { statistic: 'krippendorffAlpha', input: { ratersByItems: [[1], [1]] }, params: { level: 'metric' } },
      /^params\.level is "metric"/,
    ],
    [{ statistic: 'proportionCI', input: { agree: 4, n: 3 } }, /^input\.agree is 4; of 3 there are 0 to 3/],
  ])('%j is answered with its fault', (one, message) => {
    const answer = fault(one);
    expect(answer).toMatchObject({ id: 'a', value: null, fault: true });
    expect(answer.reason).toMatch(message);
  });

  it('stops none of the others', () => {
    const good = { id: 'b', statistic: 'exactAgreement', input: { rater1: [1, 2], rater2: [1, 1] } };
    expect(answerCases({ cases: [{ statistic: 'no' }, good] })).toMatchObject([
      { id: 'cases[0]', fault: true },
      { id: 'b', value: 0.5, fault: false },
    ]);
  });

  it('is a file without cases', () => expect(() => answerCases([])).toThrow(/no list "cases"/));
});

it('answers the example of the documentation as it is printed there', () => {
  const text = readFileSync(new URL('../../../docs/agreement-format.md', import.meta.url), 'utf8');
  const [file, lines] = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, block]) => block!);
  const answers = answerCases(JSON.parse(file!)).map(({ id, value, reason }) => ({ id, value, reason }));
  const printed = lines!
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(answers).toEqual(printed);
});
