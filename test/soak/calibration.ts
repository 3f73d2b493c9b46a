import {
  agreementRunLength,
  agreementWeights,
  characteristicReviewers,
  defaultDriftPolicy,
  defaultQualificationPolicy,
  facetsRecovery,
  qualificationCharacteristic,
  seededRandom,
} from '../../src/calibration/index.js';
import type { Row } from './row.js';

/** calibration.md, 2.3, in the order of `characteristicReviewers`: P(pass) of 6000 runs, and mean submissions. */
const passes = [
  [0.997, 10],
  [0.997, 10],
  [0.906, 13],
  [0.026],
  [0.959, 11],
  [0.95, 12],
  [0.678, 15],
  [0.017],
  [0.754, 14],
  [0.693, 15],
  [0.322, 18],
  [0.011],
  [0.314, 18],
  [0.252, 18],
  [0.087, 18],
  [0.004],
  [0.059],
  [0.047],
  [0.018],
  [0.001],
] as const;

export const row: Row = {
  promise:
    'The simulated tables of the rating science, within Monte Carlo error: what the qualification rule does to reviewers of known ' +
    'quality, run lengths of the drift chart, recovery of severities. Its size is attempts for each kind of reviewer.',
  bar: 6000,
  run: async (size, seed, say) => {
    const faults: unknown[] = [];
    const rows = qualificationCharacteristic(
      defaultQualificationPolicy,
      { criteria: 4, levels: 4, requiredLevel: 2 },
      { seed, replications: size },
    );
    const qualification = rows.map(({ noise, bias, exact, pass, fail, submissions }, index) => {
      const [printed, read] = passes[index]!;
      const error = Math.sqrt(printed * (1 - printed) * (1 / size + 1 / 6000));
      // Printed to three places, and to whole submissions.
      const off = Math.abs(pass - printed) > 4 * error + 0.0005;
      const long = read !== undefined && Math.abs(submissions - read) > 0.5 + 20 / Math.sqrt(size);
      if (off || long) faults.push({ noise, bias, pass, submissions, printed, read });
      return {
        noise,
        bias,
        exact,
        pass,
        fail,
        submissions,
        research: { pass: printed, submissions: read ?? null },
      };
    });
    say(`qualification: ${rows.length} kinds of reviewers`);
    if (rows.length !== characteristicReviewers.length) faults.push('rows are missing');

    const runLengths = [2.2, 2.8, 3.5].flatMap((limit) =>
      [0.8, 0.7, 0.6].map((rate) => {
        const chart = { ...agreementWeights(0.8, 0.6), limit };
        const exact = agreementRunLength(chart, rate);
        const simulated = simulatedRunLength(chart, rate, size, seed);
        // A run length is spread about like its mean.
        if (Math.abs(simulated / exact - 1) > 4 / Math.sqrt(size))
          faults.push({ limit, rate, exact, simulated });
        return { limit, rate, exact, simulated };
      }),
    );
    say(`drift: ${runLengths.length} run lengths`);

    const replications = Math.max(25, Math.round(size / 30));
    const recovery = {
      30: facetsRecovery(30, { seed, replications }),
      90: facetsRecovery(90, { seed, replications }),
    };
    if (recovery[90].rmse > 0.2) faults.push({ rmse: recovery[90].rmse });
    if (recovery[30].rmse > 1.15 * 0.307 || recovery[90].rmse > 1.15 * 0.169) faults.push(recovery);
    return {
      figures: { qualification, runLengths, drift: defaultDriftPolicy, recovery, replications },
      faults,
    };
  },
};

function simulatedRunLength(
  chart: { readonly exactWeight: number; readonly otherWeight: number; readonly limit: number },
  rate: number,
  runs: number,
  seed: number,
): number {
  const random = seededRandom(seed + Math.round(1000 * (rate + chart.limit)));
  let total = 0;
  for (let run = 0; run < runs; run += 1) {
    for (let value = 0; value < chart.limit; total += 1)
      value = Math.max(0, value + (random() < rate ? chart.exactWeight : chart.otherWeight));
  }
  return total / runs;
}
