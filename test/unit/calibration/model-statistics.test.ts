import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { answerCases } from '../../../src/calibration/index.js';

const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as unknown;

/** Part of the reference cases: R's lme4 and TAM. */
const vectors = read('calibration-vectors.json') as {
  readonly cases: readonly { readonly id: string; readonly statistic: string; readonly expected: never }[];
};
interface Values {
  readonly rows: readonly unknown[];
  readonly mml: { readonly parameters: object; readonly deviance: number };
  readonly logLikelihood: number;
  readonly ratingScale: { readonly logLikelihood: number };
  readonly partialCredit: { readonly logLikelihood: number };
  readonly reml: {
    readonly mean: number;
    readonly sdGroup: number;
    readonly sdResidual: number;
    readonly blup: object;
  };
  readonly laplace: {
    readonly thresholds: object;
    readonly effects: object;
    readonly sdGroup: number;
    readonly logLikelihood: number;
  };
}
const values = read('model-values.json') as { readonly [name: string]: Values };
const answers = new Map(answerCases(vectors).map((answer) => [answer.id, answer]));
const answerTo = (one: object) => answerCases({ cases: [one] })[0]!;
const columns = (criteria: number) => [
  'submission',
  'rater',
  ...Array.from({ length: criteria }, (_, index) => `C${index + 1}`),
];
const within = (found: unknown, expected: unknown, tolerance: number, at = ''): void => {
  if (typeof expected === 'number') {
    if (typeof found !== 'number' || !(Math.abs(found - expected) <= tolerance))
      throw new Error(`${at} is ${JSON.stringify(found)}, not ${expected} within ${tolerance}`);
  } else
    for (const [name, part] of Object.entries(expected as object))
      within((found as { [name: string]: unknown } | null)?.[name], part, tolerance, `${at}/${name}`);
};

describe('the reference cases of models, by touchstone agreement', () => {
  it('V120: mean, variances and shrunk deviations of lme4', () => {
    const { expected } = vectors.cases.find(({ id }) => id === 'V120')!;
    within(answers.get('V120')!.value, expected, 1e-6);
  });

  it('V126: parameters, deviance and variance of TAM by marginal likelihood', () => {
    const { expected } = vectors.cases.find(({ id }) => id === 'V126')!;
    within(answers.get('V126')!.value, expected, 1e-6);
    expect(answers.get('V126')!.reason).toBeNull();
  });

  it('V129: infit and outfit from joint estimates, with the rows of the case before it', () => {
    const { expected } = vectors.cases.find(({ id }) => id === 'V129')!;
    within(answers.get('V129')!.value, expected, 1e-5);
    // Alone in a file there are no rows that it could mean.
    const alone = answerTo(vectors.cases.find(({ id }) => id === 'V129')!);
    expect(alone).toMatchObject({ value: null, fault: true, reason: expect.stringContaining('input.rows') });
  });

  it('V131: the recovery bar, at most 1.15 times the research’s error', () => {
    const expected = vectors.cases.find(({ id }) => id === 'V131')!.expected as {
      readonly [size: string]: { readonly rmseMean: number };
    };
    const found = answers.get('V131')!.value as typeof expected;
    console.log(JSON.stringify({ found, expected }));
    for (const size of ['N=30', 'N=90'])
      expect(found[size]!.rmseMean).toBeLessThanOrEqual(1.15 * expected[size]!.rmseMean);
  });
});

