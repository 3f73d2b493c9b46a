import { createHash, verify } from 'node:crypto';
import { decodeBase58 } from './base58.js';
import { canonicalQuads } from './canonical/index.js';
import { ed25519Signature2020V1 } from './contexts.js';
import type { JsonObject } from './json-object.js';
import { publicKeyObject } from './public-key.js';
import type { PublicJwk } from './signer.js';

/**
 * Whether an Ed25519Signature2020 proof is the signature of this key over `document` (without its proof): SHA-256
 * of the canonical proof options, then of the canonical document (VC Data Integrity EdDSA Cryptosuites 1.0,
 * section 3.4).
 * @throws what the JSON-LD processor throws in safe mode.
 */
export async function verifySignature2020(
  proof: JsonObject,
  document: JsonObject,
  key: PublicJwk,
): Promise<boolean> {
  const { proofValue, ...options } = proof as { readonly [member: string]: unknown };
  const data = await dataOfSignature2020(options, document);
  const signature = decodeBase58(String(proofValue).slice(1));
  return signature?.length === 64 && verify(null, data, publicKeyObject(key), signature);
}

/** The bytes that an Ed25519Signature2020 signs: both hashes, of the proof without its value and of the document. */
export async function dataOfSignature2020(options: JsonObject, document: JsonObject): Promise<Uint8Array> {
  const contexts = [document['@context'] ?? []].flat() as unknown[];
  const context = contexts.includes(ed25519Signature2020V1)
    ? contexts
    : [...contexts, ed25519Signature2020V1];
  return Buffer.concat(
    await Promise.all([canonicalHash({ ...options, '@context': context }), canonicalHash(document)]),
  );
}

async function canonicalHash(document: JsonObject): Promise<Buffer> {
  const { text } = await canonicalQuads(document);
  return createHash('sha256').update(text).digest();
}
