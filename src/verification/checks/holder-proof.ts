import {
  isJsonObject,
  verifyCompactJwt,
  verifyDataIntegrityProof,
  type JsonObject,
  type ProofFailure,
} from '../../securing/index.js';
import { couldNotCheck, failed, notApplicable, passed, type Finding } from '../finding.js';
import type { Grounds, Presenting } from '../grounds.js';
import { controllerOf, jwtKeysOf, methodOf } from '../issuer-keys.js';
import { idOf, listOf, type ReadCredential, type Secured } from '../reading.js';
import { verifyWithTrustedKeys } from './proof.js';

/**
 * Whether a presentation was signed for this occasion by a key listed for authentication, and by its holder's where
 * it names one (VC Data Model 2.0, section 4.13; VC Data Integrity 1.0, section 2.1 for domain and challenge).
 */
export async function checkHolderProof(presentation: ReadCredential, grounds: Grounds): Promise<Finding> {
  const { secured } = presentation;
  const presenting: Presenting = grounds.presenting ?? { unsigned: 'allowed' };
  const { domain, challenge } = presenting;
  if (secured.kind === 'none') {
    const refused = presenting.unsigned === 'refused' || domain !== undefined || challenge !== undefined;
    return refused ? failed('holder-proof.unsigned-refused') : notApplicable('holder-proof.unsigned');
  }
  const said = saidIn(presentation, secured);
  for (const { domains, challenges } of said) {
    if (domain !== undefined && !domains.includes(domain))
      return failed('holder-proof.domain', { domain: domains.join(', ') || 'nobody', wanted: domain });
    if (challenge !== undefined && !challenges.includes(challenge)) return failed('holder-proof.challenge');
  }
  const holder = holderOf(presentation);
  const result =
    secured.kind === 'jwt'
      ? await ofToken(secured, holder ?? '', grounds)
      : await ofProofs(presentation, secured.proofs, grounds);
  if (!result.ok) {
    switch (result.kind) {
      case 'invalid':
        return failed('holder-proof.wrong', { reason: result.reason });
      case 'could-not-resolve':
        return couldNotCheck('holder-proof.unresolved', { reason: result.reason });
      case 'unsupported':
        return couldNotCheck('holder-proof.unsupported', { reason: result.reason });
    }
  }
  if (grounds.keys !== undefined) return passed('proof.trusted', { key: result.keys.join(', ') });
  const bind = holder !== undefined && grounds.checks !== 'proof';
  const foreign = bind ? result.keys.find((key) => controllerOf(key, holder) !== holder) : undefined;
  if (foreign !== undefined)
    return failed('holder-proof.foreign-key', { key: foreign, holder: holder ?? '' });
  return passed('holder-proof.ok', {
    holder: holder ?? controllerOf(result.keys[0] ?? null),
    key: result.keys.join(', '),
  });
}

/** Who says that they present it: the holder it names, else who made the token. */
function holderOf({ document, secured }: ReadCredential): string | undefined {
  const named = idOf(document['holder']);
  const claimed = secured.kind === 'jwt' ? secured.claims['iss'] : undefined;
  return named ?? (typeof claimed === 'string' ? claimed : undefined);
}

interface Said {
  readonly domains: readonly unknown[];
  readonly challenges: readonly unknown[];
}

/** For whom and in answer to what each signature says it was made. */
function saidIn({ document }: ReadCredential, secured: Secured): readonly Said[] {
  if (secured.kind === 'jwt')
    return [{ domains: listOf(secured.claims['aud']), challenges: listOf(secured.claims['nonce']) }];
  return listOf(document['proof'])
    .filter(isJsonObject)
    .map((proof) => ({ domains: listOf(proof['domain']), challenges: listOf(proof['challenge']) }));
}

type Result = { readonly ok: true; readonly keys: readonly string[] } | ProofFailure;

async function ofProofs(
  { document, received }: ReadCredential,
  proofs: readonly JsonObject[],
  { resources, now, keys }: Grounds,
): Promise<Result> {
  // The proof is over the credentials too, so it is verified over what was received; what is said of it is read
  // from the compacted document.
  if (listOf(document['proof']).length !== proofs.length)
    return { ok: false, kind: 'invalid', reason: 'its proofs cannot be told apart' };
  const methods: string[] = [];
  for (const proof of proofs) {
    const ask = {
      document: received,
      proof,
      now,
      purpose: 'authentication',
      bindToIssuer: false,
    } as const;
    const resolve = async (id: string) => methodOf(id, controllerOf(id), resources);
    const result =
      keys === undefined
        ? await verifyDataIntegrityProof({ ...ask, resolveVerificationMethod: resolve })
        : await verifyWithTrustedKeys(ask, keys);
    if (!result.ok) return result;
    methods.push(result.verificationMethod);
  }
  return { ok: true, keys: methods };
}

async function ofToken(
  { token, kid }: Secured & { readonly kind: 'jwt' },
  holder: string,
  { resources, keys }: Grounds,
): Promise<Result> {
  const result = await verifyCompactJwt({
    token,
    wanted: 'presentation',
    resolveKeys: async (read) =>
      keys === undefined
        ? jwtKeysOf(read, controllerOf(kid, holder), resources, 'authentication')
        : { ok: true, keys },
  });
  return result.ok ? { ok: true, keys: [result.kid ?? `${result.alg} key`] } : result;
}
