import { readFileSync } from 'node:fs';
import { judgeInWorkers } from '../../../src/adapters/workers/index.js';
import { defaultWorkers } from '../../../src/config.js';
import { didKeyDocument } from '../../../src/securing/index.js';
import { verifyCredential, type Resolver } from '../../../src/verification/index.js';
import type { Strangers } from '../stranger.js';

/** Verifies each credential once, through the worker threads, and prints the milliseconds of each. */
const { credentials, answers, warm } = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Strangers & {
  readonly warm: number;
};
const failure = (what: string) =>
  ({ ok: false, kind: 'unreachable', reason: `${what} is not there` }) as const;
const fetched = async (url: string) => {
  const text = answers[url];
  return text === undefined
    ? failure(url)
    : ({ ok: true, bytes: Buffer.from(text), mediaType: 'application/json', url } as const);
};
/** What these credentials do not ask for is not there. */
const resolver = new Proxy(
  {
    did: async (did: string) => {
      const document = didKeyDocument(did);
      return document === undefined || document === null ? failure(did) : ({ ok: true, document } as const);
    },
    statusList: fetched,
    jwks: fetched,
    schema: fetched,
    resource: ({ url }: { readonly url: string }) => fetched(url),
    standing: async () => ({ ok: false, kind: 'not-asked' }) as const,
  },
  { get: (known, name) => (Reflect.get(known, name) as unknown) ?? (async () => failure(String(name))) },
) as unknown as Resolver;
const workers = judgeInWorkers({ ...defaultWorkers, wallClockSeconds: 30, waiting: 32, megabytes: 160 });
const ports = { resolver, knownIssuers: { list: async () => [] }, judge: workers.judge };
const millis: number[] = [];
for (const [n, text] of credentials.entries()) {
  const bytes = Buffer.from(text);
  const began = process.hrtime.bigint();
  const report = await verifyCredential(ports, { kind: 'bytes', bytes }, { now: '2026-11-21T12:00:00Z' });
  if (n >= warm) millis.push(Number(process.hrtime.bigint() - began) / 1e6);
  if (report.verdict !== 'valid')
    throw new Error(`not valid: ${report.sentence} ${JSON.stringify(report.checks)}`);
}
await workers.close();
process.stdout.write(JSON.stringify(millis));
