import { jsonObjectIn } from '../../kernel/index.js';
import { isJsonObject, readCompactJwt, type JsonObject } from '../../securing/index.js';
import { couldNotCheck, failed, notApplicable, passed, type Finding } from '../finding.js';
import { listOf, type Draft } from '../reading.js';

const proofLimit = 4;

// 64 bytes (Ed25519, P-256) or 96 (P-384) in base58btc: any other character is another text for the same signature.
const signature = /^z[1-9A-HJ-NP-Za-km-z]{80,140}$/;

/** The proofs that are verified here: Data Integrity cryptosuites, and the one older suite by its type. */
const acceptedSuites = ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'ecdsa-rdfc-2019', 'Ed25519Signature2020'];

/** How the credential is secured: well-formed proofs of an accepted kind, every one of which must then hold. */
export function checkProofSet(draft: Draft): Finding {
  const received = draft.received ?? {};
  if (draft.token !== undefined) return ofToken(draft, draft.token, received);
  const proofs = listOf(received['proof']);
  if (proofs.length === 0) {
    if (draft.kind !== 'presentation') return failed('proof-set.none');
    draft.secured = { kind: 'none' };
    return notApplicable('proof-set.unsigned-presentation');
  }
  if (proofs.length > proofLimit) return failed('proof-set.too-many', { limit: proofLimit });
  for (const proof of proofs) {
    if (!isJsonObject(proof)) return failed('proof-set.malformed', { reason: 'it is not an object' });
    const fault = proofFault(proof, draft.kind === 'presentation' ? 'authentication' : 'assertionMethod');
    if (fault !== undefined) return fault;
  }
  const ids = proofs.filter(isJsonObject).map(({ id }) => id);
  const missing = proofs
    .filter(isJsonObject)
    .flatMap((proof) => listOf(proof['previousProof']))
    .find((id) => typeof id !== 'string' || !ids.includes(id));
  if (missing !== undefined) return failed('proof-set.chain', { id: String(missing) });
  draft.secured = { kind: 'proofs', proofs: proofs.filter(isJsonObject) };
  const suites = proofs.filter(isJsonObject).map(suiteOf);
  return proofs.length === 1
    ? passed('proof-set.one', { suite: suites[0]! })
    : passed('proof-set.several', { count: proofs.length, suites: suites.join(', ') });
}

function suiteOf(proof: JsonObject): string {
  return String(proof['type'] === 'DataIntegrityProof' ? proof['cryptosuite'] : proof['type']);
}

/** What is wrong with a proof's form (VC Data Integrity 1.0, section 2.1), if anything. */
function proofFault(proof: JsonObject, purpose: string): Finding | undefined {
  const suite = suiteOf(proof);
  if (proof['type'] === undefined) return failed('proof-set.malformed', { reason: 'it has no type' });
  if (!acceptedSuites.includes(suite)) return couldNotCheck('proof-set.unsupported', { suite });
  if (proof['proofPurpose'] !== purpose)
    return failed('proof-set.purpose', { purpose: String(proof['proofPurpose']), wanted: purpose });
  if (typeof proof['verificationMethod'] !== 'string')
    return failed('proof-set.malformed', { reason: 'its verificationMethod is not one id' });
  const value = proof['proofValue'];
  if (typeof value !== 'string' || !signature.test(value))
    return failed('proof-set.malformed', { reason: `its proofValue is not one of ${suite}` });
  return undefined;
}

function ofToken(draft: Draft, token: string, received: JsonObject): Finding {
  const alg = declaredAlgorithm(token);
  if (alg === 'none') return failed('proof-set.unsigned');
  if (/^HS\d+$/.test(alg)) return failed('proof-set.symmetric', { suite: alg });
  const read = readCompactJwt(token, draft.kind === 'presentation' ? 'presentation' : 'credential');
  if (!read.ok) {
    return read.kind === 'unsupported'
      ? couldNotCheck('proof-set.unsupported', { suite: alg })
      : failed('proof-set.header', { reason: read.reason });
  }
  if ('proof' in received)
    return couldNotCheck('proof-set.header', { reason: 'the credential in it carries a proof of its own' });
  draft.secured = { kind: 'jwt', token, alg: read.alg, kid: read.kid, claims: read.payload };
  return passed('proof-set.jwt', { suite: read.alg });
}

function declaredAlgorithm(token: string): string {
  const header = jsonObjectIn(Buffer.from(token.split('.')[0]!, 'base64url'));
  return header === undefined ? '' : String(header['alg']);
}
