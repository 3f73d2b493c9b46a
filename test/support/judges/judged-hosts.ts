import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { packageFile } from '../../../src/kernel/index.js';
import { makeTestAuthority } from '../test-authority.js';

/** The host that the judged service is at. */
export const judgedHost = 'credentials.example.test';
const schemaHost = 'purl.imsglobal.org';

/** 1EdTech's two addresses of the schema of achievement credentials. */
const schemaPaths = ['json', 'json-ld'].map(
  (kind) => `/spec/ob/v3p0/schema/${kind}/ob_v3p0_achievementcredential_schema.json`,
);

/** A TLS server on loopback that answers for several hosts. */
export interface ServedHosts {
  readonly names: readonly string[];
  readonly port: number;
  /** The authority that signed its certificate, PEM. */
  readonly ca: string;
  close(): Promise<void>;
}

export interface JudgedHosts extends ServedHosts {
  /** `METHOD url` of every request that it got. */
  readonly asked: string[];
  /** Answers this path of the service with this JSON from now on, as somebody on the way would. */
  forge(path: string, json: string): void;
}

/** Serves `app` as https://credentials.example.test, and our schema at 1EdTech's two addresses; all else is 404. */
export async function serveJudgedHosts(app: RequestListener): Promise<JudgedHosts> {
  const schema = packageFile('schemas/ob/achievement-credential.json');
  const forged = new Map<string, string>();
  const asked: string[] = [];
  const served = await serveHosts([judgedHost, schemaHost], (request, response) => {
    const url = `https://${request.headers.host}${request.url}`;
    asked.push(`${request.method} ${url}`);
    const { host, pathname } = new URL(url);
    const json =
      host === judgedHost ? forged.get(pathname) : schemaPaths.includes(pathname) ? schema : undefined;
    if (json !== undefined) response.setHeader('Content-Type', 'application/json').end(json);
    else if (host === judgedHost) app(request, response);
    else response.writeHead(404).end();
  });
  return { ...served, asked, forge: (path, json) => void forged.set(path, json) };
}

/** Serves `app` under all these names. */
export async function serveHosts(names: readonly string[], app: RequestListener): Promise<ServedHosts> {
  const { ca, key, cert } = makeTestAuthority(names);
  const server = createServer({ key, cert }, app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    names,
    port: (server.address() as AddressInfo).port,
    ca,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
