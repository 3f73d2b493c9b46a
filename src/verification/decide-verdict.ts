import { unreachable } from '../kernel/index.js';
import { checkNames, type CheckName, type Finding, type Verdict } from './finding.js';
import type { AskedChecks } from './resources.js';

/** The verdicts in the order in which the first that applies is given; `could-not-check` twice, by what it is about. */
const precedence = [
  'not-genuine',
  'proof-unchecked',
  'revoked',
  'suspended',
  'expired',
  'not-yet-valid',
  'other-unchecked',
] as const;
type Bearing = (typeof precedence)[number];

export interface Decision {
  readonly verdict: Verdict;
  /** The findings that speak against the credential, the deciding ones first. */
  readonly against: readonly Finding[];
}

/** The verdict of all findings together (see the table of each check's bearing below). */
export function decideVerdict(
  findings: Readonly<Record<CheckName, Finding>>,
  checks: AskedChecks = 'all',
): Decision {
  const against = checkNames
    .flatMap((check) => {
      const bearing = bearingOf(check, findings[check], checks);
      return bearing === undefined ? [] : [{ bearing, finding: findings[check] }];
    })
    .sort((a, b) => precedence.indexOf(a.bearing) - precedence.indexOf(b.bearing));
  const first = against[0]?.bearing;
  return {
    verdict:
      first === undefined
        ? 'valid'
        : first === 'proof-unchecked' || first === 'other-unchecked'
          ? 'could-not-check'
          : first,
    against: against.map(({ finding }) => finding).filter(({ message }) => message !== 'not-reached'),
  };
}

function bearingOf(
  check: CheckName,
  { outcome, verdict }: Finding,
  checks: AskedChecks,
): Bearing | undefined {
  if (outcome === 'passed' || outcome === 'not-applicable') return undefined;
  switch (check) {
    // No credential, no proof of the issuer's, or not what was signed: it is not genuine.
    case 'parse':
    case 'proof-set':
    case 'proof':
      return outcome === 'failed' ? 'not-genuine' : 'proof-unchecked';
    case 'pinned':
      // A pinned document that cannot be had leaves the signature and the form as they are.
      if (outcome === 'could-not-check' && checks === 'proof') return undefined;
      return outcome === 'failed' ? 'not-genuine' : 'other-unchecked';
    // Perhaps genuine, but not in a form that can be relied on.
    case 'limits':
    case 'guard':
    case 'compact':
    case 'data-model':
    case 'schema':
      return 'other-unchecked';
    // A credential that is merely included is shown with its own verdict and decides nothing.
    case 'nested':
      if (outcome === 'failed' && verdict === undefined) return undefined;
      return outcome === 'failed' ? ownBearing(verdict) : 'other-unchecked';
    case 'validity':
    case 'status':
      return outcome === 'failed' ? ownBearing(verdict) : 'other-unchecked';
    case 'refresh':
    case 'recipient':
    case 'recognition':
      return undefined;
    default:
      return unreachable(check);
  }
}

function ownBearing(verdict: Verdict | undefined): Bearing {
  switch (verdict) {
    case 'revoked':
    case 'suspended':
    case 'expired':
    case 'not-yet-valid':
    case 'not-genuine':
      return verdict;
    case 'valid':
    case 'could-not-check':
    case undefined:
      return 'other-unchecked';
    default:
      return unreachable(verdict);
  }
}
