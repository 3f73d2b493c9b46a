/** What a key signs with, by its JOSE name; `Ed25519` is called `EdDSA` in JWT headers. */
export type KeyAlgorithm = 'Ed25519' | 'RS256' | 'ES256' | 'ES384';

/** A public key as JWK (RFC 7517), with only the members that make the key. */
export type PublicJwk =
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }
  | { readonly kty: 'EC'; readonly crv: 'P-256' | 'P-384'; readonly x: string; readonly y: string };

/**
 * Something that signs for one verification method. The private key need not be reachable: a PKCS#11 token
 * or a cloud key service can stand behind `sign`.
 */
export interface Signer {
  /** The absolute id of the verification method, `did:web:…#proof-2026-1`. */
  readonly verificationMethod: string;
  /** The DID that controls it, the `issuer` of what it signs. */
  readonly controller: string;
  readonly algorithm: KeyAlgorithm;
  readonly publicJwk: PublicJwk;
  /** The signature over `bytes`: raw 64 bytes for Ed25519 and ES256 (R || S), 96 for ES384, PKCS#1 v1.5 with SHA-256 for RS256. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}
