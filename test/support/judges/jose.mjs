/* global fetch */
// The stock jose, as somebody would use it who knows of the issuer only where its keys are published: the JWK Set, and
// the DID document. It checks the signature, `iss`, `nbf` and `exp`; of credentials and status lists it knows nothing.
import { createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';

/** The two verdicts: with keys from the issuer's JWK Set, and from its DID document. */
export async function judge({ text, issuer, jwks, didDocument }) {
  const verdict = async (keys) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(text, await keys(), { issuer });
      return { verified: true, alg: protectedHeader.alg, payload };
    } catch (error) {
      return { verified: false, code: error.code, message: error.message };
    }
  };
  return {
    byJwks: await verdict(() => createRemoteJWKSet(new URL(jwks))),
    byDidDocument: await verdict(async () => {
      const { kid } = decodeProtectedHeader(text);
      const { verificationMethod } = await (await fetch(didDocument)).json();
      const keys = verificationMethod.filter(({ id }) => id === kid).map(({ publicKeyJwk }) => publicKeyJwk);
      return createLocalJWKSet({ keys: keys.map((key) => ({ ...key, kid })) });
    }),
  };
}
