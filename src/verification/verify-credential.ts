import type { Instant } from '../kernel/index.js';
import { checkRecognition } from './checks/recognition.js';
import { decideVerdict } from './decide-verdict.js';
import {
  checkNames,
  couldNotCheck,
  failed,
  notApplicable,
  passed,
  type CheckName,
  type Finding,
} from './finding.js';
import { alwaysFinding, inProcessJudge, type Judge } from './judge.js';
import { english, type Catalogue } from './messages.js';
import { presentReport } from './present-report.js';
import { recognise, type KnownIssuers } from './recognition.js';
import { credentialLimits, idOf, type Findings, type Reading } from './reading.js';
import type { VerificationReport } from './report.js';
import type { Resolver } from './resolver.js';
import { fetchWanted, pinnedIn, wantedBy, type Resources } from './resources.js';

export interface VerificationPorts {
  readonly resolver: Resolver;
  readonly knownIssuers: KnownIssuers;
  /** Where documents are parsed and judged; in this thread unless told. */
  readonly judge?: Judge;
}

/** A file or text as it came, or a JSON value out of a request (an object, or a string that holds JSON or a token). */
export type VerificationInput =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'document'; readonly value: unknown };

export interface VerificationOptions {
  readonly now: Instant;
  /** An e-mail address to compare the holder with. */
  readonly recipient?: string;
  readonly catalogue?: Catalogue;
}

/** A milestone holds credentials; what those hold is not followed. */
const nestingLimit = 1;

/**
 * Verifies a credential from anywhere, believing nothing but the issuer's own keys, lists and pinned definitions:
 * 1 read it, 2 fetch what it points at, 3 judge it, 4 judge what is inside it by the same pipeline, 5 decide.
 * Always gives a report; never throws for what is in the document.
 */
export async function verifyCredential(
  ports: VerificationPorts,
  input: VerificationInput,
  options: VerificationOptions,
): Promise<VerificationReport> {
  const bytes = bytesOf(input);
  if (bytes === undefined) {
    const findings = { limits: failed('limits.depth', { limit: credentialLimits.depth }) };
    return reportOf(findings, { findings, credential: undefined, embedded: [] }, [], ports, options);
  }
  return verifyAt(0, ports, bytes, options);
}

async function verifyAt(
  level: number,
  ports: VerificationPorts,
  bytes: Uint8Array,
  options: VerificationOptions,
): Promise<VerificationReport> {
  const judge = alwaysFinding(ports.judge ?? inProcessJudge);
  // 1
  const reading = await judge.read(bytes, credentialLimits);
  const { credential } = reading;
  if (credential === undefined) {
    const { nested: _unjudged, ...reached } = reading.findings;
    const findings = reading.embedded.length === 0 ? reading.findings : reached;
    return reportOf(findings, reading, [], ports, options);
  }
  // 2
  const resources = await fetchWanted(ports.resolver, wantedBy(credential));
  // 3
  const judged = await judge.judge(credential, { resources, now: options.now, recipient: options.recipient });
  // 4
  const inner = await judgeInner(level, reading, resources, ports, options);
  // 5
  const findings = { ...reading.findings, ...judged, nested: inner.finding };
  return reportOf(findings, reading, inner.reports, ports, options);
}

interface Inner {
  readonly finding: Finding;
  readonly reports: readonly VerificationReport[];
}

/**
 * Judges embedded credentials and the components that a milestone pins. An embedded one has its own report and
 * decides nothing; a milestone stands only as long as its components do.
 */
async function judgeInner(
  level: number,
  reading: Reading,
  resources: Resources,
  ports: VerificationPorts,
  options: VerificationOptions,
): Promise<Inner> {
  const components = pinnedIn(reading.credential?.document ?? {}).filter(({ isComponent }) => isComponent);
  if (reading.embedded.length === 0 && components.length === 0)
    return { finding: notApplicable('nested.none'), reports: [] };
  if (level >= nestingLimit) return { finding: couldNotCheck('nested.too-deep'), reports: [] };
  const { recipient: _recipient, ...innerOptions } = options;
  const reports: VerificationReport[] = [];
  for (const embedded of reading.embedded) {
    reports.push(await verifyAt(level + 1, ports, Buffer.from(JSON.stringify(embedded)), innerOptions));
  }
  let deciding: Finding | undefined;
  for (const component of components) {
    const fetched = resources.pinned.get(component.url);
    if (fetched === undefined || !fetched.ok) {
      deciding ??= couldNotCheck('nested.component-missing', { reason: fetched?.reason ?? component.url });
      continue;
    }
    const report = await verifyAt(level + 1, ports, fetched.bytes, innerOptions);
    reports.push(report);
    const facts = { id: component.url, verdict: report.verdict };
    if (report.verdict === 'revoked' || report.verdict === 'suspended')
      deciding = failed('nested.component-revoked', facts, 'suspended');
    if (report.verdict === 'not-genuine' || report.verdict === 'could-not-check')
      deciding ??= couldNotCheck('nested.component-not-checked', facts);
  }
  const verdicts = reports.map(({ verdict }) => verdict).join(', ');
  return { finding: deciding ?? passed('nested.judged', { count: reports.length, verdicts }), reports };
}

async function reportOf(
  found: Findings,
  reading: Reading,
  nested: readonly VerificationReport[],
  ports: VerificationPorts,
  options: VerificationOptions,
): Promise<VerificationReport> {
  const document = reading.credential?.document;
  const issuer = idOf(document?.['issuer']);
  const name = nameOf(document?.['issuer']);
  const recognised =
    issuer === undefined
      ? ({ recognition: 'unknown' } as const)
      : recognise(issuer, name, await ports.knownIssuers.list());
  const recognition =
    issuer === undefined ? notApplicable('recognition.no-issuer') : checkRecognition(issuer, recognised);
  const findings = complete({ ...found, recognition });
  return presentReport(
    { findings, decision: decideVerdict(findings), document, recognised, nested, checkedAt: options.now },
    options.catalogue ?? english,
  );
}

/** A finding for every check: those that were not reached could not be checked. */
function complete(found: Findings): Readonly<Record<CheckName, Finding>> {
  const last =
    checkNames.find(
      (check) => found[check]?.outcome === 'failed' || found[check]?.outcome === 'could-not-check',
    ) ?? 'parse';
  return Object.fromEntries(
    checkNames.map((check) => [check, found[check] ?? couldNotCheck('not-reached', { after: last })]),
  ) as Record<CheckName, Finding>;
}

function nameOf(issuer: unknown): string | null {
  const name: unknown =
    typeof issuer === 'object' && issuer !== null ? (issuer as { readonly name?: unknown }).name : undefined;
  return typeof name === 'string' ? name : null;
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
