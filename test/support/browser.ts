import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { aService, type TestService } from './service.js';

/** Where a system Chromium is, or undefined: browser tests are then skipped, loudly. */
export const chromiumPath = [
  process.env['TOUCHSTONE_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
].find((path) => path !== undefined && existsSync(path));

/** A service that listens under its own PUBLIC_URL, for a browser. */
export interface ListeningService extends TestService {
  readonly url: string;
  /** Pages of samples, by path: answered before the service is asked. */
  readonly samples: Map<string, string>;
}

/** Starts a service on a free port of localhost. */
export async function aListeningService(): Promise<ListeningService> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const service = await aService({ publicUrl: url });
  const samples = new Map<string, string>();
  server.on('request', (request, response) => {
    const sample = samples.get(request.url ?? '');
    if (sample === undefined) return service.app(request, response);
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(sample);
  });
  return { ...service, url, samples, close: () => closeBoth(server, service) };
}

async function closeBoth(server: Server, service: TestService): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await service.close();
}

/** The system's Chromium, without a window. */
export function aBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox', '--disable-gpu'] });
}
