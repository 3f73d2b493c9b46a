import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { demoInPerson } from '../../src/demo-in-person.js';
import { walk, type DemoResult } from '../../src/demo/walk.js';
import { createEveryInteropIssuer } from '../../src/interop/index.js';
import { packageRoot, shiftableClock, systemClock, type Store } from '../../src/kernel/index.js';
import { aService, operatorToken, type TestService } from './service.js';

/** The story of the walk begins this many seconds before now and ends now, so that judges with clocks of their own agree. */
const backstory = 45 * 86_400;

/** A service in which the main job was done, over HTTP, from nothing. */
export interface WalkedService {
  readonly service: TestService;
  readonly result: DemoResult;
  /** Requests that the walk made, by status. */
  readonly answers: ReadonlyMap<number, number>;
  readonly millis: number;
  /** What the walk said, line by line. */
  readonly said: readonly string[];
  close(): Promise<void>;
}

/**
 * Composes a service that listens on loopback and takes the demo's walk through it: the whole main job with real
 * exemplars, ratings, evidence and decisions. With `publicUrl` the service takes itself to be there; calls to it are
 * carried to the loopback port.
 */
export async function aWalkedService(
  options: { readonly publicUrl?: string; readonly store?: Store } = {},
): Promise<WalkedService> {
  // The port is needed before the service can be composed: credentials hold the address.
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const local = `http://localhost:${port}`;
  const publicUrl = options.publicUrl ?? local;
  const clock = shiftableClock(systemClock);
  let ahead = -backstory;
  clock.advance(ahead);
  const advance = (seconds: number) => {
    ahead += seconds;
    clock.advance(seconds);
  };
  // By itself during the walk only: after it, what a test does is all that is written.
  let walking = true;
  const service = await aService({
    publicUrl,
    ...(options.store === undefined ? {} : { store: options.store }),
    overrides: { clock: { now: () => clock.now(), advance }, background: () => walking },
  });
  server.on('request', service.app);
  const answers = new Map<number, number>();
  const { fetch } = globalThis;
  const carried = jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    if (typeof input !== 'string' || !input.startsWith(publicUrl))
      throw new Error('the walk left the service');
    const response = await fetch(`${local}${input.slice(publicUrl.length)}`, init);
    answers.set(response.status, (answers.get(response.status) ?? 0) + 1);
    return response;
  });
  const said: string[] = [];
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await service.close();
  };
  const began = Date.now();
  try {
    const result = await walk({
      baseUrl: publicUrl,
      operatorToken,
      samples: join(packageRoot, 'src/demo/samples'),
      mailbox: join(service.dataDir, 'mailbox'),
      dataDir: service.dataDir,
      pid: process.pid,
      interopIssuers: await createEveryInteropIssuer(service.rooms.interop),
      ahead: () => ahead,
      say: (line) => void said.push(line),
      inPerson: demoInPerson(service.rooms.access),
    });
    walking = false;
    await service.settle();
    return { service, result, answers, millis: Date.now() - began, said, close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    carried.mockRestore();
  }
}
