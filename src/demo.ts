import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compose, type Service } from './compose.js';
import { packageRoot, shiftableClock, systemClock, type Clock } from './kernel/index.js';
import { describeResult, renewSignInLinks, walk, type DemoResult } from './demo/index.js';

/** How long before now the demo's story begins, in seconds: it ends at the real time. */
const backstory = 45 * 86_400;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    port: { type: 'string' },
    data: { type: 'string' },
    once: { type: 'boolean', default: false },
    limits: { type: 'boolean', default: false },
  },
});

const say = (line: string) => process.stderr.write(`${line}\n`);
let service: Service | undefined;
let server: Server | undefined;
const dataDir =
  values.data === undefined ? await mkdtemp(join(tmpdir(), 'touchstone-demo-')) : resolve(values.data);

async function close(code: number): Promise<never> {
  server?.closeAllConnections();
  await new Promise<void>((done) => (server === undefined ? done() : server.close(() => done())));
  await service?.close();
  if (values.data === undefined) await rm(dataDir, { recursive: true, force: true });
  process.exit(code);
}

process.on('SIGTERM', () => void close(0));
process.on('SIGINT', () => void close(0));

try {
  const kept = await earlierRun();
  const port = Number(values.port ?? kept?.port ?? 8080);
  const { app, listening } = await listen(port, kept);
  service = app;
  server = listening.server;
  const result = kept?.result === undefined ? await begin(listening) : await goOn(listening, kept.result);
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(describeResult(result));
  if (values.once) await close(0);
} catch (error) {
  say(`The demo failed: ${error instanceof Error ? error.message : String(error)}`);
  if (error instanceof Error && error.name !== 'DemoError' && error.name !== 'AppError')
    say(error.stack ?? '');
  await close(1);
}

interface Listening {
  readonly server: Server;
  readonly baseUrl: string;
  readonly operatorToken: string;
  readonly clock: DemoClock;
}

interface Kept {
  readonly port: number;
  readonly operatorToken: string;
  /** Seconds by which the demo's clock was ahead of the machine's. */
  readonly ahead: number;
  readonly result?: DemoResult;
}

type DemoClock = Clock & { advance(seconds: number): void; ahead(): number };

/** What an earlier run left in the data folder. */
async function earlierRun(): Promise<Kept | undefined> {
  const file = join(dataDir, 'demo.json');
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Kept) : undefined;
}

function keep(listening: Listening, result?: DemoResult): Promise<void> {
  const { port } = new URL(listening.baseUrl);
  const kept: Kept = {
    port: Number(port),
    operatorToken: listening.operatorToken,
    ahead: listening.clock.ahead(),
    ...(result === undefined ? {} : { result }),
  };
  return writeFile(join(dataDir, 'demo.json'), JSON.stringify(kept), { mode: 0o600 });
}

/** The machine's time, moved; it remembers by how much. */
function demoClock(ahead: number): DemoClock {
  const clock = shiftableClock(systemClock);
  let moved = ahead;
  clock.advance(ahead);
  return {
    now: () => clock.now(),
    advance: (seconds) => {
      moved += seconds;
      clock.advance(seconds);
    },
    ahead: () => moved,
  };
}

async function listen(port: number, kept: Kept | undefined): Promise<{ app: Service; listening: Listening }> {
  // The port is needed before the service can be composed: credentials hold the address.
  const handle: { app?: Service['app'] } = {};
  const made = createServer((request, response) => handle.app!(request, response));
  await new Promise<void>((done, fail) => {
    made.once('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} is taken; choose another with --port, or 0 for a free one`)
          : error,
      ),
    );
    made.listen(port, '127.0.0.1', done);
  });
  const address = made.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const baseUrl = `http://localhost:${address.port}`;
  const clock = demoClock(kept?.ahead ?? -backstory);
  const operatorToken = kept?.operatorToken ?? randomBytes(32).toString('base64url');
  const app = await compose(
    {
      port: address.port,
      publicUrl: baseUrl,
      isLocal: true,
      dataDir,
      mailFrom: 'touchstone@localhost',
      logLevel: 'error',
      rateLimits: values.limits,
      trustProxy: 0,
    },
    { keySecret: undefined, mongodbUrl: undefined, smtpUrl: undefined, operatorToken },
    { clock },
  );
  handle.app = app.app;
  return { app, listening: { server: made, baseUrl, operatorToken, clock } };
}

/** The whole walk, from an empty store. */
async function begin(listening: Listening): Promise<DemoResult> {
  const result = await walk({
    baseUrl: listening.baseUrl,
    operatorToken: listening.operatorToken,
    samples: join(packageRoot, 'src/demo/samples'),
    mailbox: join(dataDir, 'mailbox'),
    dataDir,
    pid: process.pid,
    ahead: () => listening.clock.ahead(),
    say,
  });
  await keep(listening, result);
  return result;
}

/** After an earlier walk: nothing is done again but the links to sign in, which are good for a quarter of an hour. */
async function goOn(listening: Listening, earlier: DemoResult): Promise<DemoResult> {
  say('Going on with the district of an earlier run.');
  const result = await renewSignInLinks({ ...earlier, pid: process.pid });
  await keep(listening, result);
  return result;
}
