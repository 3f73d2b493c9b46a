import {
  agreementRunLength,
  seededRandom,
  severityRunLength,
  type DriftPoint,
  type DriftPolicy,
} from '../../src/calibration/index.js';
import { newId } from '../../src/kernel/index.js';
import { observed, withDrift } from '../support/drift-levels.js';
import { aReviewHouse } from '../support/review-house.js';
import type { Row } from './row.js';

/** A chart of agreement alone: severity is out of reach. */
const agreementAlone: Partial<DriftPolicy> = { severitySlack: 1, severityLimit: 1_000 };

/** calibration.md, 2.3: in control .80, out .60; `falseAlarm` is what the limit is solved for. Mean levels to an alarm. */
const research = [
  { limit: 2.2, falseAlarm: 118, means: { 0.8: 118, 0.7: 34, 0.6: 17 } },
  { limit: 2.8, falseAlarm: 220, means: { 0.8: 220, 0.7: 48, 0.6: 21 } },
  { limit: 3.5, falseAlarm: 493, means: { 0.8: 493, 0.7: 71, 0.6: 28 } },
] as const;

export const row: Row = {
  promise:
    'From a kept observation to a kept signal, reviewers in control and drifted raise the alarm after as many levels as the research’s ' +
    'table and the computed one say, within Monte Carlo error. Its size is reviewers for each cell.',
  bar: 400,
  run: async (size, seed, say) => {
    const faults: unknown[] = [];
    const table: unknown[] = [];
    for (const { limit, falseAlarm, means } of research) {
      const drift = { inControlRate: 0.8, detectedDrop: 0.2, runLength: falseAlarm, ...agreementAlone };
      for (const [rate, printed] of Object.entries(means)) {
        const { charts, ...found } = await simulated(drift, Number(rate), size, seed);
        // Four standard errors, and 2 % for the table's own rounding and error.
        if (Math.abs(found.mean - printed) > 4 * found.error + 0.02 * printed)
          faults.push({ limit, rate, printed, ...found });
        table.push({
          limit: charts.agreement.limit,
          rate: Number(rate),
          ...found,
          research: { limit, mean: printed },
        });
      }
      say(`limit ${limit}: ${size} reviewers a cell`);
    }

    const defaults: unknown[] = [];
    for (const rate of [0.7, 0.65, 0.6, 0.55, 0.45]) {
      const alone = await simulated(agreementAlone, rate, size, seed);
      const computed = agreementRunLength(alone.charts.agreement, rate);
      if (Math.abs(alone.mean - computed) > 4 * alone.error) faults.push({ rate, computed, alone });
      const all = await simulated({}, rate, size, seed + 1);
      // Every side can only bring an alarm earlier than it would come of one alone.
      const severity = severityRunLength(all.charts.severity, evenly(rate));
      if (all.mean > Math.min(computed, severity) + 4 * all.error)
        faults.push({ rate, computed, severity, all });
      const { mean, error } = all;
      defaults.push({
        rate,
        agreement: { mean: alone.mean, error: alone.error, computed },
        all: { mean, error, severity },
      });
    }
    say('the default policy: agreement alone, and with severity');
    return { figures: { research: table, defaults, levelsOfOneWork: 4 }, faults };
  },
};

/** Exact at a rate, else a level above as often as below. */
function evenly(rate: number): ReadonlyMap<number, number> {
  return new Map([
    [-1, (1 - rate) / 2],
    [0, rate],
    [1, (1 - rate) / 2],
  ]);
}

/** Mean number of levels, and its standard error, until the observation of so many new reviewers raises a signal. */
async function simulated(drift: Partial<DriftPolicy>, rate: number, reviewers: number, seed: number) {
  const house = await aReviewHouse({ seed: `drift ${seed}` });
  const { district, version, calibration } = house;
  const random = seededRandom(seed + Math.round(1_000 * rate));
  try {
    await withDrift(house, drift);
    const lengths: number[] = [];
    let last: DriftPoint | undefined;
    for (let n = 0; n < reviewers; n += 1) {
      const member = newId(calibration.randomness, 'mbr');
      const who = await house.certify({ kind: 'member', district, member });
      for (let length = 0; length === 0;) {
        const given = [1, 2, 3, 4].map(() => (random() < rate ? 3 : random() < 0.5 ? 2 : 4));
        await observed(house, who, given);
        const point = (await calibration.store.lastDriftPoint(district, member, version))!;
        const alarm = point.alarms[0];
        const signals = await calibration.store.driftSignalsOn(district, who.id);
        if (signals.length !== (alarm === undefined ? 0 : 1))
          throw new Error(
            `${signals.length} signals after ${point.alarms.length} alarms of observation ${point.n}`,
          );
        last = point;
        if (alarm !== undefined)
          length = (point.n - 1) * 4 + point.trace.findIndex(({ id }) => id === alarm.at) + 1;
        if (length > 0) lengths.push(length);
      }
    }
    const mean = lengths.reduce((sum, length) => sum + length, 0) / reviewers;
    const spread = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / (reviewers - 1);
    return { mean, error: Math.sqrt(spread / reviewers), charts: last!.charts.keys };
  } finally {
    await house.store.close();
  }
}
