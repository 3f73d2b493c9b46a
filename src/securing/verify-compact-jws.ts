import { compactVerify, createLocalJWKSet, errors, type JWK } from 'jose';
import type { JsonObject } from './json-object.js';
import { isJsonObject } from './json-object.js';

/**
 * What a compact JWS (RFC 7515, section 7.1) of ours says, when one of these keys signed it (the one that its `kid`
 * names) with Ed25519 and its `typ` is the expected one; else why not.
 */
export async function verifyCompactJws(input: {
  readonly jws: string;
  readonly keys: readonly object[];
  readonly typ: string;
}): Promise<
  { readonly ok: true; readonly payload: JsonObject } | { readonly ok: false; readonly reason: string }
> {
  try {
    const keys = createLocalJWKSet({ keys: input.keys as JWK[] });
    const { payload, protectedHeader } = await compactVerify(input.jws, keys, { algorithms: ['EdDSA'] });
    if (protectedHeader.typ !== input.typ)
      return {
        ok: false,
        reason: `it is signed, but of type ${protectedHeader.typ ?? 'none'}, not ${input.typ}`,
      };
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    return isJsonObject(value) ? { ok: true, payload: value } : { ok: false, reason: 'it says nothing' };
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey)
      return { ok: false, reason: 'none of the published keys is the one that it names' };
    if (error instanceof errors.JWSSignatureVerificationFailed)
      return { ok: false, reason: 'its signature is not of the key that it names' };
    if (error instanceof errors.JOSEError) return { ok: false, reason: error.message };
    if (error instanceof SyntaxError || error instanceof TypeError)
      return { ok: false, reason: 'it is no JWS whose payload is JSON' };
    throw error;
  }
}
