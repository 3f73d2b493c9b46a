import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDemo } from '../demo-server.js';
import { figure, quantile } from '../measure.js';
import type { Result, Row } from '../row.js';
import { manyNodes, ordinaryCredential, schemaHost, yearsOfPatterns } from '../slow-documents.js';

const here = '127.0.0.1';
/** Of this machine too, where it has the whole of 127.0.0.0/8, as Linux does. */
const elsewhere = '127.0.0.2';

/** Beside it the service is otherwise nearly idle, so that what is seen is the slow request and no queue of our own. */
const idleShare = 6;

/**
 * One client sends a request that is built to be slow, again as soon as it is answered. What becomes of the others:
 * readers of a public page, and verifiers of ordinary credentials, each at a steady rate that nobody's answer changes:
 * one request in six times the time that one takes alone on this machine. Without it, beside each kind of slow request
 * and beside four of them at once in turn, round after round. The one slow client has the address of the others: nothing
 * tells them apart. The four at once have one address of their own.
 */
export const slowRequest: Row = {
  id: 'V2',
  run: async ({ quick, say }) => {
    const [server, host] = [await startDemo(), await schemaHost()];
    try {
      const { page } = server.demo.credential;
      const { verifyApi } = server.demo;
      const ordinary = await ordinaryCredential();
      const nodes = manyNodes();
      const patterns = await yearsOfPatterns(host.url);
      const read = () => fetch(page, { headers: { accept: 'text/html' } });
      const check = () => verify(verifyApi, ordinary);
      // Both threads of the smallest machine, and the code of the pages.
      for (let n = 0; n < 30; n += 1) await Promise.all([check(), check(), read()].map(answered));
      const every = { page: idleShare * (await alone(read)), verification: idleShare * (await alone(check)) };
      const [rounds, requests] = quick ? [3, 20] : [8, 25];
      const seconds = (requests * every.verification) / 1000;

      const quiet = side('none', [], '');
      const besides = [
        side('a', [nodes], 'a credential of 850 typed nodes'),
        side('b', [patterns], 'a presentation of 8 credentials with patterns that take years'),
        side('c', [nodes, patterns, nodes, patterns], 'two of each at once, from another address'),
      ];
      for (let round = 0; round < rounds; round += 1) {
        for (const { slow, slowMillis, latencies } of [quiet, ...besides]) {
          const stop = new AbortController();
          const from = slow.length > 1 ? elsewhere : here;
          const senders = slow.map((text) => sendAgainAndAgain(verifyApi, text, from, stop.signal));
          // The first of the slow ones is under way.
          await sleep(300);
          const [pages, verifications] = await Promise.all([
            steadily(every.page, Math.floor((seconds * 1000) / every.page), read),
            steadily(every.verification, requests, check),
          ]);
          stop.abort();
          latencies.pages.push(...pages);
          latencies.verifications.push(...verifications);
          for (const sender of senders) slowMillis.push(...(await sender));
          // What the slow ones left behind, such as threads that load, is not counted for the next side.
          await sleep(2_000);
        }
        say(`V2 round ${round + 1} of ${rounds}`);
      }
      return besides.flatMap((beside) => [
        compared('V2a', `reading a public page, one in ${figure(every.page)} ms`, quiet, beside, 'pages'),
        compared(
          'V2b',
          `verifying an ordinary credential, one in ${figure(every.verification)} ms`,
          quiet,
          beside,
          'verifications',
        ),
      ]);
    } finally {
      await server.stop();
      await host.close();
    }
  },
};

interface Side {
  readonly id: string;
  readonly slow: readonly string[];
  readonly what: string;
  readonly slowMillis: number[];
  readonly latencies: { readonly pages: number[]; readonly verifications: number[] };
}

function side(id: string, slow: readonly string[], what: string): Side {
  return { id, slow, what, slowMillis: [], latencies: { pages: [], verifications: [] } };
}

function compared(
  id: string,
  what: string,
  without: Side,
  beside: Side,
  kind: keyof Side['latencies'],
): Result {
  const [besideIt, quiet] = [beside.latencies[kind], without.latencies[kind]];
  const [with99, without99] = [quantile(besideIt, 0.99), quantile(quiet, 0.99)];
  const ratio = with99 / without99;
  const hasBar = beside.slow.length === 1;
  return {
    id: `${id}-${beside.id}`,
    what: `p99 of ${what}, beside ${beside.what} (ours) and without (peer)`,
    ours: figure(with99),
    peer: figure(without99),
    unit: 'ms (p99)',
    ratio: figure(ratio),
    bar: hasBar ? '< 2 times' : 'none',
    met: hasBar ? ratio < 2 : null,
    reason:
      `beside it ${spreadOf(besideIt)}; without ${spreadOf(quiet)}; ` +
      `the slow one: ${beside.slow[0]!.length} bytes, ${figure(quantile(beside.slowMillis, 0.5))} ms (p50) each, ` +
      `${beside.slowMillis.length} answered`,
  };
}

/** The p99 of few is near their maximum: how many there were stands beside it. */
function spreadOf(values: readonly number[]): string {
  const rank = values.length - Math.min(values.length - 1, Math.floor(0.99 * values.length));
  const place = rank === 1 ? 'the largest' : `number ${rank} from the top`;
  const [p50, p90, most] = [0.5, 0.9, 1].map((q) => figure(quantile(values, q)));
  return `p50 ${p50}, p90 ${p90}, max ${most} of ${values.length} (p99: ${place})`;
}

async function answered(response: Promise<Response>): Promise<void> {
  const got = await response;
  await got.arrayBuffer();
  if (got.status !== 200) throw new Error(`answered ${got.status}`);
}

/** How many milliseconds one request takes alone, in the middle of a few. */
async function alone(send: () => Promise<Response>): Promise<number> {
  const millis: number[] = [];
  for (let n = 0; n < 15; n += 1) millis.push(await timed(send));
  return quantile(millis, 0.5);
}

async function timed(send: () => Promise<Response>): Promise<number> {
  const sent = performance.now();
  await answered(send());
  return performance.now() - sent;
}

/** Requests at fixed times, whether or not the one before was answered; the milliseconds of each. */
async function steadily(
  everyMillis: number,
  count: number,
  send: () => Promise<Response>,
): Promise<number[]> {
  const began = performance.now();
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      await sleep(n * everyMillis - (performance.now() - began));
      return timed(send);
    }),
  );
}

async function sendAgainAndAgain(
  verifyApi: string,
  text: string,
  from: string,
  stop: AbortSignal,
): Promise<number[]> {
  const millis: number[] = [];
  while (!stop.aborted) {
    const sent = performance.now();
    const { status, body } = await postFrom(from, verifyApi, text);
    if (status !== 200) throw new Error(`the slow request was answered ${status}`);
    const { verdict } = JSON.parse(body) as { readonly verdict: string };
    if (verdict === 'valid') throw new Error('the slow credential is valid');
    millis.push(performance.now() - sent);
  }
  return millis;
}

function postFrom(
  localAddress: string,
  url: string,
  text: string,
): Promise<{ readonly status: number | undefined; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', family: 4, localAddress, headers: { 'content-type': 'application/vc' } },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.once('end', () => resolve({ status: response.statusCode, body }));
        response.once('error', reject);
      },
    );
    sent.once('error', reject).end(text);
  });
}

function verify(verifyApi: string, body: string): Promise<Response> {
  return fetch(verifyApi, { method: 'POST', headers: { 'content-type': 'application/vc' }, body });
}
