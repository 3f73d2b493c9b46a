import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { headType, type KnownHead } from '../../src/audit/index.js';

/** An audit key of a district that signs heads as the service publishes them. */
export interface HeadKey {
  /** The compact JWS; of the same head the same one. */
  sign(head: KnownHead, typ?: string): Promise<string>;
  /** The public key as a JWK Set, as text. */
  readonly jwks: string;
}

/** A new key of the district with this slug, made by jose and not by code of ours. */
export async function aHeadKey(slug: string, name = 'audit-2026-1'): Promise<HeadKey> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const iss = `did:web:localhost%3A8080:issuers:${slug}`;
  const kid = `${iss}#${name}`;
  const signed = new Map<string, Promise<string>>();
  return {
    sign({ seq, hash, time }, typ = headType) {
      const payload = JSON.stringify({ iss, district: slug, seq, hash, time });
      const key = `${typ} ${payload}`;
      const kept =
        signed.get(key) ??
        new CompactSign(new TextEncoder().encode(payload))
          .setProtectedHeader({ alg: 'EdDSA', kid, typ })
          .sign(privateKey);
      signed.set(key, kept);
      return kept;
    },
    jwks: JSON.stringify({
      keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig', iss }],
    }),
  };
}
