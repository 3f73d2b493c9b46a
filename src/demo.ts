import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compose, type Service } from './compose.js';
import { defaultWorkers } from './config.js';
import { demoInPerson } from './demo-in-person.js';
import {
  DemoError,
  describeResult,
  furnishedDays,
  renewSignInLinks,
  walk,
  type DemoResult,
} from './demo/index.js';
import { createEveryInteropIssuer } from './interop/index.js';
import { packageRoot, shiftableClock, systemClock, type Clock } from './kernel/index.js';

/** How long before now the demo's story begins, in seconds: it ends at the real time. */
const backstory = furnishedDays * 86_400;

/** What the demo puts into its data folder: all that it may clear away again. */
const ownFiles = [
  ...['touchstone.db', 'touchstone.db-wal', 'touchstone.db-shm'],
  ...['files', 'mailbox', 'key-secret', 'operator-token', 'demo.json'],
];

interface Options {
  readonly json: boolean;
  readonly once: boolean;
  readonly limits: boolean;
  readonly port: number | undefined;
  readonly data: string | undefined;
}

/** What an earlier run left in `demo.json`; without `result`, it was cut short. */
interface Kept {
  readonly port: number;
  readonly operatorToken: string;
  /** Seconds by which the demo's clock was ahead of the machine's. */
  readonly ahead: number;
  readonly result?: DemoResult;
}

interface Running {
  readonly service: Service;
  readonly server: Server;
  readonly baseUrl: string;
  readonly clock: DemoClock;
}

type DemoClock = Clock & { advance(seconds: number): void; ahead(): number };

const say = (line: string) => process.stderr.write(`${line}\n`);
let running: Running | undefined;
let folder: string | undefined;
let isTemporary = false;

async function close(code: number): Promise<never> {
  running?.server.closeAllConnections();
  await new Promise<void>((done) => (running === undefined ? done() : running.server.close(() => done())));
  await running?.service.close();
  if (isTemporary && folder !== undefined) await rm(folder, { recursive: true, force: true });
  process.exit(code);
}

process.on('SIGTERM', () => void close(0));
process.on('SIGINT', () => void close(0));

try {
  const options = readOptions();
  isTemporary = options.data === undefined;
  const dataDir =
    options.data === undefined ? await mkdtemp(join(tmpdir(), 'touchstone-demo-')) : resolve(options.data);
  folder = dataDir;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const kept = await earlierRun(dataDir);
  if (kept !== undefined && options.port !== undefined && options.port !== 0 && options.port !== kept.port) {
    throw new DemoError(
      `the run in ${dataDir} has port ${kept.port} in its credentials; leave --port out, or use another folder`,
    );
  }
  const file = keeper(dataDir, kept);
  running = await listen(kept?.port ?? options.port ?? 8080, dataDir, file, options.limits);
  const result = await goOnOrBegin(running, dataDir, file);
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(describeResult(result));
  if (options.once) await close(0);
} catch (error) {
  say(`The demo failed: ${error instanceof Error ? error.message : String(error)}`);
  if (error instanceof Error && !['DemoError', 'AppError'].includes(error.name)) say(error.stack ?? '');
  await close(1);
}

/** @throws DemoError naming the option. */
function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        port: { type: 'string' },
        data: { type: 'string' },
        once: { type: 'boolean', default: false },
        limits: { type: 'boolean', default: false },
      },
    });
    const { json, once, limits, data, port } = values;
    if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)) {
      throw new DemoError(`--port must be a port from 0 to 65535; it is "${port}"`);
    }
    return { json, once, limits, data, port: port === undefined ? undefined : Number(port) };
  } catch (error) {
    if (error instanceof DemoError) throw error;
    throw new DemoError(
      `${(error as Error).message} Known are --json, --port N, --data DIR, --once, --limits.`,
    );
  }
}

