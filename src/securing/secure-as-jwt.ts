import { base64url } from 'jose';
import { AppError } from '../kernel/index.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import type { Signer } from './signer.js';

/**
 * Signs a credential as VC-JWT (Open Badges 3.0, section 8.2; VC-JOSE-COSE, section 3.1): header `alg` and `kid`
 * and no `typ`, since no value of it satisfies both texts; payload the credential without `proof`, with `iss`,
 * `jti`, `sub`, `nbf` and, when it ends, `exp` in whole seconds.
 * @throws rule-violated when issuer, id, subject id or validFrom is missing, a time has fractions, or the issuer is not the signer's.
 */
export async function secureAsJwt(input: {
  readonly credential: JsonObject;
  readonly signer: Signer;
}): Promise<string> {
  const { proof: _proof, ...credential } = input.credential;
  const subject = credential['credentialSubject'];
  const issuer = idOf(credential['issuer']);
  if (issuer !== input.signer.controller) {
    throw new AppError(
      'rule-violated',
      `The credential's issuer is ${String(issuer)}, but the signing key belongs to ${input.signer.controller}.`,
    );
  }
  const claims = {
    iss: issuer,
    jti: text(credential['id'], '/id'),
    sub: text(isJsonObject(subject) ? subject['id'] : undefined, '/credentialSubject/id'),
    nbf: seconds(credential['validFrom'], '/validFrom'),
    ...(credential['validUntil'] === undefined
      ? {}
      : { exp: seconds(credential['validUntil'], '/validUntil') }),
  };
  return signCompactJws({ header: {}, payload: { ...credential, ...claims }, signer: input.signer });
}

/**
 * A compact JWS (RFC 7515, section 7.1) over `payload` as JSON: header `alg`, `kid` of the signer and what
 * `header` adds (`typ`, for instance).
 */
export async function signCompactJws(input: {
  readonly header: { readonly [member: string]: string };
  readonly payload: JsonObject;
  readonly signer: Signer;
}): Promise<string> {
  const { signer } = input;
  const alg = signer.algorithm === 'Ed25519' ? 'EdDSA' : signer.algorithm;
  const header = { alg, kid: signer.verificationMethod, ...input.header };
  const signed = `${base64url.encode(JSON.stringify(header))}.${base64url.encode(JSON.stringify(input.payload))}`;
  return `${signed}.${base64url.encode(await signer.sign(new TextEncoder().encode(signed)))}`;
}

function idOf(value: unknown): unknown {
  return isJsonObject(value) ? value['id'] : value;
}

function text(value: unknown, pointer: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new AppError('rule-violated', `${pointer} is required in a credential that is signed as a JWT.`);
}

function seconds(value: unknown, pointer: string): number {
  const millis = typeof value === 'string' ? Date.parse(value) : NaN;
  if (Number.isNaN(millis) || millis % 1000 !== 0) {
    throw new AppError(
      'rule-violated',
      `${pointer} must be a date and time in whole seconds, like 2026-11-20T09:00:00Z.`,
    );
  }
  return millis / 1000;
}
