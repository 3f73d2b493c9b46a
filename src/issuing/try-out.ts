import { AppError, type FieldError, type Instant } from '../kernel/index.js';
import {
  isJsonObject,
  secureAsJwt,
  secureCredential,
  throwAwaySigner,
  type JsonObject,
} from '../securing/index.js';
import {
  verifyCredential,
  type CheckName,
  type Resolver,
  type VerificationReport,
} from '../verification/index.js';
import { lintCredential } from './lint/lint-credential.js';
import type { LintFinding } from './lint/rule.js';
import type { UnsignedCredential } from './compose-credential.js';

/** What a credential is tried out with. */
export interface TryOut {
  readonly credential: UnsignedCredential;
  readonly now: Instant;
  /** What the credential points at; its own issuer's DID document need not name the throw-away keys. */
  readonly resolver: Resolver;
  /** Both when left out. */
  readonly forms?: readonly ('json' | 'jwt')[];
  /** Which checks rightly speak against it: it ought to read so. None when left out. */
  readonly expected?: (report: VerificationReport) => Promise<readonly CheckName[]>;
}

/** Lint rules that hold wherever our verifier says valid: it compacts in safe mode and checks signatures, too. */
const heldByVerifier = ['json-ld-terms', 'proof-signature', 'jwt-signature', 'status-list-answers'];

/** Lint rules that are broken by nothing else than that a credential has ended. */
const brokenByItsEnd = ['expiry', 'jwt-times'];

/**
 * The full pass before the real key signs: the credential is signed with throw-away keys, as JSON and as JWT, verified
 * by our whole verifier as a stranger's would be, and held to every lint rule. Gives everything that was found.
 */
export async function tryOut({
  credential,
  now,
  resolver,
  forms = ['json', 'jwt'],
  expected = async () => [],
}: TryOut): Promise<readonly LintFinding[]> {
  const issuer = credential['issuer'];
  const did = String(isJsonObject(issuer) ? issuer['id'] : issuer);
  const proof = throwAwaySigner(did);
  const jwt = throwAwaySigner(did, 'jwt');
  const known = withMethods(resolver, did, [proof.controllerDocument, jwt.controllerDocument]);
  const findings: LintFinding[] = [];
  const signings = {
    json: async () =>
      JSON.stringify(await secureCredential({ credential, signer: proof.signer, created: now })),
    jwt: () => secureAsJwt({ credential, signer: jwt.signer }),
  };
  for (const form of forms) {
    let text: string;
    try {
      text = await signings[form]();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const faults: readonly FieldError[] =
        error.errors.length > 0 ? error.errors : [{ pointer: '', detail: error.message }];
      findings.push(...faults.map((fault) => ({ ...fault, rule: 'sign', severity: 'fatal' as const })));
      continue;
    }
    const { verified, asExpected } = await verifierFindings(text, known, now, expected);
    // What our verifier has just found to hold is not worked out a second time.
    const held = [
      ...(verified.length === 0 ? heldByVerifier : []),
      ...(asExpected.includes('validity') ? brokenByItsEnd : []),
    ];
    findings.push(...verified, ...(await lintCredential({ text, resolver: known, now, known: held })));
  }
  return once(findings);
}

async function verifierFindings(
  text: string,
  resolver: Resolver,
  now: Instant,
  expected: NonNullable<TryOut['expected']>,
): Promise<{ readonly verified: readonly LintFinding[]; readonly asExpected: readonly CheckName[] }> {
  const report = await verifyCredential(
    { resolver, knownIssuers: { list: async () => [] } },
    { kind: 'bytes', bytes: Buffer.from(text) },
    { now },
  );
  const asExpected = await expected(report);
  if (report.verdict === 'valid') return { verified: [], asExpected };
  const verified = report.checks
    .filter(({ check, detail }) => report.reasons.includes(detail) && !asExpected.includes(check))
    .map(({ check, detail }) => ({
      rule: `verify ${check}`,
      severity: 'fatal' as const,
      pointer: '',
      detail: `is ${report.verdict} to our verifier: ${detail}`,
    }));
  return { verified, asExpected };
}

/** The resolver, to which the issuer's DID document names these keys too. */
function withMethods(resolver: Resolver, did: string, documents: readonly JsonObject[]): Resolver {
  return {
    ...resolver,
    did: async (asked) => {
      const answer = await resolver.did(asked);
      if (asked !== did) return answer;
      const own = answer.ok && isJsonObject(answer.document) ? answer.document : {};
      const joined = (member: string) =>
        [own, ...documents].flatMap((document) => (document[member] as readonly unknown[] | undefined) ?? []);
      return {
        ok: true,
        document: {
          ...documents[0],
          ...own,
          verificationMethod: joined('verificationMethod'),
          assertionMethod: joined('assertionMethod'),
        },
      };
    },
  };
}

/** JSON and JWT mostly say the same. */
function once(findings: readonly LintFinding[]): readonly LintFinding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify([finding.rule, finding.pointer, finding.detail]);
    return seen.size < seen.add(key).size;
  });
}