/** What an earlier run left. One that was cut short is cleared away, as far as it is the demo's own. */
async function earlierRun(dataDir: string): Promise<Kept | undefined> {
  const file = join(dataDir, 'demo.json');
  if (!existsSync(file)) {
    if (existsSync(join(dataDir, 'touchstone.db'))) {
      throw new DemoError(`${dataDir} holds a service that is not the demo's; use another folder`);
    }
    return undefined;
  }
  const kept = JSON.parse(await readFile(file, 'utf8')) as Kept;
  if (kept.result !== undefined) return kept;
  say('An earlier run in this folder was cut short: beginning again.');
  for (const name of ownFiles) await rm(join(dataDir, name), { recursive: true, force: true });
  return undefined;
}

/** `demo.json`, written at once whenever something changes: a run that is killed leaves it true. */
function keeper(dataDir: string, earlier: Kept | undefined) {
  let kept: Kept = earlier ?? {
    port: 0,
    operatorToken: randomBytes(32).toString('base64url'),
    ahead: -backstory,
  };
  return {
    get: () => kept,
    set: (change: Partial<Kept>) => {
      kept = { ...kept, ...change };
      writeFileSync(join(dataDir, 'demo.json'), JSON.stringify(kept), { mode: 0o600 });
    },
  };
}

type Keeper = ReturnType<typeof keeper>;

/** The machine's time, moved; how far is kept before anybody sees it. */
function demoClock(file: Keeper): DemoClock {
  const clock = shiftableClock(systemClock);
  let moved = file.get().ahead;
  clock.advance(moved);
  return {
    now: () => clock.now(),
    advance: (seconds) => {
      moved += seconds;
      file.set({ ahead: moved });
      clock.advance(seconds);
    },
    ahead: () => moved,
  };
}

async function listen(port: number, dataDir: string, file: Keeper, limits: boolean): Promise<Running> {
  // The port is needed before the service can be composed: credentials hold the address.
  const handle: { app?: Service['app'] } = {};
  const server = createServer((request, response) => {
    if (handle.app === undefined) response.writeHead(503, { 'Retry-After': '1' }).end();
    else handle.app(request, response);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.code === 'EADDRINUSE'
          ? new DemoError(`port ${port} is taken; choose another with --port, or 0 for a free one`)
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const baseUrl = `http://localhost:${address.port}`;
  file.set({ port: address.port });
  const clock = demoClock(file);
  const service = await compose(
    {
      port: address.port,
      publicUrl: baseUrl,
      isLocal: true,
      listen: 'loopback',
      dataDir,
      mailFrom: 'touchstone@localhost',
      logLevel: 'error',
      rateLimits: limits,
      trustProxy: 0,
      vcApi: true,
      workers: defaultWorkers,
    },
    {
      keySecret: undefined,
      mongodbUrl: undefined,
      smtpUrl: undefined,
      operatorToken: file.get().operatorToken,
    },
    { clock },
  );
  handle.app = service.app;
  return { service, server, baseUrl, clock };
}

/** The whole walk from an empty store; after an earlier one, only new links to sign in, which last a quarter of an hour. */
async function goOnOrBegin(
  { service, baseUrl, clock }: Running,
  dataDir: string,
  file: Keeper,
): Promise<DemoResult> {
  const { result: earlier, operatorToken } = file.get();
  if (earlier !== undefined) say('Going on with the district of an earlier run.');
  const inPerson = demoInPerson(service.rooms.access);
  const result =
    earlier === undefined
      ? await walk({
          baseUrl,
          operatorToken,
          samples: join(packageRoot, 'src/demo/samples'),
          mailbox: join(dataDir, 'mailbox'),
          dataDir,
          pid: process.pid,
          interopIssuers: await createEveryInteropIssuer(service.rooms.interop),
          ahead: () => clock.ahead(),
          furnished: true,
          say,
          inPerson,
        })
      : await renewSignInLinks({ ...earlier, pid: process.pid }, inPerson);
  file.set({ result });
  return result;
}
