import { setTimeout as sleep } from 'node:timers/promises';
import { secureCredential, type JsonObject } from '../../../src/securing/index.js';
import { startDemo } from '../demo-server.js';
import { figure, quantile } from '../measure.js';
import type { Result, Row } from '../row.js';
import { aStranger, badgeOf } from '../stranger.js';

/** Beside it the service is otherwise nearly idle, so that what is seen is the slow credential and no queue of our own. */
const idleShare = 8;

/**
 * One client sends a credential that is built to be slow, again as soon as it is answered. What becomes of the others:
 * readers of a public page, and verifiers of ordinary credentials, each at a steady rate that nobody's answer changes:
 * one request in eight times the time that one takes alone on this machine.
 */
export const slowRequest: Row = {
  id: 'V2',
  run: async ({ quick, say }) => {
    const server = await startDemo();
    try {
      const { page } = server.demo.credential;
      const { verifyApi } = server.demo;
      const slow = JSON.stringify(slowCredential());
      const ordinary = await ordinaryCredential();
      const quiet: Latencies = { pages: [], verifications: [] };
      const beside: Latencies = { pages: [], verifications: [] };
      const slowMillis: number[] = [];
      const seconds = quick ? 12 : 30;
      const read = () => fetch(page, { headers: { accept: 'text/html' } });
      const check = () => verify(verifyApi, ordinary);
      const every = { page: idleShare * (await alone(read)), verification: idleShare * (await alone(check)) };
      const load = async (): Promise<Latencies> => {
        const [pages, verifications] = await Promise.all([
          steadily(every.page, seconds, read),
          steadily(every.verification, seconds, check),
        ]);
        return { pages, verifications };
      };
      for (let round = 0; round < (quick ? 2 : 5); round += 1) {
        add(quiet, await load());
        const stop = new AbortController();
        const sender = sendAgainAndAgain(verifyApi, slow, stop.signal);
        add(beside, await load());
        stop.abort();
        slowMillis.push(...(await sender));
        say(`V2 round ${round + 1}`);
      }
      const slowText =
        `the slow credential: ${slow.length} bytes, ${figure(quantile(slowMillis, 0.5))} ms (p50) each, ` +
        `${slowMillis.length} one after the other`;
      return [
        compared(
          'V2a',
          `reading a public page, one in ${figure(every.page)} ms`,
          quiet.pages,
          beside.pages,
          slowText,
        ),
        compared(
          'V2b',
          `verifying an ordinary credential, one in ${figure(every.verification)} ms`,
          quiet.verifications,
          beside.verifications,
          slowText,
        ),
      ];
    } finally {
      await server.stop();
    }
  },
};

interface Latencies {
  readonly pages: number[];
  readonly verifications: number[];
}

function add(to: Latencies, from: Latencies): void {
  to.pages.push(...from.pages);
  to.verifications.push(...from.verifications);
}

function compared(
  id: string,
  what: string,
  quiet: readonly number[],
  beside: readonly number[],
  slow: string,
): Result {
  const [with99, without99] = [quantile(beside, 0.99), quantile(quiet, 0.99)];
  const ratio = with99 / without99;
  return {
    id,
    what: `p99 of ${what}, beside one slow verification (ours) and without it (peer)`,
    ours: figure(with99),
    peer: figure(without99),
    unit: 'ms (p99)',
    ratio: figure(ratio),
    bar: '< 2 times',
    met: ratio < 2,
    reason:
      `p50 ${figure(quantile(beside, 0.5))} beside it, ${figure(quantile(quiet, 0.5))} without; ` +
      `${beside.length} and ${quiet.length} requests; ${slow}`,
  };
}

/** How many milliseconds one request takes alone, in the middle of a few. */
async function alone(send: () => Promise<Response>): Promise<number> {
  const millis: number[] = [];
  for (let n = 0; n < 9; n += 1) {
    const sent = performance.now();
    await (await send()).arrayBuffer();
    millis.push(performance.now() - sent);
  }
  return quantile(millis, 0.5);
}

/** Requests at fixed times, whether or not the one before was answered; the milliseconds of each. */
async function steadily(
  everyMillis: number,
  seconds: number,
  send: () => Promise<Response>,
): Promise<number[]> {
  const began = performance.now();
  return Promise.all(
    Array.from({ length: Math.ceil((seconds * 1000) / everyMillis) }, async (_, n) => {
      await sleep(n * everyMillis - (performance.now() - began));
      const sent = performance.now();
      const response = await send();
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`answered ${response.status}`);
      return performance.now() - sent;
    }),
  );
}

async function sendAgainAndAgain(verifyApi: string, text: string, stop: AbortSignal): Promise<number[]> {
  const millis: number[] = [];
  while (!stop.aborted) {
    const sent = performance.now();
    const response = await verify(verifyApi, text);
    const { verdict } = (await response.json()) as { readonly verdict: string };
    if (verdict === 'valid') throw new Error('the slow credential is valid');
    millis.push(performance.now() - sent);
  }
  return millis;
}

function verify(verifyApi: string, body: string): Promise<Response> {
  return fetch(verifyApi, { method: 'POST', headers: { 'content-type': 'application/vc' }, body });
}

async function ordinaryCredential(): Promise<string> {
  const signer = aStranger();
  const { credentialStatus: _none, ...badge } = badgeOf(signer.controller, 1) as JsonObject;
  return JSON.stringify(
    await secureCredential({ credential: badge, signer, created: '2026-11-20T09:00:00Z' }),
  );
}

/** As many typed nodes as the limits of one credential let through: each costs the JSON-LD processor a context. */
function slowCredential(): JsonObject {
  const signer = aStranger();
  const { credentialStatus: _none, ...badge } = badgeOf(signer.controller, 1) as JsonObject;
  return {
    ...badge,
    evidence: Array.from({ length: 850 }, (_, n) => ({ type: ['Evidence'], name: String(n) })),
    proof: [
      {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        created: '2026-11-20T09:00:00Z',
        verificationMethod: signer.verificationMethod,
        proofPurpose: 'assertionMethod',
        proofValue: `z${'2'.repeat(87)}`,
      },
    ],
  };
}
