import { compactVerify, importJWK } from 'jose';
import { AppError } from '../kernel/index.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import { readPublicJwk, sameKey } from './multikey.js';
import type { PublicJwk } from './signer.js';
import { parseStrictJson } from './strict-json.js';
import type { ProofFailure } from './verification-method.js';

/** The algorithms that are accepted, each with the keys that it goes with (RFC 7518, RFC 8037). */
const algorithms: { readonly [alg: string]: (key: PublicJwk) => boolean } = {
  RS256: (key) => key.kty === 'RSA',
  ES256: (key) => key.kty === 'EC' && key.crv === 'P-256',
  ES384: (key) => key.kty === 'EC' && key.crv === 'P-384',
  EdDSA: (key) => key.kty === 'OKP',
};

/** What a token says about itself before it is believed: enough to find its issuer's keys. */
export interface JwtClaims {
  readonly alg: string;
  readonly kid: string | null;
  readonly header: JsonObject;
  readonly payload: JsonObject;
}

/** The issuer's keys that may have signed this token, found through its issuer (never through the token's own header). */
export type ResolveJwtKeys = (
  claims: JwtClaims,
) => Promise<{ readonly ok: true; readonly keys: readonly JsonObject[] } | ProofFailure>;

export type JwtResult =
  | {
      readonly ok: true;
      readonly alg: string;
      readonly kid: string | null;
      readonly payload: JsonObject;
      readonly key: PublicJwk;
    }
  | ProofFailure;

/** What the header may say that it is, by what is wanted (VC-JOSE-COSE, section 3.1). */
const headersOf = {
  credential: { typ: ['jwt', 'vc+jwt'], cty: 'vc' },
  presentation: { typ: ['jwt', 'vp+jwt'], cty: 'vp' },
} as const;

/**
 * Reads a compact JWT without believing it: form, JSON without repeated members, and the header's rules: `alg`
 * on the list, `typ` absent, JWT or vc+jwt, `cty` absent or vc (vp+jwt and vp for a presentation), no `crit`.
 */
export function readCompactJwt(
  token: string,
  wanted: keyof typeof headersOf = 'credential',
): ({ readonly ok: true } & JwtClaims) | ProofFailure {
  const parts = token.split('.');
  if (parts.length !== 3 || !parts.every(isBase64url)) {
    return invalid('the token is not three base64url parts with dots between them');
  }
  try {
    const header = decode(parts[0]!, 'header');
    const payload = decode(parts[1]!, 'payload');
    const { alg, typ, cty, kid } = header as { readonly [member: string]: unknown };
    if ('crit' in header) return invalid('the header has crit, and no critical extension is known here');
    const own = headersOf[wanted];
    const isOwnTyp = typeof typ === 'string' && (own.typ as readonly string[]).includes(typ.toLowerCase());
    if (typ !== undefined && !isOwnTyp) {
      return invalid(
        `the header's typ is ${JSON.stringify(typ)}; a ${wanted} has none, JWT or ${own.typ[1]}`,
      );
    }
    if (cty !== undefined && cty !== own.cty)
      return invalid(`the header's cty is ${JSON.stringify(cty)}; a ${wanted} has none or ${own.cty}`);
    if (kid !== undefined && typeof kid !== 'string') return invalid("the header's kid is not a string");
    if (typeof alg !== 'string' || !Object.hasOwn(algorithms, alg)) {
      return {
        ok: false,
        kind: alg === 'none' || typeof alg !== 'string' ? 'invalid' : 'unsupported',
        reason: `the algorithm ${JSON.stringify(alg)} is not accepted; RS256, ES256, ES384 and EdDSA are`,
      };
    }
    return { ok: true, alg, kid: kid ?? null, header, payload };
  } catch (error) {
    return invalid(error instanceof AppError ? error.message : 'the token could not be read');
  }
}

/**
 * Verifies a compact JWT with the keys that `resolveKeys` gives for its issuer. A `jwk` in the header must be
 * one of them and is otherwise not used. Times and claims are the caller's to judge.
 */
export async function verifyCompactJwt(input: {
  readonly token: string;
  readonly resolveKeys: ResolveJwtKeys;
  /** What the token is to be: a credential unless told. */
  readonly wanted?: keyof typeof headersOf;
}): Promise<JwtResult> {
  const read = readCompactJwt(input.token, input.wanted);
  if (!read.ok) return read;
  const resolved = await input.resolveKeys(read);
  if (!resolved.ok) return resolved;
  let keys = resolved.keys
    .slice(0, 32)
    .map(readPublicJwk)
    .filter((key) => key !== undefined);
  if ('jwk' in read.header) {
    const told = readPublicJwk(read.header['jwk']);
    keys = keys.filter((key) => told !== undefined && sameKey(key, told));
    if (keys.length === 0) return invalid("the key in the token's header is none of the issuer's keys");
  }
  keys = keys.filter(algorithms[read.alg]!);
  if (keys.length === 0) return invalid(`the issuer has no key for ${read.alg} that this token names`);
  for (const key of keys) {
    try {
      await compactVerify(input.token, await importJWK({ ...key }, read.alg), { algorithms: [read.alg] });
      return { ok: true, alg: read.alg, kid: read.kid, payload: read.payload, key };
    } catch {
      // Another key may fit; when none does, the answer below says so.
    }
  }
  return invalid("the signature does not match the issuer's key");
}

/** Base64url without padding, and the one spelling of its bytes: unused bits are zero (RFC 4648, section 3.5). */
function isBase64url(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
}

function decode(part: string, what: string): JsonObject {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url'));
  const value = parseStrictJson(text);
  if (!isJsonObject(value)) throw new AppError('invalid-request', `the ${what} is not a JSON object`);
  return value;
}

function invalid(reason: string): ProofFailure {
  return { ok: false, kind: 'invalid', reason };
}
