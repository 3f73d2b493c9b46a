import autocannon from 'autocannon';
import { startDemo } from '../demo-server.js';
import { figure, median, spread } from '../measure.js';
import type { Row } from '../row.js';

/** The public page of a credential of ours against the same server's JSON of it: what making the page costs. */
export const publicPage: Row = {
  id: 'V4',
  run: async ({ quick, say }) => {
    const server = await startDemo();
    try {
      const { page, json } = server.demo.credential;
      const rates: { readonly page: number[]; readonly json: number[] } = { page: [], json: [] };
      const p99: number[] = [];
      for (let round = 0; round < (quick ? 3 : 5); round += 1) {
        for (const [form, url, accept] of [
          ['page', page, 'text/html'],
          ['json', json, '*/*'],
        ] as const) {
          const found = await autocannon({
            url,
            connections: 10,
            duration: quick ? 4 : 8,
            headers: { accept },
          });
          if (found.non2xx > 0 || found.errors > 0)
            throw new Error(`${form}: not every request was answered`);
          rates[form].push(found.requests.average);
          if (form === 'page') p99.push(found.latency.p99);
        }
        say(`V4 round ${round + 1}`);
      }
      const [ours, peer] = [median(rates.page), median(rates.json)];
      return [
        {
          id: 'V4',
          what: 'public page of a credential over HTTP, 10 connections, against the same server’s JSON of it',
          ours: figure(ours),
          peer: figure(peer),
          unit: 'requests/s',
          ratio: figure(ours / peer),
          bar: 'none yet',
          met: null,
          reason: `page ${spread(rates.page)}, JSON ${spread(rates.json)}; p99 of the page ${figure(median(p99))} ms`,
        },
      ];
    } finally {
      await server.stop();
    }
  },
};
