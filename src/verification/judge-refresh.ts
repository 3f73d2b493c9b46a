import { refreshUrl } from './checks/refresh.js';
import { couldNotCheck, passed, type Finding } from './finding.js';
import { idOf, type Findings, type ReadCredential } from './reading.js';
import type { VerificationReport } from './report.js';
import type { VerificationOptions, Work } from './verification.js';

/**
 * Fetches the newer version that an issuer offers, once and only after the proof holds (Open Badges 3.0, section 9.2),
 * judges it as a credential of its own and tells what came of it. It never decides about the one that was handed in.
 * Gives undefined where there is nothing to fetch.
 */
export async function judgeRefresh(
  credential: ReadCredential,
  judged: Findings,
  work: Work,
  options: VerificationOptions,
): Promise<Finding | undefined> {
  const { document } = credential;
  const url = judged.refresh?.message === 'refresh.offered' ? refreshUrl(document) : undefined;
  if (url === undefined || judged.proof?.outcome !== 'passed') return undefined;
  const fetched = await work.resolver.resource({ url });
  if (!fetched.ok) return couldNotCheck('refresh.unavailable', { reason: fetched.reason });
  const newer = await work.open(1, work, fetched.bytes, {
    now: options.now,
    ...(options.catalogue === undefined ? {} : { catalogue: options.catalogue }),
  });
  const report = await newer();
  return findingOf(document, report);
}

function findingOf(document: ReadCredential['document'], report: VerificationReport): Finding {
  const { verdict, credential } = report;
  if (credential === null || verdict === 'not-genuine' || verdict === 'could-not-check')
    return couldNotCheck('refresh.not-accepted', { verdict });
  const [id, issuer] = [idOf(credential) ?? 'without an id', idOf(credential['issuer']) ?? 'nobody'];
  if (id !== idOf(document) || issuer !== idOf(document['issuer']))
    return couldNotCheck('refresh.other', { id, issuer });
  const issued = issuedAt(credential);
  return Date.parse(issued) > Date.parse(issuedAt(document))
    ? passed('refresh.newer', { issued, verdict })
    : passed('refresh.newest');
}

function issuedAt(document: ReadCredential['document']): string {
  return String(document['validFrom'] ?? document['issuanceDate'] ?? 'at no stated date');
}
