import { createHash } from 'node:crypto';
import { withAudit } from '../audit/index.js';
import { AppError, newId, randomToken, type Actor } from '../kernel/index.js';
import type { Artefact } from './artefact.js';
import { cleanName } from './clean-name.js';
import { encryptFile } from './file-cipher.js';
import { acceptedTypes, findMediaType, type EvidenceMediaType } from './media-type.js';
import { memberOf } from './member-of.js';
import type { EvidencePorts } from './ports.js';
import { stripMp4, stripPdf } from './strip-document.js';
import { stripImage } from './strip-image.js';

/** A file as it was sent. */
export interface Upload {
  readonly name: string;
  /** As declared by the sender; the content decides. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** The artefact, and whether the owner had sent the same content before: then it is that one. */
export interface Uploaded {
  readonly artefact: Artefact;
  readonly existing: boolean;
}

/**
 * Keeps a file as evidence, encrypted under a key of its own. Pictures are encoded anew without metadata. The same
 * content sent again by its owner is the artefact that there is: an upload whose answer was lost can be repeated.
 * @throws invalid-request when it is empty; unsupported-media-type; too-large; each naming `/file`.
 */
export async function uploadArtefact(ports: EvidencePorts, actor: Actor, upload: Upload): Promise<Uploaded> {
  const owner = memberOf(actor);
  if (upload.bytes.length === 0) {
    throw new AppError('invalid-request', 'The file is empty.', {
      errors: [{ pointer: '/file', detail: 'must not be empty' }],
    });
  }
  const mediaType = await findMediaType(upload.bytes, upload.mediaType, upload.name);
  const { maxBytes } = acceptedTypes[mediaType];
  if (upload.bytes.length > maxBytes) {
    const detail = `must have at most ${maxBytes} bytes for ${mediaType}; it has ${upload.bytes.length}`;
    throw new AppError('too-large', `The file ${detail}. Send a smaller or more compressed one.`, {
      errors: [{ pointer: '/file', detail }],
    });
  }
  const bytes = await withoutMetadata(upload.bytes, mediaType);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const before = await ports.store.artefactWith(actor.district, owner, sha256);
  if (before !== undefined) return { artefact: before, existing: true };

  const id = newId(ports.randomness, 'art');
  const key = ports.randomness.bytes(32);
  // 1. The encrypted bytes. Where the process ends after this, they lie under a key that nobody has.
  await ports.files.put(id, encryptFile(bytes, key));
  // 2. The artefact with its sealed key.
  const now = ports.clock.now();
  const artefact: Omit<Artefact, 'version'> = {
    id,
    district: actor.district,
    owner,
    name: cleanName(upload.name, mediaType),
    mediaType,
    size: bytes.length,
    sha256,
    salt: randomToken(ports.randomness, 16),
    sealedKey: ports.keys.seal(key),
    createdAt: now,
    erasedAt: null,
    effectDue: null,
    pendingEntries: [],
    auditDue: null,
  };
  const entry = {
    actor,
    verb: 'uploaded',
    collection: 'artefacts',
    facts: { mediaType, size: bytes.length },
  };
  return { artefact: await ports.store.artefacts.insert(withAudit(artefact, entry, now)), existing: false };
}

async function withoutMetadata(bytes: Uint8Array, mediaType: EvidenceMediaType): Promise<Uint8Array> {
  switch (mediaType) {
    case 'image/png':
    case 'image/jpeg':
    case 'image/webp':
      return stripImage(bytes, mediaType);
    case 'application/pdf':
      return stripPdf(bytes);
    case 'video/mp4':
      return stripMp4(bytes);
    default:
      return bytes;
  }
}
