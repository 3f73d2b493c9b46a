import { createPrivateKey, sign, type JsonWebKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { secureCredential, type JsonObject, type PublicJwk } from '../../../src/securing/index.js';
import { canonicalWays } from '../../../src/securing/canonical/index.js';
import { perSecond } from './per-second.mjs';

/** Signs each credential in turn, from an object to its text. */
const input = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as {
  readonly credentials: readonly JsonObject[];
  readonly privateJwk: JsonWebKey;
  readonly publicJwk: PublicJwk;
  readonly did: string;
  readonly created: string;
  readonly millis: number;
};
const { credentials, privateJwk, publicJwk, did, created, millis } = input;
const key = createPrivateKey({ key: privateJwk, format: 'jwk' });
const signer = {
  verificationMethod: `${did}#${did.slice('did:key:'.length)}`,
  controller: did,
  algorithm: 'Ed25519' as const,
  publicJwk,
  sign: async (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, key)),
};
const issue = async (n: number): Promise<string> => {
  const signed = await secureCredential({
    credential: credentials[n % credentials.length]!,
    signer,
    created: created as never,
  });
  return JSON.stringify({ ...signed, proof: signed.proof[0] });
};
const first = await issue(0);
const rate = await perSecond(issue, millis);
process.stdout.write(JSON.stringify({ first, rate, ways: canonicalWays() }));
