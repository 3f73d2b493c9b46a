import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { judgeInWorkers, type JudgeInWorkers } from '../../src/adapters/workers/index.js';
import { packageRoot } from '../../src/kernel/index.js';
import { inProcessJudge, type Judge, type VerificationReport } from '../../src/verification/index.js';
import { builtWorker } from '../support/built-worker.js';
import { aService, type TestService } from '../support/service.js';

const megabyte = 1024 * 1024;
let worker: Awaited<ReturnType<typeof builtWorker>>;
let service: TestService;

beforeAll(async () => {
  worker = await builtWorker();
  service = await aService({ workerUrl: worker.url });
});
afterAll(async () => {
  await service.close();
  worker.remove();
});

const post = (type: string) => service.http.post('/api/v1/verify').set('Content-Type', type);
const bare = (text: string | Buffer) => post('application/vc').send(text);
const file = (bytes: Buffer) => service.http.post('/api/v1/verify').attach('file', bytes, 'credential');

/** What the check `limits` says, or the check that says why there was nothing to read. */
function said(body: unknown): string {
  const { verdict, checks } = body as VerificationReport;
  const line = checks.find(({ outcome }) => outcome === 'failed' || outcome === 'could-not-check');
  return `${verdict}; ${line?.check} ${line?.outcome}: ${line?.detail}`;
}

describe('what is too much of a request', () => {
  it.each([
    ['a bare credential over 8 MB', () => bare('x'.repeat(8 * megabyte + 1))],
    ['a file over 8 MB', () => file(Buffer.alloc(8 * megabyte + 1))],
    ['JSON over 1 MB', () => post('application/json').send(`{"credential":"${'x'.repeat(megabyte)}"}`)],
  ])('%s is refused with 413', async (_name, send) => {
    const answer = await send();
    expect(answer.status).toBe(413);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('a body without an end is refused as soon as it passes the limit', async () => {
    const server: Server = createServer(service.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    let sent = 0;
    const status = await new Promise<number>((resolve, reject) => {
      const endless = request({
        port,
        method: 'POST',
        path: '/api/v1/verify',
        headers: { 'content-type': 'application/vc' },
      });
      let answered = false;
      endless.once('response', (response) => {
        answered = true;
        resolve(response.statusCode ?? 0);
        endless.destroy();
      });
      endless.on('error', (error) => (answered ? undefined : reject(error)));
      const chunk = Buffer.alloc(256 * 1024, 0x20);
      const more = (): void => {
        if (answered) return;
        sent += chunk.length;
        endless.write(chunk, () => setImmediate(more));
      };
      more();
    });
    expect(status).toBe(413);
    expect(sent).toBeLessThan(64 * megabyte);
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
});

describe('what is too much of a credential', () => {
  const nested = (levels: number) => `${'[['.repeat(levels / 2)}${']]'.repeat(levels / 2)}`;
  it.each([
    ['100,000 brackets', () => bare('['.repeat(100_000)), /limits failed: .*more than \d+ levels deep/],
    ['100,000 brackets as text', () => post('text/plain').send('['.repeat(100_000)), /levels deep/],
    ['100,000 brackets in a file', () => file(Buffer.from('['.repeat(100_000))), /levels deep/],
    [
      '100,000 objects',
      () => bare(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
      /limits failed: .*levels deep/,
    ],
    [
      '100,000 levels in the JSON of a request',
      () => post('application/json').send(`{"credential":{"a":${nested(100_000)}}}`),
      /limits failed: .*levels deep/,
    ],
    ['more levels than are read', () => bare(`{"a":${nested(40)}}`), /limits failed: .*levels deep/],
    [
      'more values than are read',
      () => bare(`{"a":[${'1,'.repeat(4000)}1]}`),
      /limits failed: .*more than 4000/,
    ],
    [
      'more bytes than are read',
      () => bare(`{"a":"${'x'.repeat(65 * 1024)}"}`),
      /limits failed: .*65536 bytes/,
    ],
    ['8 MB of nothing', () => file(Buffer.alloc(8 * megabyte)), /not-genuine; parse|limits failed/],
    ['a picture that swells', () => file(swellingPng()), /limits failed: .*inflates to more than 2 MiB/],
    ['what is no JSON', () => bare('{"a":'), /not-genuine; parse failed/],
    ['nothing that is text', () => bare(Buffer.from([0xff, 0xfe, 0x00])), /parse (failed|could-not-check)/],
  ])('%s gets a report', async (_name, send, expected) => {
    const answer = await send();
    expect(answer.status).toBe(200);
    expect(said(answer.body)).toMatch(expected);
    expect((answer.body as VerificationReport).checks).toHaveLength(15);
  });

  it('leaves the service as it was', async () => {
    await service.http.get('/readyz').expect(200);
    expect(
      service.events.filter((event) => 'error' in event && (event as { status?: number }).status === 500),
    ).toEqual([]);
  });
});

describe('a service that many ask', () => {
  it('judges what is handed in, in whichever way, in the sender’s turns', async () => {
    const senders: string[] = [];
    const judge: Judge = {
      ...inProcessJudge,
      forSender: (sender) => {
        senders.push(sender);
        return inProcessJudge;
      },
    };
    const asked = await aService({ overrides: { judge } });
    try {
      await asked.http.post('/api/v1/verify').set('Content-Type', 'application/vc').send('{}').expect(200);
      await asked.http.post('/api/v1/verify').attach('file', Buffer.from('{}'), 'credential').expect(200);
      await asked.http.post('/verify').type('form').send({ credential: '{}' }).expect(200);
      await asked.http.post('/credentials/verify').send({ verifiableCredential: {} }).expect(400);
      await asked.http.post('/presentations/verify').send({ verifiablePresentation: {} }).expect(400);
    } finally {
      await asked.close();
    }
    expect(senders).toEqual(Array.from({ length: 5 }, () => '127.0.0.1'));
  });
});

describe('a service that is asked too much at once', () => {
  let workers: JudgeInWorkers | undefined;
  afterAll(() => workers?.close());

  it('answers 503 with Retry-After to who comes too late, and serves the others', async () => {
    // Threads that take their time (`test/support/odd-worker.mjs`) and hold whatever they are given.
    workers = judgeInWorkers({
      url: pathToFileURL(join(packageRoot, 'test/support/odd-worker.mjs')),
      wallClockSeconds: 1,
      threads: 1,
      waiting: 1,
      megabytes: 64,
    });
    const busy = await aService({ overrides: { judge: workers.judge } });
    try {
      const answers = await Promise.all(
        Array.from({ length: 4 }, () =>
          busy.http.post('/api/v1/verify').set('Content-Type', 'application/vc').send('endless'),
        ),
      );
      const late = answers.filter(({ status }) => status === 503);
      expect(late).toHaveLength(2);
      for (const { headers, body } of late) {
        expect(Number(headers['retry-after'])).toBeGreaterThan(0);
        expect(body).toMatchObject({ status: 503, type: expect.stringMatching(/\/problems\/unavailable$/) });
      }
      const served = answers.filter(({ status }) => status === 200);
      expect(served.map(({ body }) => said(body))).toEqual(
        Array.from(
          { length: 2 },
          () =>
            'could-not-check; limits could-not-check: Judging took longer than 1 s, more than one credential is given.',
        ),
      );
    } finally {
      await busy.close();
    }
  });
});

/** A PNG whose text, 64 MB of zeros, is small on the way. */
function swellingPng(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const text = deflateSync(Buffer.alloc(64 * megabyte));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    chunk('iTXt', Buffer.concat([Buffer.from('openbadgecredential\0\x01\0\0\0', 'latin1'), text])),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
