import { ruleViolated, unreachable } from '../../kernel/index.js';
import { isJsonObject, keyOfMethod, readPublicJwk, type JsonObject } from '../../securing/index.js';
import type { CheckName, CheckResult, VerificationReport } from '../../verification/index.js';
import type { Reply } from '../route.js';

/** What the caller may ask for beside the document. */
export interface VerifyOptions {
  /** `proof` alone: only the signature and the form of the data model decide. */
  readonly checks?: readonly string[];
  /** Verification methods or JWKs that the caller trusts, instead of looking keys up. */
  readonly verificationMethod?: unknown;
  readonly domain?: string;
  readonly challenge?: string;
}

/** What decides, from `options.checks`: everything, unless the proof alone is asked for. */
export function askedChecks({ checks }: VerifyOptions): 'all' | 'proof' {
  return checks?.length === 1 && checks[0] === 'proof' ? 'proof' : 'all';
}

/**
 * The public keys in `options.verificationMethod`: one or several of Multikey, JsonWebKey or bare JWK.
 * @throws rule-violated when one is none of these.
 */
export function trustedKeys({ verificationMethod }: VerifyOptions): readonly JsonObject[] | undefined {
  if (verificationMethod === undefined) return undefined;
  const methods = Array.isArray(verificationMethod)
    ? (verificationMethod as readonly unknown[])
    : [verificationMethod];
  return methods.map((method) => {
    const key = isJsonObject(method) ? (keyOfMethod(method) ?? readPublicJwk(method)) : undefined;
    if (key === undefined) {
      throw ruleViolated(
        '/options/verificationMethod',
        'must be a verification method with its key (Multikey or JsonWebKey), a public JWK, or a list of these',
      );
    }
    return { ...key };
  });
}

/** A problem of the VC Data Model 2.0, section 7.4 (and of Bitstring Status List 1.0, section 3.4). */
interface VcProblem {
  readonly type: string;
  readonly title: string;
  readonly detail: string;
}

const vcProblems = 'https://www.w3.org/TR/vc-data-model#';

/**
 * The answer of VC-API to a verification: 200 when all that was asked holds, else 400 with problem details
 * (RFC 9457), each finding among `problemDetails` by the check that made it. What could not be checked speaks against it too.
 */
export function verificationReply(report: VerificationReport, requestId: string): Reply {
  const checks = report.checks.map(({ check, outcome, detail }) => ({ check, outcome, detail }));
  const verified = report.verdict === 'valid';
  if (verified) return { status: 200, json: { verified, checks, problemDetails: [] } };
  const problemDetails = problemsIn(report);
  const first = problemDetails[0] ?? problem('data-model', report.sentence);
  return {
    status: 400,
    mediaType: 'application/problem+json',
    json: {
      type: first.type,
      title: first.title,
      status: 400,
      detail: report.sentence,
      instance: `urn:touchstone:request:${requestId}`,
      verified,
      verdict: report.verdict,
      checks,
      problemDetails,
    },
  };
}

/** What speaks against the document, then against what is inside it. */
function problemsIn(report: VerificationReport): readonly VcProblem[] {
  const own = report.checks
    .filter((one) => speaksAgainst(one, report))
    .map((one) => problem(one.check, one.detail));
  return [...own, ...report.nested.filter(({ verdict }) => verdict !== 'valid').flatMap(problemsIn)];
}

function speaksAgainst({ outcome, detail }: CheckResult, { reasons }: VerificationReport): boolean {
  return (outcome === 'failed' || outcome === 'could-not-check') && reasons.includes(detail);
}

function problem(check: CheckName, detail: string): VcProblem {
  switch (check) {
    case 'limits':
    case 'parse':
      return { type: `${vcProblems}PARSING_ERROR`, title: 'It cannot be read', detail };
    case 'proof-set':
    case 'proof':
      return { type: `${vcProblems}CRYPTOGRAPHIC_SECURITY_ERROR`, title: 'Its proof does not hold', detail };
    case 'validity':
      return { type: `${vcProblems}RANGE_ERROR`, title: 'It is not within its period', detail };
    case 'status':
      return {
        type: 'https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR',
        title: 'Its status speaks against it',
        detail,
      };
    case 'nested':
    case 'guard':
    case 'compact':
    case 'data-model':
    case 'schema':
    case 'refresh':
    case 'pinned':
    case 'recipient':
    case 'recognition':
      return { type: `${vcProblems}MALFORMED_VALUE_ERROR`, title: 'It is not well-formed', detail };
    default:
      return unreachable(check);
  }
}
