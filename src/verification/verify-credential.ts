import { systemStopwatch } from '../kernel/index.js';
import { boundResolver } from './bound-resolver.js';
import { failed } from './finding.js';
import type { Presenting } from './grounds.js';
import { alwaysFinding, findingOfFault, inProcessJudge } from './judge.js';
import { judgeInner } from './judge-inner.js';
import { judgeRefresh } from './judge-refresh.js';
import {
  credentialLimits,
  interopLimits,
  nestedLimit,
  signatureLimits,
  type Reading,
  type ReadingLimits,
} from './reading.js';
import type { VerificationReport } from './report.js';
import { reportOf } from './report-on.js';
import { requestBudget } from './request-budget.js';
import { fetchWanted, wantedBy, type Resources } from './resources.js';
import type {
  Opened,
  VerificationInput,
  VerificationOptions,
  VerificationPorts,
  Work,
} from './verification.js';

/**
 * Verifies a credential from anywhere, or a presentation of some, believing nothing but the issuers' own keys, lists
 * and pinned definitions: 1 read it, 2 fetch what it points at, 3 judge it, 4 judge what is inside it by the same
 * pipeline, 5 decide. Always gives a report; never throws for what is in the document.
 */
export async function verifyCredential(
  ports: VerificationPorts,
  input: VerificationInput,
  options: CredentialOptions,
): Promise<VerificationReport> {
  const { presentations = 'allowed', ...rest } = options;
  const wanted = presentations === 'allowed' ? 'any' : 'credential';
  return verifyInput(ports, input, rest, { unsigned: 'allowed' }, wanted);
}

export interface CredentialOptions extends VerificationOptions {
  /** Whether a presentation of credentials will do too; it will unless told. */
  readonly presentations?: 'allowed' | 'refused';
}

export interface PresentationOptions extends VerificationOptions {
  /** For whom it must have been made. */
  readonly domain?: string;
  /** What it must repeat. */
  readonly challenge?: string;
  /** Whether a presentation that nobody signed will do; it will not unless told, and never with a domain or challenge. */
  readonly unsigned?: 'allowed' | 'refused';
}

/**
 * Verifies a presentation: the holder's signature for this occasion, and each credential in it by itself, by the
 * whole pipeline. Anything else than a presentation is refused. `keys` are the holder's; each credential in it
 * stands on its own issuer's.
 */
export async function verifyPresentation(
  ports: VerificationPorts,
  input: VerificationInput,
  options: PresentationOptions,
): Promise<VerificationReport> {
  const { domain, challenge, unsigned = 'refused', ...rest } = options;
  return verifyInput(ports, input, rest, { domain, challenge, unsigned }, 'presentation');
}

async function verifyInput(
  ports: VerificationPorts,
  input: VerificationInput,
  options: VerificationOptions,
  presenting: Presenting,
  wanted: Wanted,
): Promise<VerificationReport> {
  const budget = requestBudget(ports.stopwatch ?? systemStopwatch);
  const log = ports.log ?? (() => undefined);
  const judge = ports.judge ?? inProcessJudge;
  const theirs = options.sender === undefined ? judge : (judge.forSender?.(options.sender) ?? judge);
  const work: Work = {
    resolver: boundResolver(ports.resolver, budget.lookUps),
    knownIssuers: ports.knownIssuers,
    judge: alwaysFinding(budget.bound(theirs), log),
    // Who names the keys that count wants a signature by one of them.
    presenting: options.keys === undefined ? presenting : { ...presenting, unsigned: 'refused' },
    left: { nested: nestedLimit },
    log,
    open,
  };
  try {
    return await verifyWith(work, input, options, wanted);
  } finally {
    budget.end();
  }
}

async function verifyWith(
  work: Work,
  input: VerificationInput,
  options: VerificationOptions,
  wanted: Wanted,
): Promise<VerificationReport> {
  const bytes = bytesOf(input);
  if (bytes === undefined) {
    const limits = failed('limits.depth', { limit: credentialLimits.depth });
    return reportOf({ limits }, unread, [], work, options);
  }
  return judgeWanted(0, wanted, work, await work.judge.read(bytes, limitsFor(options)), options)();
}

