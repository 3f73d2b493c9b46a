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
import { checkTemplate, issuingStore, ownDocuments, ownIssuers, type IssuingPorts } from './issuing/index.js';
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
import { notificationStore, type Mailer, type NotificationPorts } from './notifications/index.js';
import { auditStore, type AuditPorts } from './audit/index.js';
import { auditedCollections, effectsOf } from './effects.js';
import { keptHeads, refuseLostHeads } from './kept-heads.js';
import { headSigner } from './head-signer.js';
import { keySecretOf, openCustody, operatorTokenOf } from './open-custody.js';
import { tellOfDecision, tellOfKey, tellOfStop, tellReviewer } from './tell.js';
import { tellOfAppeal } from './tell-of-appeal.js';
import { tellOfDrift } from './tell-of-drift.js';
import { pathwayStore, type PathwayPorts } from './pathways/index.js';
import { mayReview, readersOf, reviewStore, type ReviewPorts } from './review/index.js';
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
  /** Whether a store that is behind the heads that are kept outside it is taken: for the command that records it. */
  readonly behindHeads?: boolean;
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
  let formerUrls: readonly string[];
  try {
    formerUrls = await claimPublicUrl(base, store, config.publicUrl);
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
    tellOfAppeal: (event) => tellOfAppeal({ notifications, tenancy, achievements, publicUrl }, event),
  };
  const pathways: PathwayPorts = { ...base, store: pathwayStore(store) };
  const issuing: IssuingPorts = {
    ...base,
    publicUrl,
    formerUrls,
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
    audit: { store: auditStore(store) },
    notify: (event) => tellOfDecision({ notifications, tenancy, achievements, publicUrl }, event),
    tellOfKey: (event) => tellOfKey({ notifications, tenancy, publicUrl }, event),
    tellOfStop: (event) => tellOfStop({ notifications, tenancy, achievements, publicUrl }, event),
    recipientKey: new Uint8Array(hkdfSync('sha256', keySecret, '', 'recipient pseudonyms', 32)),
    ...(overrides.atStep === undefined ? {} : { atStep: overrides.atStep }),
  };
  const interop: InteropPorts = {
    ...base,
    publicUrl,
    formerUrls,
    store: interopStore(store),
    custody,
    status,
  };
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
  const keptOutside = config.auditHeads === undefined ? undefined : keptHeads(config.auditHeads, tenancy);
  const audit: AuditPorts = {
    ...base,
    ...issuing.audit,
    signer: headSigner({ securing, tenancy, publicUrl, formerUrls }),
    ...(keptOutside === undefined ? {} : { keepHead: keptOutside.keep }),
    audited: auditedCollections({
      ...{ tenancy, access, securing, achievements, evidence, submissions, calibration, review, issuing },
    }),
    editionDigest: async (district, award, n) => {
      const edition = await issuing.store.edition(district, award as AwardId, n);
      return edition === undefined ? undefined : sha256Hex(edition.json);
    },
  };
  try {
    if (keptOutside !== undefined && overrides.behindHeads !== true)
      await refuseLostHeads(keptOutside, audit, tenancy);
  } catch (error) {
    await workers?.close();
    await custody.close();
    await store.close();
    throw error;
  }
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
      formerUrls,
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
