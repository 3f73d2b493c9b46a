import { describe, expect, it } from '@jest/globals';
import { settableClock } from '../../src/kernel/index.js';
import { didWebUrl, type Outbound, type VerificationReport } from '../../src/verification/index.js';
import { builtWorker } from '../support/built-worker.js';
import { aService } from '../support/service.js';
import type { Corpus } from './corpus/index.js';
import { anyWord } from './tampering/known.js';
import { tamper, type Through } from './tampering/run.js';

const count = 20;
const seed = 4711;

/** Through `POST /api/v1/verify` of a running service, worker threads and all; other hosts are answered by the corpus. */
async function overHttp(corpus: Corpus): Promise<Through> {
  const { resolver } = corpus.ports;
  const dids = ['did:web:credentials.example.edu:issuers:westfield', 'did:web:endorser.example.org'];
  const outbound: Outbound = {
    get: async (url) => {
      const did = dids.find((one) => didWebUrl(one) === url);
      if (did === undefined) return resolver.resource({ url });
      const answer = await resolver.did(did);
      if (!answer.ok) return answer;
      const bytes = Buffer.from(JSON.stringify(answer.document));
      return { ok: true, bytes, mediaType: 'application/did+json', url };
    },
  };
  const worker = await builtWorker();
  const service = await aService({
    workerUrl: worker.url,
    overrides: { clock: settableClock(corpus.now), outbound },
  });
  // One after the other: more at once than may wait would be told to come back.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(ask: () => Promise<T>): Promise<T> => {
    const mine = turn.then(ask);
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    // Ours are another service's, whose standing is asked for in process; words of any kind are read for VC-API alone.
    takes: ({ name }) => !name.startsWith('own ') && name !== anyWord,
    judge: async (bytes) => {
      const answer = await inTurn(async () =>
        service.http.post('/api/v1/verify').attach('file', Buffer.from(bytes), {
          filename: 'credential',
          contentType: 'application/octet-stream',
        }),
      );
      if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.text}`);
      return answer.body as VerificationReport;
    },
    close: async () => {
      await service.close();
      worker.remove();
    },
  };
}

describe('altered credentials, handed to the service', () => {
  it('are never said to be their issuer’s while they show something else', async () => {
    const result = await tamper({ count, seed, limitMillis: 20_000, through: overHttp });
    console.log(
      `tampering over HTTP: ${JSON.stringify(result.credentials)}, ${count} leaf and ${count} structural mutations, seed ${seed}: ${JSON.stringify(result.verdicts)}`,
    );
    expect(result.faults).toEqual([]);
    expect(Object.values(result.verdicts).reduce((a, b) => a + b, 0)).toBe(2 * count);
    expect(result.verdicts['valid']).toBeGreaterThan(0);
  });
});
