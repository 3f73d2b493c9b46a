import { AppError } from '../kernel/index.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import { refuseUndefinedTerms } from './json-ld-safe.js';
import { signCompactJws } from './secure-as-jwt.js';
import type { Signer } from './signer.js';

/**
 * Signs a credential as `application/vc+jwt` (Securing Verifiable Credentials using JOSE and COSE, section 3.1.1):
 * header `alg`, `kid`, `typ: vc+jwt`, `cty: vc`; payload the credential itself, with `iss`, `jti` and `sub` where it
 * says them. The form that VC-API asks for; badges of districts are signed by `secureAsJwt`.
 * @throws rule-violated naming the fault; invalid-request for an unknown context.
 */
export async function secureAsVcJwt(input: {
  readonly credential: JsonObject;
  readonly signer: Signer;
}): Promise<string> {
  const { credential, signer } = input;
  if ('proof' in credential) {
    throw new AppError(
      'rule-violated',
      'The credential to be signed has a proof already: leave the member proof out.',
    );
  }
  await refuseUndefinedTerms(credential);
  const claims = {
    iss: signer.controller,
    ...(typeof credential['id'] === 'string' ? { jti: credential['id'] } : {}),
    ...subjectClaim(credential['credentialSubject']),
  };
  return signCompactJws({
    header: { typ: 'vc+jwt', cty: 'vc' },
    payload: { ...credential, ...claims },
    signer,
  });
}

function subjectClaim(subject: unknown): { readonly sub?: string } {
  return isJsonObject(subject) && typeof subject['id'] === 'string' ? { sub: subject['id'] } : {};
}
