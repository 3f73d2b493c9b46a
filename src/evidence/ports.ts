import type { Actor, BasePorts } from '../kernel/index.js';
import type { Artefact } from './artefact.js';
import type { ByteRange } from './file-cipher.js';
import type { EvidenceStore } from './store.js';

/** Where encrypted bytes lie: a disk, an object store. It sees no key and no plain byte. */
export interface FileStore {
  /** Keeps the bytes under this id, whole or not at all; on the medium when it resolves. Replaces what was there. */
  put(id: string, bytes: Uint8Array): Promise<void>;
  /** The bytes, or those of a range (both ends inclusive); undefined when there is no such file. */
  get(id: string, range?: ByteRange): Promise<Uint8Array | undefined>;
  /** Removes the file; no error when there is none. */
  remove(id: string): Promise<void>;
}

/** Keeps file keys at rest: what it seals, only it can open. */
export interface KeySealer {
  seal(key: Uint8Array): string;
  /** @throws unavailable when it was sealed under another secret or has been changed. */
  open(sealed: string): Uint8Array;
}

/** What the use cases of evidence need. */
export interface EvidencePorts extends BasePorts {
  readonly store: EvidenceStore;
  readonly files: FileStore;
  readonly keys: KeySealer;
  /**
   * Whether somebody other than the owner may open this artefact for review now: asked of `review/`, which knows who is
   * assigned to what. Consent is judged here, not there.
   */
  readonly mayReview: (reader: Actor, artefact: Artefact) => Promise<boolean>;
}
