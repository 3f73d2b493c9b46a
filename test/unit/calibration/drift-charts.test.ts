import { describe, expect, it } from '@jest/globals';
import {
  agreementChart,
  agreementRunLength,
  agreementWeights,
  averageRunLength,
  defaultDriftPolicy,
  defaultQualificationPolicy,
  driftCharts,
  driftStart,
  driftStep,
  inControlRate,
  limitFor,
  seededRandom,
  severityRunLength,
  watchDrift,
  type DriftRating,
} from '../../../src/calibration/index.js';

/** calibration.md, 2.3: mean ratings to alarm, simulated there; at .90 only a lower bound is told for the last two. */
const research = [
  { limit: 2.2, of: { 0.8: 118, 0.7: 34, 0.6: 17 } },
  { limit: 2.8, of: { 0.8: 220, 0.7: 48, 0.6: 21 } },
  { limit: 3.5, of: { 0.8: 493, 0.7: 71, 0.6: 28 } },
];
const policy = defaultDriftPolicy;
const symmetric = (exact: number) =>
  new Map([
    [-1, (1 - exact) / 2],
    [0, exact],
    [1, (1 - exact) / 2],
  ]);
/** A sequence of ratings by their signed differences. */
const ratings = (...differences: readonly number[]): DriftRating[] =>
  differences.map((difference, index) => ({ id: `o${index}`, given: 2 + difference, reference: 2 }));

describe('the run length of a CUSUM', () => {
  it('is that of the research’s simulated table, within its Monte Carlo error', () => {
    for (const { limit, of } of research) {
      const chart = { ...agreementWeights(0.8, 0.6), limit };
      for (const [rate, simulated] of Object.entries(of)) {
        const exact = agreementRunLength(chart, Number(rate));
        console.log(`h ${limit}, rate ${rate}: exact ${exact.toFixed(1)}, research ${simulated}`);
        // Run lengths are spread about like their mean; a mean of some thousands of runs is within 4 %.
        expect(Math.abs(exact / simulated - 1)).toBeLessThan(0.04);
      }
    }
    // Told as > 2970 and > 3780 there, cut by the length of the simulation.
    expect(agreementRunLength({ ...agreementWeights(0.8, 0.6), limit: 2.8 }, 0.9)).toBeGreaterThan(2970);
    expect(agreementRunLength({ ...agreementWeights(0.8, 0.6), limit: 3.5 }, 0.9)).toBeGreaterThan(3780);
  });

  it('is what can be reckoned by hand for the smallest chains', () => {
    // An alarm at the first that is off: geometric.
    const step = (weight: number, probability: number) => ({ weight, probability });
    expect(averageRunLength([step(-1, 0.8), step(1, 0.2)], 1)).toBeCloseTo(5, 9);
    // Up or down by one, limit 2: L0 = 1 + .8 L0 + .2 L1, L1 = 1 + .8 L0, so L0 = 1.2 / .04 = 30.
    expect(averageRunLength([step(-1, 0.8), step(1, 0.2)], 2)).toBeCloseTo(30, 9);
    // A fair walk held at 0 reaches h after h(h + 1) steps on average.
    expect(averageRunLength([step(-1, 0.5), step(1, 0.5)], 12)).toBeCloseTo(156, 6);
    expect(averageRunLength([step(-1, 1)], 2)).toBe(Infinity);
    expect(() => averageRunLength([step(1, 0.4)], 1)).toThrow(/add up to 0.4/);
    expect(() => averageRunLength([step(1, 1)], 0)).toThrow(/limit/);
  });

  it('is what the chart does that watches reviewers: agreement and both sides of severity, simulated', () => {
    const random = seededRandom(20261125);
    const simulate = (exact: number, side: 'agreement' | 'severity', runs: number) => {
      const charts = driftCharts(policy, { exact: 0, n: 0 }, 1.3);
      let total = 0;
      for (let run = 0; run < runs; run += 1) {
        let state = driftStart;
        for (let n = 1; ; n += 1) {
          const chance = random();
          const difference = chance < exact ? 0 : chance < (1 + exact) / 2 ? 1 : -1;
          const next = driftStep(charts, state, { id: 'o', given: 2 + difference, reference: 2 });
          state = next.state;
          const alarm = next.reached.some((one) => (one === 'agreement') === (side === 'agreement'));
          if (alarm) {
            total += n;
            break;
          }
        }
      }
      return total / runs;
    };
    const chart = agreementChart(policy.inControlRate, policy);
    for (const [found, exact] of [
      [simulate(0.7, 'agreement', 400), agreementRunLength(chart, 0.7)],
      [simulate(0.55, 'agreement', 800), agreementRunLength(chart, 0.55)],
      [simulate(0.55, 'severity', 400), severityRunLength(policy, symmetric(0.55))],
    ] as const) {
      // Spread about like the mean: four errors of 400 runs are 20 %.
      expect(Math.abs(found / exact - 1)).toBeLessThan(0.2);
    }
  });
});

