import { sign, type KeyObject } from 'node:crypto';
import { unreachable } from '../kernel/index.js';
import type { KeyAlgorithm } from './signer.js';

/** The signature of `bytes`: Ed25519 (RFC 8032), RS256, ES256 or ES384 (RFC 7518, sections 3.3 and 3.4). */
export function signBytes(algorithm: KeyAlgorithm, privateKey: KeyObject, bytes: Uint8Array): Uint8Array {
  switch (algorithm) {
    case 'Ed25519':
      return new Uint8Array(sign(null, bytes, privateKey));
    case 'RS256':
      return new Uint8Array(sign('sha256', bytes, privateKey));
    case 'ES256':
      return new Uint8Array(sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
    case 'ES384':
      return new Uint8Array(sign('sha384', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
    default:
      return unreachable(algorithm);
  }
}
