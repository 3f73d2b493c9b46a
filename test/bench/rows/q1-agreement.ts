import { namedStatistics, readRatings, seededRandom } from '../../../src/calibration/index.js';
import { figure, median, spread } from '../measure.js';
import type { Row } from '../row.js';

const bar = 1;

/** Every agreement statistic, one after the other, on 100,000 pairs of ratings in four levels, reading them included. */
export const agreementStatistics: Row = {
  id: 'Q1',
  run: async ({ quick }) => {
    const random = seededRandom(1);
    const level = (about: number) => Math.min(4, Math.max(1, Math.round(about)));
    const abilities = Array.from({ length: 100_000 }, () => 2.5 + 3 * (random() - 0.5));
    const input = {
      rater1: abilities.map((ability) => level(ability + random() - 0.5)),
      rater2: abilities.map((ability) => level(ability + random() - 0.5)),
      categories: [1, 2, 3, 4],
    };
    const statistics = Object.entries(namedStatistics).flatMap(([name, { ofRatings }]) =>
      ofRatings === undefined ? [] : [{ name, ofRatings }],
    );
    const seconds = Array.from({ length: quick ? 3 : 9 }, () => {
      const started = process.hrtime.bigint();
      const data = readRatings(input);
      const missing = statistics.filter(({ ofRatings }) => ofRatings(data, {}).reason !== null);
      if (missing.length > 0) throw new Error(`no value: ${missing.map(({ name }) => name).join(', ')}`);
      return Number(process.hrtime.bigint() - started) / 1e9;
    });
    const value = median(seconds);
    return [
      {
        id: 'Q1',
        what: `${statistics.length} agreement statistics on 100,000 double ratings, reading them included`,
        ours: figure(value),
        peer: null,
        unit: 's',
        ratio: null,
        bar: `<= ${bar}`,
        met: value <= bar,
        reason: `ours ${spread(seconds)}; no package on npm has these statistics with users`,
      },
    ];
  },
};
