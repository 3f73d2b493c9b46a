import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completeSignIn, createSignInLink } from '../../../src/access/index.js';
import { compose, type Service } from '../../../src/compose.js';
import { readConfig } from '../../../src/config.js';
import { figure, median, quantile } from '../measure.js';
import { fillWithRatings, type Size } from '../many-ratings.js';
import type { Row } from '../row.js';

const bar = 300;

/**
 * The page of the figures of a district's reviewers, over HTTP, from a store on disk that a fresh service has just opened:
 * the first time, and again and again.
 */
export const dashboard: Row = {
  id: 'Q3',
  run: async ({ quick, say }) => {
    const size: Size = quick
      ? { reviewers: 200, versions: 5, ratings: 50 }
      : { reviewers: 200, versions: 5, ratings: 1_000 };
    const dataDir = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
    try {
      const filling = await opened(dataDir, 8080);
      const filled = await fillWithRatings(filling, size, say);
      await filling.close();
      const [first, again, rows] = await measured(dataDir, filled.lead);
      const p95 = quantile(again, 0.95);
      const whole = !quick;
      return [
        {
          id: 'Q3',
          what: `page of figures of ${size.reviewers} reviewers on ${size.versions} rubrics with ${filled.ratings} ratings, over HTTP, p95`,
          ours: figure(p95),
          peer: null,
          unit: 'ms',
          ratio: figure(bar / p95),
          bar: `<= ${bar}`,
          met: whole ? p95 <= bar : null,
          reason: `first after opening ${figure(first)}, p50 ${figure(median(again))}, max ${figure(Math.max(...again))} ms of ${again.length}; ${rows} rows on the page; ${filled.observations} observations; ${filled.recomputed} reviewers equal to recomputing, ${figure(filled.recomputeMillis)} ms each${whole ? '' : '; the bar is of 1,000,000 ratings, without --quick'}`,
        },
      ];
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

async function opened(dataDir: string, port: number): Promise<Service> {
  const { config, secrets } = readConfig({
    ...{
      TOUCHSTONE_DATA_DIR: dataDir,
      PUBLIC_URL: 'http://localhost:8080',
      PORT: String(port),
      LOG_LEVEL: 'silent',
    },
  });
  return compose({ ...config, rateLimits: false }, secrets, {
    background: () => false,
    log: () => undefined,
  });
}

async function measured(
  dataDir: string,
  lead: Parameters<typeof createSignInLink>[1],
): Promise<readonly [first: number, again: readonly number[], rows: number]> {
  const service = await opened(dataDir, 8080);
  const server = createServer(service.app);
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const link = await createSignInLink(service.rooms.access, lead, { inPerson: true });
    const { secret } = await completeSignIn(service.rooms.access, link.split('/').at(-1)!);
    const load = async (path: string) => {
      const started = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers: { cookie: `session=${secret}`, accept: 'text/html' },
      });
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`the page answered ${answer.status}: ${text.slice(0, 300)}`);
      return { millis: performance.now() - started, rows: text.split('<tr').length - 2 };
    };
    const first = await load('/figures');
    const again: number[] = [];
    for (let n = 0; n < 60; n += 1) again.push((await load('/figures')).millis);
    return [first.millis, again, first.rows];
  } finally {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await service.close();
  }
}