describe('the chart of a reviewer', () => {
  it('has the lowest limit with a run length of 200 in control, and finds a drop of .15 in about thirty ratings', () => {
    for (const rate of [0.7, 0.75, 0.8, 0.85, 0.9, 0.95]) {
      const chart = agreementChart(rate, policy);
      expect(agreementRunLength(chart, rate)).toBeGreaterThanOrEqual(200);
      expect(agreementRunLength({ ...chart, limit: chart.limit - 0.0002 }, rate)).toBeLessThan(200);
      expect(agreementRunLength(chart, rate - 0.15)).toBeLessThan(34);
    }
  });

  it('takes the own qualifying rate, shrunk, and never less than the policy’s', () => {
    const rate = (exact: number, n: number) =>
      inControlRate({ exact, n }, defaultQualificationPolicy.designEffect, policy);
    // Posterior mean with design effect 1.3: (34/1.3 + 1) / (40/1.3 + 2).
    expect(rate(34, 40)).toBeCloseTo((34 / 1.3 + 1) / (40 / 1.3 + 2), 12);
    expect(rate(26, 40)).toBe(0.7);
    expect(rate(0, 0)).toBe(0.7);
    expect(rate(400, 400)).toBe(0.98);
    expect(() => rate(41, 40)).toThrow(/41 exact of 40/);
    expect(() => agreementWeights(0.7, 0.7)).toThrow(/0 < out/);
  });

  it('errs on severity less than once in 200 ratings even at the least in-control rate, and finds half a level soon', () => {
    expect(severityRunLength(policy, symmetric(0.7))).toBeGreaterThan(200);
    // The research's untested starting values do not: half as often.
    expect(
      severityRunLength({ ...policy, severitySlack: 0.25, severityLimit: 4 }, symmetric(0.7)),
    ).toBeLessThan(110);
    const lenient = new Map([
      [0, 0.5],
      [1, 0.5],
    ]);
    expect(severityRunLength(policy, lenient)).toBeLessThan(14);
  });

  it('finds no limit where none suffices', () => {
    expect(() => limitFor(() => 1, 200)).toThrow(/no limit/);
  });
});

describe('watching a sequence of ratings', () => {
  const charts = driftCharts(policy, { exact: 0, n: 0 }, 1.3);

  it('raises agreement with the ratings since the chart was last at 0, and names the last clean one before', () => {
    // Weights at .70 against .55: -.2412 and +.4055, limit 2.2897: six in a row that are off reach 2.433.
    const watched = watchDrift(charts, ratings(0, 0, 1, -1, 1, -1, 1, -1, 0));
    expect(watched.alarms).toEqual([
      {
        side: 'agreement',
        value: expect.closeTo(6 * Math.log(0.45 / 0.3), 12),
        limit: charts.agreement.limit,
        at: 'o7',
        run: ['o2', 'o3', 'o4', 'o5', 'o6', 'o7'],
        lastClean: 'o1',
      },
    ]);
    // Every side begins again after an alarm.
    expect(watched.state).toMatchObject({ agreement: { value: 0, run: [] }, ratings: 1 });
    expect(watched.trace).toHaveLength(9);
    expect(watched.trace[7]!.agreement).toBeCloseTo(6 * Math.log(1.5), 12);
  });

  it('raises severity on the side to which the levels lean, sooner than agreement when they lean far', () => {
    // +2 levels: 2/.67 - .5 = 2.485 each, so the second alarms.
    const lenient = watchDrift(charts, ratings(0, 2, 2));
    expect(lenient.alarms).toMatchObject([{ side: 'lenient', at: 'o2', run: ['o1', 'o2'], lastClean: 'o0' }]);
    const severe = watchDrift(charts, ratings(-2, -2));
    expect(severe.alarms).toMatchObject([{ side: 'severe', at: 'o1', lastClean: null }]);
  });

  it('is a fold: watched in two parts it comes to the same as in one', () => {
    const random = seededRandom(8);
    const all = ratings(...Array.from({ length: 300 }, () => Math.round(2.4 * random() - 1.2)));
    const whole = watchDrift(charts, all);
    const first = watchDrift(charts, all.slice(0, 131));
    const second = watchDrift(charts, all.slice(131), first.state);
    expect(whole.alarms.length).toBeGreaterThan(1);
    expect([...first.alarms, ...second.alarms].map(({ at, run }) => [at, run])).toEqual(
      whole.alarms.map(({ at, run }) => [at, run]),
    );
    expect(second.state).toEqual(whole.state);
  });
});