/** What is said of where nothing could be read. */
const unread: Reading = { findings: {}, kind: undefined, credential: undefined, embedded: [] };

/** What will do where something is handed in, or stands. */
type Wanted = 'any' | 'credential' | 'presentation';

/** Judges what was read if it is what is wanted there; says that it is not, and nothing of what is in it, if not. */
function judgeWanted(
  level: number,
  wanted: Wanted,
  work: Work,
  reading: Reading,
  options: VerificationOptions,
): Opened {
  const isPresentation = reading.kind === 'presentation';
  const isWanted = wanted === 'any' || isPresentation === (wanted === 'presentation');
  if (isWanted || reading.findings.parse?.outcome !== 'passed') return opened(level, work, reading, options);
  const parse = failed(isPresentation ? 'parse.is-a-presentation' : 'parse.not-a-presentation');
  const findings = { ...reading.findings, parse };
  return () => reportOf(findings, { ...reading, credential: undefined, embedded: [] }, [], work, options);
}

/** Only a credential can stand inside another document, be a component of one or its newer edition. */
async function open(
  level: number,
  work: Work,
  bytes: Uint8Array,
  options: VerificationOptions,
): Promise<Opened> {
  const reading = await work.judge.read(bytes, limitsFor(options));
  return judgeWanted(level, 'credential', work, reading, options);
}

/** Asks for what a document that was read points at, and judges it when told to. Whatever it brings out is a finding. */
function opened(level: number, work: Work, reading: Reading, options: VerificationOptions): Opened {
  const { credential } = reading;
  // 2
  const asking =
    credential === undefined
      ? undefined
      : (async () => fetchWanted(work.resolver, wantedBy(credential, options)))();
  // Said when it is waited for, which may be later or never.
  asking?.catch(() => undefined);
  return () =>
    judgeReading(level, work, reading, asking, options).catch((error: unknown) =>
      reportOf({ limits: findingOfFault(error, work.log) }, unread, [], work, options),
    );
}

async function judgeReading(
  level: number,
  work: Work,
  reading: Reading,
  asking: Promise<Resources> | undefined,
  options: VerificationOptions,
): Promise<VerificationReport> {
  const { credential } = reading;
  if (credential === undefined || asking === undefined) {
    // What a document holds is judged even when it cannot be read itself.
    if (reading.embedded.length === 0) return reportOf(reading.findings, reading, [], work, options);
    const inner = await judgeInner(level, reading, undefined, work, options);
    const { nested } = reading.findings;
    const findings = {
      ...reading.findings,
      nested: nested?.outcome === 'could-not-check' ? nested : inner.finding,
    };
    return reportOf(findings, reading, inner.reports, work, options);
  }
  const resources = await asking;
  // 3
  const { now, recipient, checks, keys } = options;
  const presenting = level === 0 ? work.presenting : undefined;
  const judged = await work.judge.judge(credential, { resources, now, recipient, checks, keys, presenting });
  const refresh = level === 0 ? await judgeRefresh(credential, judged, work, options) : undefined;
  // 4
  const inner = await judgeInner(level, reading, resources, work, options);
  // 5
  const told = refresh === undefined ? judged : { ...judged, refresh };
  const findings = { ...reading.findings, ...told, nested: inner.finding };
  return reportOf(findings, reading, inner.reports, work, options);
}

function limitsFor({ checks, contexts }: VerificationOptions): ReadingLimits {
  if (checks === 'proof') return signatureLimits;
  return contexts === 'all-pinned' ? interopLimits : credentialLimits;
}

/** The input as bytes; undefined for a value so deep that it cannot even be written down. */
function bytesOf(input: VerificationInput): Uint8Array | undefined {
  if (input.kind === 'bytes') return input.bytes;
  try {
    return Buffer.from(typeof input.value === 'string' ? input.value : JSON.stringify(input.value ?? null));
  } catch {
    return undefined;
  }
}
