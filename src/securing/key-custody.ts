import type { KeyObject } from 'node:crypto';
import type { KeyAlgorithm, PublicJwk } from './signer.js';

/** A key as its custody keeps it. The private half is only in `sealed`, or behind what `sealed` names. */
export interface KeptKey {
  readonly algorithm: KeyAlgorithm;
  readonly publicJwk: PublicJwk;
  /** What the custody needs to find or open the private half: ciphertext, or the name of an object in a token. */
  readonly sealed: string;
}

/**
 * Keeps signing keys, and secrets at rest. Nobody outside sees a private key: it is made, taken and used here, so that
 * a file under a secret or a token that never gives a key away can stand behind it.
 */
export interface KeyCustody {
  /** Secrets at rest, the keys of evidence files for instance: what it seals, only it can open. */
  seal(plain: Uint8Array): string;
  /** @throws unavailable when `sealed` was sealed under another secret or has been changed. */
  open(sealed: string): Uint8Array;
  /** Makes a key pair. `label` is what the people who look after a token read beside it. @throws unavailable */
  makeKey(algorithm: KeyAlgorithm, label: string): Promise<KeptKey>;
  /** Takes a private key that was made elsewhere. @throws unavailable */
  takeKey(key: Omit<KeptKey, 'sealed'> & { readonly privateKey: KeyObject }, label: string): Promise<KeptKey>;
  /**
   * The signature of `bytes`, in the form that `Signer` asks for.
   * @throws unavailable when the private half cannot be opened or found, or is not that of `publicJwk`.
   */
  sign(key: KeptKey, bytes: Uint8Array): Promise<Uint8Array>;
  /** Destroys the private half of a key that was made and then not kept; a compromised one stays, unused. */
  dropKey(key: KeptKey): Promise<void>;
  /** Lets go of what is held open. */
  close(): Promise<void>;
}
