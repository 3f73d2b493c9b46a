import { createPublicKey, type KeyObject } from 'node:crypto';
import type { PublicJwk } from './signer.js';

const most = 256;
const kept = new Map<string, KeyObject>();

/** The key as OpenSSL has it, which takes longer to make than a signature to check: the last ones are kept. */
export function publicKeyObject(jwk: PublicJwk): KeyObject {
  const name = JSON.stringify(jwk);
  const known = kept.get(name);
  if (known !== undefined) {
    kept.delete(name);
    kept.set(name, known);
    return known;
  }
  const made = createPublicKey({ key: { ...jwk }, format: 'jwk' });
  const oldest = kept.keys().next();
  if (kept.size >= most && oldest.done === false) kept.delete(oldest.value);
  kept.set(name, made);
  return made;
}
