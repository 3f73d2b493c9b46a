import { hkdfSync } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { achievementStore, printedTexts, type AchievementPorts } from './achievements/index.js';
import { accessStore, type AccessPorts } from './access/index.js';
import { diskFiles } from './adapters/files/index.js';
import { createLog } from './adapters/log/index.js';
import { mailboxFolder, smtpMailer } from './adapters/mail/index.js';
import { createOutbound } from './adapters/outbound-http/index.js';
import { openSqlite } from './adapters/sqlite/index.js';
import { judgeInWorkers } from './adapters/workers/index.js';
import { calibrationStore, type CalibrationPorts } from './calibration/index.js';
import type { Config, Secrets } from './config.js';
import { evidenceStore, type EvidencePorts } from './evidence/index.js';
import {
  checkTemplate,
  issuingStore,
  ownDocuments,
  ownIssuers,
  type DecisionEvent,
  type KeyEvent,
  type StopEvent,
  type IssuingPorts,
} from './issuing/index.js';
import { interopStore, withInteropDocuments, type InteropPorts } from './interop/index.js';
import { createSweeper } from './jobs/index.js';
import {
  packageFile,
  systemClock,
  systemRandomness,
  type AwardId,
  type BasePorts,
  type Clock,
  type Randomness,
  type Store,
} from './kernel/index.js';
import {
  decisionMessage,
  keyMessage,
  notificationStore,
  notify,
  reviewerMessage,
  stopMessage,
  type Mailer,
  type NotificationPorts,
} from './notifications/index.js';
import { auditStore, type AuditPorts } from './audit/index.js';
import { auditedCollections, effectsOf } from './effects.js';
import { headSigner } from './head-signer.js';
import { keySecretOf, openCustody, operatorTokenOf } from './open-custody.js';
import { tellOfDrift } from './tell-of-drift.js';
import { pathwayStore, type PathwayPorts } from './pathways/index.js';
import {
  mayReview,
  readersOf,
  reviewStore,
  type DriftEvent,
  type ReviewerEvent,
  type ReviewPorts,
} from './review/index.js';
import { openIssuerKeys, sha256Hex, type KeyCustody, type SecuringPorts } from './securing/index.js';
import { statusStore, type StatusPorts } from './status/index.js';
import { submissionStore, type SubmissionPorts } from './submissions/index.js';
import { claimPublicUrl, tenancyStore, type TenancyPorts } from './tenancy/index.js';
import {
  composeResolver,
  keepAnswers,
  type Judge,
  type Outbound,
  type VerificationPorts,
} from './verification/index.js';
import { printFindings } from './sharing/index.js';
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
  /** The way out to other hosts. */
  readonly outbound?: Outbound;
  /** Where foreign credentials are judged, instead of in worker threads. */
  readonly judge?: Judge;
  readonly log?: (event: object) => void;
  /** Told after each step of issuing an award: where a test stops the process. */
  readonly atStep?: IssuingPorts['atStep'];
  /** Whether background work runs by itself now; `settle()` always does it. Always, when left out. */
  readonly background?: () => boolean;
}

/** The whole service, put together and not yet listening. */
export interface Service {
  readonly app: ReturnType<typeof createApp>;
  readonly rooms: Rooms;
  readonly routes: readonly Route[];
  readonly store: Store;
  /** Carries out everything that is due; resolves when nothing is left. */
  settle(): Promise<void>;
  /** Starts what otherwise starts with its first use; for after the service listens. */
  warm(): void;
  close(): Promise<void>;
}

/**
 * Joins adapters and rooms: the only place where they meet.
 * @throws conflict when the store was begun under another PUBLIC_URL; unavailable when it cannot be opened, or the code
 *   of the worker threads is not built.
 */