describe('models by name, against R', () => {
  it('mfrmMML of a sparse design, and with steps by criterion', () => {
    const sparse = answerTo({
      statistic: 'mfrmMML',
      input: { columns: columns(3), rows: values['sparse']!.rows, levels: [0, 1, 2, 3] },
    });
    const mml = values['sparse']!.mml;
    within(sparse.value, { params: mml.parameters, deviance: mml.deviance }, 1e-5);
    const byStep = answerTo({
      statistic: 'mfrmMML',
      params: { steps: 'partial-credit' },
      input: { columns: columns(3), rows: values['partialCredit']!.rows },
    });
    within(byStep.value, { params: values['partialCredit']!.mml.parameters }, 1e-4);
  });

  it('mfrmCML, rsmCML and pcmCML by their log-likelihoods', () => {
    const { rows, logLikelihood } = values['conditionalFacets']!;
    within(
      answerTo({ statistic: 'mfrmCML', input: { columns: columns(3), rows } }).value,
      { logLik: logLikelihood },
      1e-5,
    );
    const { rows: personsByItems, ratingScale, partialCredit } = values['conditional']!;
    for (const [statistic, of] of [
      ['rsmCML', ratingScale],
      ['pcmCML', partialCredit],
    ] as const)
      within(answerTo({ statistic, input: { personsByItems } }).value, { logLik: of.logLikelihood }, 1e-5);
  });

  it('clmm of the wine ratings, under R’s names', () => {
    const { rows, laplace } = values['wine']!;
    const { thresholds, effects, ...rest } = laplace;
    within(
      answerTo({ statistic: 'clmm', input: { rows } }).value,
      { thresholds, coefficients: effects, sdGroup: rest.sdGroup, logLik: rest.logLikelihood },
      1e-4,
    );
  });

  it('randomInterceptREML of reviewers with unequal numbers', () => {
    const { rows, reml } = values['reviewers']!;
    const { mean, sdGroup, sdResidual, blup } = reml;
    within(
      answerTo({ statistic: 'randomInterceptREML', input: { rows } }).value,
      { mean, sdGroup, sdResidual, blup },
      1e-6,
    );
  });

  it('sprtOC and cusumARL as the research tables them', () => {
    const sequential = answerTo({ statistic: 'sprtOC', input: {} });
    within(sequential.value, { pass: { '0.70': 0.47, '0.80': 0.9 }, meanN: { '0.70': 25 } }, 0.3);
    const lengths = answerTo({ statistic: 'cusumARL', input: {}, params: { h: 2.8, rates: [0.7, 0.6] } });
    within(lengths.value, { '0.70': 48, '0.60': 21 }, 1);
  });
});

describe('models that have no value', () => {
  const rows = [
    ['a', 1, 1],
    ['a', 2, 2],
    ['b', 3, 2],
    ['b', 4, 1],
  ];

  it('are null with the reason', () => {
    const input = { columns: ['submission', 'rater', 'C1'], rows };
    expect(answerTo({ statistic: 'mfrmMML', input })).toMatchObject({ value: null, fault: false });
    expect(answerTo({ statistic: 'randomInterceptREML', input: { rows: [{ g: 'a', y: 1 }] } })).toMatchObject(
      { value: null, reason: 'too-few-groups', fault: false },
    );
    expect(answerTo({ statistic: 'clmm', input: { rows: [{ rater: 'a', rating: 1 }] } })).toMatchObject({
      value: null,
      reason: 'no-variation',
    });
  });

  it('and what cannot be read is a fault that names the member', () => {
    for (const [one, message] of [
      [{ statistic: 'mfrmMML', input: { rows: [{ who: 1 }] } }, /needs a column "submission"/],
      [
        { statistic: 'mfrmMML', input: { columns: ['submission', 'rater', 'C1'], rows: [...rows, rows[0]] } },
        /rated twice/,
      ],
      [
        { statistic: 'mfrmMML', input: { columns: ['submission', 'rater', 'C1'], rows, levels: [0, 1] } },
        /level 2 is none of 0 to 1/,
      ],
      [
        {
          statistic: 'mfrmMML',
          params: { steps: 'x' },
          input: { columns: ['submission', 'rater', 'C1'], rows },
        },
        /params\.steps/,
      ],
      [{ statistic: 'rsmCML', input: { personsByItems: 3 } }, /personsByItems/],
      [{ statistic: 'randomInterceptREML', input: { rows: [{ a: 1, b: 2, c: 3 }] } }, /two columns/],
      [{ statistic: 'clmm', input: { rows: [{ a: 1 }] } }, /"rating" and "rater"/],
      [{ statistic: 'sprtOC', input: {}, params: { p0: 0.9 } }, /0 < failRate/],
      [{ statistic: 'cusumARL', input: {}, params: { rates: [2] } }, /a rate is from 0 to 1/],
      [{ statistic: 'mfrmRecovery', input: {}, params: { replications: 0 } }, /1 to 10,000/],
    ] as const)
      expect(answerTo(one)).toMatchObject({
        value: null,
        fault: true,
        reason: expect.stringMatching(message),
      });
  });
});
