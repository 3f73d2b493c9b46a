import { checkRecognition } from './checks/recognition.js';
import { decideVerdict } from './decide-verdict.js';
import { checkNames, couldNotCheck, notApplicable, type CheckName, type Finding } from './finding.js';
import { english } from './messages.js';
import { presentReport } from './present-report.js';
import { recognise } from './recognition.js';
import { idOf, listOf, type Findings, type Reading } from './reading.js';
import type { ReportedKind, VerificationReport } from './report.js';
import type { VerificationOptions, Work } from './verification.js';

/** The report on one document: who its issuer is to us, the verdict of all findings, in words. */
export async function reportOf(
  found: Findings,
  reading: Reading,
  nested: readonly VerificationReport[],
  work: Pick<Work, 'knownIssuers'>,
  options: VerificationOptions,
): Promise<VerificationReport> {
  const document = reading.credential?.document;
  const isPresentation = reading.kind === 'presentation';
  const issuer = isPresentation ? undefined : idOf(document?.['issuer']);
  const name = nameOf(document?.['issuer']);
  const recognised =
    issuer === undefined
      ? ({ recognition: 'unknown' } as const)
      : recognise(issuer, name, await work.knownIssuers.list());
  const recognition =
    issuer === undefined
      ? notApplicable(isPresentation ? 'not-of-presentations' : 'recognition.no-issuer')
      : checkRecognition(issuer, recognised);
  const findings = complete({ ...found, recognition });
  return presentReport(
    {
      kind: kindOf(reading),
      checks: options.checks ?? 'all',
      findings,
      decision: decideVerdict(findings, options.checks),
      document,
      recognised,
      nested,
      checkedAt: options.now,
    },
    options.catalogue ?? english,
  );
}

/** The report on what could not be had at all, where somebody handed in a link. */
export function reportOnMissing(
  reason: string,
  options: Pick<VerificationOptions, 'now' | 'catalogue'>,
): VerificationReport {
  const parse = couldNotCheck('parse.unreadable', { reason });
  const missing = couldNotCheck('nothing-there');
  const findings = { ...everyCheck(() => missing), parse };
  return presentReport(
    {
      kind: null,
      checks: 'all',
      findings,
      decision: { verdict: 'could-not-check', against: [parse] },
      document: undefined,
      recognised: { recognition: 'unknown' },
      nested: [],
      checkedAt: options.now,
    },
    options.catalogue ?? english,
  );
}

/** As a reader names it: an endorsement is a credential of its own kind. */
function kindOf({ kind, credential }: Reading): ReportedKind {
  if (kind === 'credential' && listOf(credential?.document['type']).includes('EndorsementCredential'))
    return 'endorsement';
  return kind ?? null;
}

/** A finding for every check: those that were not reached could not be checked. */
function complete(found: Findings): Readonly<Record<CheckName, Finding>> {
  const stopped = checkNames.filter(
    (check) => found[check]?.outcome === 'failed' || found[check]?.outcome === 'could-not-check',
  );
  // What is inside is judged whatever became of the rest.
  const last = stopped.find((check) => check !== 'nested') ?? stopped[0] ?? 'parse';
  return everyCheck((check) => found[check] ?? couldNotCheck('not-reached', { after: last }));
}

function everyCheck(findingOf: (check: CheckName) => Finding): Readonly<Record<CheckName, Finding>> {
  return Object.fromEntries(checkNames.map((check) => [check, findingOf(check)])) as Record<
    CheckName,
    Finding
  >;
}

function nameOf(issuer: unknown): string | null {
  const name: unknown =
    typeof issuer === 'object' && issuer !== null ? (issuer as { readonly name?: unknown }).name : undefined;
  return typeof name === 'string' ? name : null;
}