export async function compose(config: Config, secrets: Secrets, overrides: Overrides = {}): Promise<Service> {
  const base: BasePorts = {
    clock: overrides.clock ?? systemClock,
    randomness: overrides.randomness ?? systemRandomness,
  };
  const log = overrides.log ?? logTo(createLog(config.logLevel));
  const workers =
    overrides.judge === undefined
      ? judgeInWorkers({ ...config.workers, waiting: 32, megabytes: 160, log })
      : undefined;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const store = overrides.store ?? (await openStore(config, secrets));
  const keySecret = await keySecretOf(config, secrets);
  let custody: KeyCustody;
  try {
    await claimPublicUrl(base, store, config.publicUrl);
    custody = await openCustody(config, secrets, keySecret, base, store);
  } catch (error) {
    await store.close();
    throw error;
  }
  const mailer =
    overrides.mailer ??
    (secrets.smtpUrl === undefined
      ? mailboxFolder(join(config.dataDir, 'mailbox'), base.clock)
      : smtpMailer(secrets.smtpUrl, config.mailFrom));
  const notifications: NotificationPorts = { ...base, store: notificationStore(store), mailer };
  const tenancy: TenancyPorts = { ...base, store: tenancyStore(store) };
  const access: AccessPorts = {
    ...base,
    store: accessStore(store),
    tenancy,
    mailer,
    operatorToken: await operatorTokenOf(config, secrets),
    publicUrl: config.publicUrl,
  };
  const { publicUrl } = config;
  const securing: SecuringPorts = { ...base, issuerKeys: openIssuerKeys(store), custody };
  const status: StatusPorts = { ...base, publicUrl, store: statusStore(store), securing };
  const achievements: AchievementPorts = {
    ...base,
    store: achievementStore(store),
    tenancy: tenancy.store,
    publicUrl,
    checkTemplate: async (version) => {
      const { errors, warnings } = await checkTemplate({ ...base, publicUrl, tenancy }, version);
      return { errors, warnings: [...warnings, ...printFindings(printedTexts(version.content))] };
    },
  };
  const evidence: EvidencePorts = {
    ...base,
    store: evidenceStore(store),
    files: diskFiles({ folder: join(config.dataDir, 'files'), randomness: base.randomness }),
    keys: custody,
    // Asked long after: `review` is there by then.
    mayReview: (reader, artefact) => mayReview(review, reader, artefact),
  };
  const submissions: SubmissionPorts = { ...base, store: submissionStore(store), achievements, evidence };
  const calibration: CalibrationPorts = {
    ...base,
    store: calibrationStore(store),
    achievements,
    tenancy,
    evidence,
    submissions,
    // As with evidence.
    readersOf: (district, submission) => readersOf(review, district, submission),
  };
  const review: ReviewPorts = {
    ...base,
    store: reviewStore(store),
    tenancy,
    achievements,
    evidence,
    submissions,
    calibration,
    tellReviewer: (event) => tellReviewer({ notifications, tenancy, achievements, publicUrl }, event),
    tellOfDrift: (event) => tellOfDrift({ notifications, tenancy, achievements, publicUrl }, event),
  };
  const pathways: PathwayPorts = { ...base, store: pathwayStore(store) };
  const issuing: IssuingPorts = {
    ...base,
    publicUrl,
    store: issuingStore(store),
    achievements,
    evidence,
    submissions,
    calibration,
    review,
    tenancy,
    securing,
    status,
    pathways,
    notify: (event) => tellOfDecision({ notifications, tenancy, achievements, publicUrl }, event),
    tellOfKey: (event) => tellOfKey({ notifications, tenancy, publicUrl }, event),
    tellOfStop: (event) => tellOfStop({ notifications, tenancy, achievements, publicUrl }, event),
    recipientKey: new Uint8Array(hkdfSync('sha256', keySecret, '', 'recipient pseudonyms', 32)),
    ...(overrides.atStep === undefined ? {} : { atStep: overrides.atStep }),
  };
  const interop: InteropPorts = { ...base, publicUrl, store: interopStore(store), custody, status };
  const verification: VerificationPorts = {
    resolver: composeResolver(
      withInteropDocuments(interop, ownDocuments(issuing)),
      overrides.outbound ?? createOutbound({ allowLocalhost: config.isLocal }),
      keepAnswers(base.clock),
    ),
    knownIssuers: ownIssuers(issuing),
    judge: overrides.judge ?? workers!.judge,
    log,
  };
  const audit: AuditPorts = {
    ...base,
    store: auditStore(store),
    signer: headSigner({ securing, tenancy, publicUrl }),
    audited: auditedCollections({
      ...{ tenancy, access, securing, achievements, evidence, submissions, calibration, review, issuing },
    }),
    editionDigest: async (district, award, n) => {
      const edition = await issuing.store.edition(district, award as AwardId, n);
      return edition === undefined ? undefined : sha256Hex(edition.json);
    },
  };
  const domain = { achievements, evidence, submissions, calibration, review, issuing, pathways };
  const sweeper = createSweeper({
    clock: base.clock,
    effects: effectsOf({ ...domain, tenancy, access, audit }, notifications),
    log,
    intervalMillis: 3_000,
    ...(overrides.background === undefined ? {} : { enabled: overrides.background }),
  });
  const rooms: Rooms = {
    tenancy,
    access,
    securing,
    status,
    ...domain,
    verification,
    interop,
    audit,
    service: {
      publicUrl,
      version: (JSON.parse(packageFile('package.json')) as { version: string }).version,
      now: () => base.clock.now(),
      wake: () => void sweeper.wake(),
      settle: async () => {
        await sweeper.settleAll();
      },
      ping: () => store.ping(),
      advanceClock: overrides.clock?.advance?.bind(overrides.clock),
      vcApi: !config.vcApi ? 'off' : config.isLocal && config.listen === 'loopback' ? 'open' : 'operator',
    },
  };
  const routes = routeTable(rooms);
  const app = createApp(rooms, routes, {
    log,
    rateLimits: config.rateLimits,
    trustProxy: config.trustProxy,
  });
  return {
    app,
    rooms,
    routes,
    store,
    settle: rooms.service.settle,
    warm: () => workers?.warm(),
    close: async () => {
      await sweeper.stop();
      await workers?.close();
      await custody.close();
      await store.close();
    },
  };
}

