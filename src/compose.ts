import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { accessStore, type AccessPorts } from './access/index.js';
import { openKeyCustody } from './adapters/key-custody/index.js';
import { createLog } from './adapters/log/index.js';
import { mailboxFolder, smtpMailer } from './adapters/mail/index.js';
import { openMongo } from './adapters/mongo/index.js';
import { openSqlite } from './adapters/sqlite/index.js';
import type { Config, Secrets } from './config.js';
import {
  packageFile,
  systemClock,
  systemRandomness,
  type BasePorts,
  type Clock,
  type Randomness,
  type Store,
} from './kernel/index.js';
import type { Mailer } from './notifications/index.js';
import { openIssuerKeys, type SecuringPorts } from './securing/index.js';
import { claimPublicUrl, tenancyStore, type TenancyPorts } from './tenancy/index.js';
import { createApp } from './web/app.js';
import type { Rooms } from './web/rooms.js';
import type { Route } from './web/route.js';
import { routeTable } from './web/routes.js';

/** What tests and the demo may put in place of the real thing. */
export interface Overrides {
  readonly clock?: Clock & { advance?(seconds: number): void };
  readonly randomness?: Randomness;
  readonly store?: Store;
  readonly mailer?: Mailer;
  readonly log?: (event: object) => void;
  /** Whether background work runs by itself; `settle()` always does it. Default true. */
  readonly background?: boolean;
}

/** The whole service, put together and not yet listening. */
export interface Service {
  readonly app: ReturnType<typeof createApp>;
  readonly rooms: Rooms;
  readonly routes: readonly Route[];
  readonly store: Store;
  /** Carries out everything that is due; resolves when nothing is left. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Joins adapters and rooms: the only place where they meet.
 * @throws conflict when the store was begun under another PUBLIC_URL; unavailable when it cannot be opened.
 */
export async function compose(config: Config, secrets: Secrets, overrides: Overrides = {}): Promise<Service> {
  const base: BasePorts = {
    clock: overrides.clock ?? systemClock,
    randomness: overrides.randomness ?? systemRandomness,
  };
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const store = overrides.store ?? (await openStore(config, secrets));
  try {
    await claimPublicUrl(base, store, config.publicUrl);
  } catch (error) {
    await store.close();
    throw error;
  }
  const mailer =
    overrides.mailer ??
    (secrets.smtpUrl === undefined
      ? mailboxFolder(join(config.dataDir, 'mailbox'), base.clock)
      : smtpMailer(secrets.smtpUrl, config.mailFrom));
  const tenancy: TenancyPorts = { ...base, store: tenancyStore(store) };
  const access: AccessPorts = {
    ...base,
    store: accessStore(store),
    tenancy,
    mailer,
    operatorToken: await operatorTokenOf(config, secrets),
    publicUrl: config.publicUrl,
  };
  const securing: SecuringPorts = {
    ...base,
    issuerKeys: openIssuerKeys(store),
    custody: openKeyCustody({ secret: await keySecretOf(config, secrets), randomness: base.randomness }),
  };
  const rooms: Rooms = {
    tenancy,
    access,
    securing,
    service: {
      publicUrl: config.publicUrl,
      version: (JSON.parse(packageFile('package.json')) as { version: string }).version,
      now: () => base.clock.now(),
      wake: () => undefined,
      settle: async () => undefined,
      ping: () => store.ping(),
      advanceClock: overrides.clock?.advance?.bind(overrides.clock),
    },
  };
  const routes = routeTable(rooms);
  const log = overrides.log ?? logTo(createLog(config.logLevel));
  const app = createApp(rooms, routes, { log, rateLimits: config.rateLimits, trustProxy: config.trustProxy });
  return {
    app,
    rooms,
    routes,
    store,
    settle: rooms.service.settle,
    close: async () => {
      await store.close();
    },
  };
}

/** The store of the settings: MongoDB where its URL is set, else the embedded one in the data folder. */
export async function openStore(config: Config, secrets: Secrets): Promise<Store> {
  return secrets.mongodbUrl === undefined
    ? openSqlite({ file: join(config.dataDir, 'touchstone.db') })
    : openMongo({ url: secrets.mongodbUrl });
}

/** The secret that seals keys: as set, or on localhost one that is made once and kept in the data folder. */
export async function keySecretOf(config: Config, secrets: Secrets): Promise<string> {
  if (secrets.keySecret !== undefined) return secrets.keySecret;
  if (!config.isLocal) throw new Error('a key secret is required off localhost');
  return generatedSecret(config, 'key-secret');
}

/** The operator token: as set, or on localhost one that is made once and kept in the data folder; else none. */
export async function operatorTokenOf(config: Config, secrets: Secrets): Promise<string | undefined> {
  return secrets.operatorToken ?? (config.isLocal ? generatedSecret(config, 'operator-token') : undefined);
}

async function generatedSecret(config: Config, name: string): Promise<string> {
  const file = join(config.dataDir, name);
  if (!existsSync(file)) {
    await writeFile(file, randomBytes(48).toString('base64'), { mode: 0o600, flag: 'wx' }).catch(
      (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      },
    );
  }
  return (await readFile(file, 'utf8')).trim();
}

function logTo(log: ReturnType<typeof createLog>): (event: object) => void {
  return (event) => {
    const { error, ...facts } = event as { error?: unknown };
    if (error === undefined) log.info(facts);
    else if ('code' in facts) log.info({ ...facts, error });
    else log.error({ ...facts, error });
  };
}
