import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * How a file lies on the disk: AES-256-GCM over pieces of 64 KiB, each with its own tag, so that a range can be read
 * and no piece be changed, moved or cut off unseen (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár,
 * 2015). The key is used for one file only, so a piece's number serves as its nonce; the last piece is marked.
 */
const pieceBytes = 64 * 1024;
const tagBytes = 16;

/** A part of a file: from byte `start` to byte `end`, both inclusive, as in HTTP. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Encrypts a whole file under its own key of 32 bytes. */
export function encryptFile(plain: Uint8Array, key: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  const count = pieceCount(plain.length);
  for (let piece = 0; piece < count; piece += 1) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(piece, piece === count - 1));
    pieces.push(
      cipher.update(plain.subarray(piece * pieceBytes, (piece + 1) * pieceBytes)),
      cipher.final(),
      cipher.getAuthTag(),
    );
  }
  return Buffer.concat(pieces);
}

/** Which bytes of the encrypted file hold this range of the plain one, whose size is `size`. */
export function encryptedRange(range: ByteRange, size: number): ByteRange {
  const stride = pieceBytes + tagBytes;
  const last = Math.floor(range.end / pieceBytes);
  const total = size + pieceCount(size) * tagBytes;
  return {
    start: Math.floor(range.start / pieceBytes) * stride,
    end: Math.min((last + 1) * stride, total) - 1,
  };
}

/**
 * The plain bytes of `range`, from the encrypted bytes that `encryptedRange` named.
 * @throws Error when they are not what was encrypted under this key at this place.
 */
export function decryptRange(
  encrypted: Uint8Array,
  key: Uint8Array,
  range: ByteRange,
  size: number,
): Uint8Array {
  const stride = pieceBytes + tagBytes;
  const first = Math.floor(range.start / pieceBytes);
  const last = Math.floor(range.end / pieceBytes);
  const count = pieceCount(size);
  const plain: Uint8Array[] = [];
  for (let piece = first; piece <= last; piece += 1) {
    const bytes = encrypted.subarray((piece - first) * stride, (piece - first + 1) * stride);
    if (bytes.length < tagBytes) throw new Error('a kept file is shorter than it was written');
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(piece, piece === count - 1), {
      authTagLength: tagBytes,
    });
    decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
    plain.push(decipher.update(bytes.subarray(0, bytes.length - tagBytes)), decipher.final());
  }
  const offset = first * pieceBytes;
  return Buffer.concat(plain).subarray(range.start - offset, range.end - offset + 1);
}

function pieceCount(size: number): number {
  return Math.max(1, Math.ceil(size / pieceBytes));
}

function nonce(piece: number, last: boolean): Uint8Array {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(piece, 4);
  bytes[11] = last ? 1 : 0;
  return bytes;
}
