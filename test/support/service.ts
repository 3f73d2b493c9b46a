import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { createApiKey } from '../../src/access/index.js';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { compose, type Overrides, type Service } from '../../src/compose.js';
import { defaultWorkers } from '../../src/config.js';
import { settableClock, type Actor, type Store } from '../../src/kernel/index.js';
import type { Message } from '../../src/notifications/index.js';
import { addMember, createDistrict, type District, type Member, type Role } from '../../src/tenancy/index.js';
import { inProcessJudge } from '../../src/verification/index.js';
import { declares, declaringRoles } from './declares.js';

export const operatorToken = 'an-operator-token-for-tests-only-of-32-characters';

/** The moment at which every test service starts. */
export const testStart = '2026-11-20T09:00:00Z';

export interface TestService extends Service {
  readonly clock: ReturnType<typeof settableClock>;
  readonly mail: Message[];
  readonly events: object[];
  readonly dataDir: string;
  readonly http: ReturnType<typeof supertest>;
}

/**
 * A whole service over an empty store, with a clock that stands still and mail kept in `mail`. `background` is off:
 * tests call `settle()`. Credentials are judged in this thread unless `workerUrl` is given. The engine is the embedded one in memory unless a store is given.
 */
export async function aService(
  options: {
    readonly publicUrl?: string;
    readonly store?: Store;
    /** Where signed heads of audit records are kept outside the store. */
    readonly auditHeads?: string;
    readonly listen?: 'loopback' | 'all';
    readonly overrides?: Overrides;
    /** The VC-API; there unless told otherwise, so that the tests that walk the routes see it. */
    readonly vcApi?: boolean;
    /** The code of worker threads, to judge credentials in them. */
    readonly workerUrl?: URL;
  } = {},
): Promise<TestService> {
  const clock = settableClock(testStart);
  const mail: Message[] = [];
  const events: object[] = [];
  const dataDir = await mkdtemp(join(tmpdir(), 'touchstone-test-'));
  const publicUrl = options.publicUrl ?? 'http://localhost:8080';
  const service = await compose(
    {
      port: 0,
      publicUrl,
      isLocal: publicUrl.startsWith('http://localhost'),
      listen: options.listen ?? 'loopback',
      dataDir,
      ...(options.auditHeads === undefined ? {} : { auditHeads: options.auditHeads }),
      mailFrom: 'touchstone@localhost',
      logLevel: 'silent',
      rateLimits: false,
      trustProxy: 0,
      vcApi: options.vcApi ?? true,
      workers: { ...defaultWorkers, wallClockSeconds: 20, url: options.workerUrl ?? defaultWorkers.url },
    },
    {
      keySecret: 'a secret for tests only, of more than 32 characters',
      mongodbUrl: undefined,
      smtpUrl: undefined,
      operatorToken,
    },
    {
      clock,
      store: options.store ?? (await openSqlite({ file: ':memory:' })),
      mailer: {
        send: async (message) => {
          mail.push(message);
        },
      },
      log: (event) => {
        events.push(event);
      },
      background: () => false,
      ...(options.workerUrl === undefined ? { judge: inProcessJudge } : {}),
      ...options.overrides,
    },
  );
  return {
    ...service,
    clock,
    mail,
    events,
    dataDir,
    http: supertest(service.app),
    close: async () => {
      await service.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface TestMember {
  readonly member: Member;
  readonly actor: Extract<Actor, { kind: 'member' }>;
  /** An API key's secret. */
  readonly key: string;
  /** The header that authenticates: `.set(who.auth)`. */
  readonly auth: { readonly Authorization: string };
}

let names = 0;

/** A district with a slug of its own. */
export async function aDistrict(
  service: Service,
  change: Partial<Parameters<typeof createDistrict>[1]> = {},
): Promise<District> {
  names += 1;
  return createDistrict(service.rooms.tenancy, {
    name: `Test District ${names}`,
    slug: `test-${names}`,
    timeZone: 'America/Chicago',
    ...change,
  });
}

/** A member with these roles and an API key; who is to rate has declared all, unless told otherwise. */
export async function aMember(
  service: Service,
  district: District,
  roles: readonly Role[],
  change: {
    readonly email?: string;
    readonly name?: string;
    readonly school?: string | null;
    readonly undeclared?: true;
  } = {},
): Promise<TestMember> {
  names += 1;
  const actor: Actor = { kind: 'service', district: district.id };
  const member = await addMember(service.rooms.tenancy, actor, {
    email: change.email ?? `member${names}@test.example`,
    name: change.name ?? `Member ${names}`,
    school: change.school === undefined ? `School ${names}` : change.school,
    roles,
  });
  const own = { kind: 'member', district: district.id, member: member.id } as const;
  if (change.undeclared !== true && roles.some((role) => declaringRoles.includes(role)))
    await declares(service.rooms.calibration, own);
  const key = { member: member.id, name: 'test' };
  const { secret } = await createApiKey(service.rooms.access, own, key, { inPerson: true });
  return {
    member,
    actor: own,
    key: secret,
    auth: { Authorization: `Bearer ${secret}` },
  };
}