/** Keeps the message that tells a teacher of a decision; nobody is told who has left the district. */
async function tellOfDecision(
  ports: {
    readonly notifications: NotificationPorts;
    readonly tenancy: TenancyPorts;
    readonly achievements: AchievementPorts;
    readonly publicUrl: string;
  },
  event: DecisionEvent,
): Promise<void> {
  const member = await ports.tenancy.store.member(event.district, event.member);
  const district = await ports.tenancy.store.district(event.district);
  const version = await ports.achievements.store.version(event.district, event.achievementVersion);
  if (member?.state !== 'active' || district === undefined || version === undefined) return;
  const message = decisionMessage({
    outcome: event.outcome,
    origin: event.origin,
    achievement: version.content.name,
    district: district.name,
    submissionUrl: `${ports.publicUrl}/submissions/${event.submission}`,
    credentialUrl: event.credentialId,
  });
  await notify(ports.notifications, { id: event.id, district: event.district, to: member.email, ...message });
}

/** Keeps the message that tells a reviewer of an assignment; nobody is told who has left the district. */
async function tellReviewer(
  ports: Parameters<typeof tellOfDecision>[0],
  { about, assignment }: ReviewerEvent,
): Promise<void> {
  const { id, district: tenant, reviewer, achievementVersion, dueAt } = assignment;
  const member = await ports.tenancy.store.member(tenant, reviewer);
  const district = await ports.tenancy.store.district(tenant);
  const version = await ports.achievements.store.version(tenant, achievementVersion);
  if (member?.state !== 'active' || district === undefined || version === undefined) return;
  const message = reviewerMessage({
    about,
    // As the pages call it: nothing else of it may be said.
    work: `Work ${id.slice(-5)}`,
    achievement: version.content.name,
    district: district.name,
    due: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: district.timeZone }).format(
      new Date(dueAt),
    ),
    workUrl: `${ports.publicUrl}/reviews/${id}`,
    reviewsUrl: `${ports.publicUrl}/reviews`,
  });
  await notify(ports.notifications, { id: `${id}:${about}`, district: tenant, to: member.email, ...message });
}

/** Keeps the message that tells a holder of a withdrawn key; who has left the district is told too: they hold files. */
async function tellOfKey(
  ports: Pick<Parameters<typeof tellOfDecision>[0], 'notifications' | 'tenancy' | 'publicUrl'>,
  event: KeyEvent,
): Promise<void> {
  const member = await ports.tenancy.store.member(event.district, event.member);
  const district = await ports.tenancy.store.district(event.district);
  if (member === undefined || district === undefined) return;
  const message = keyMessage({
    what: event.what,
    district: district.name,
    backpackUrl: `${ports.publicUrl}/backpack`,
  });
  await notify(ports.notifications, { id: event.id, district: event.district, to: member.email, ...message });
}

/** Keeps a message to every admin that the issuing of a version was stopped. */
async function tellOfStop(ports: Parameters<typeof tellOfDecision>[0], event: StopEvent): Promise<void> {
  const district = await ports.tenancy.store.district(event.district);
  const version = await ports.achievements.store.version(event.district, event.achievementVersion);
  if (district === undefined || version === undefined) return;
  const message = stopMessage({
    achievement: version.content.name,
    version: version.number,
    district: district.name,
    versionUrl: `${ports.publicUrl}/achievements/${version.slug}/v/${version.number}`,
  });
  for (const { id, email } of await ports.tenancy.store.membersWithRole(event.district, 'admin'))
    await notify(ports.notifications, {
      id: `${event.id}:${id}`,
      district: event.district,
      to: email,
      ...message,
    });
}

/** The store of the settings: MongoDB where its URL is set, else the embedded one in the data folder. */
export async function openStore(config: Config, secrets: Secrets): Promise<Store> {
  return secrets.mongodbUrl === undefined
    ? openSqlite({ file: join(config.dataDir, 'touchstone.db') })
    : // Loaded only where it is used: it is a tenth of what the service holds in memory.
      (await import('./adapters/mongo/index.js')).openMongo({ url: secrets.mongodbUrl });
}

function logTo(log: ReturnType<typeof createLog>): (event: object) => void {
  return (event) => {
    const { error, ...facts } = event as { error?: unknown };
    if (error === undefined) log.info(facts);
    else if ('code' in facts) log.info({ ...facts, error });
    else log.error({ ...facts, error });
  };
}
