import { crc32 } from 'node:zlib';
import { AppError } from '../kernel/index.js';

/** The iTXt keyword under which a PNG carries its credential (Open Badges 3.0, section 5.3.1.1). */
export const pngKeyword = 'openbadgecredential';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const textChunks: ReadonlySet<string> = new Set(['iTXt', 'tEXt', 'zTXt']);
const keywordField = Buffer.from(`${pngKeyword}\0`, 'latin1');

/**
 * The PNG with the credential baked in: one uncompressed UTF-8 iTXt right after IHDR; text chunks of that keyword
 * from an earlier baking are left out, every other chunk stays byte for byte.
 * Open Badges 3.0, section 5.3.1.1; chunk layout from the PNG specification, sections 5.3 and 11.3.3.4.
 * @param credential the JSON text or compact JWT; it is stored exactly as given.
 * @throws AppError `invalid-request` when the image is not a sound PNG, or the text holds NUL or half a surrogate pair.
 */
export function bakePng(image: Uint8Array, credential: string): Uint8Array {
  const text = exactUtf8(credential);
  const bytes = Buffer.from(image.buffer, image.byteOffset, image.byteLength);
  const kept: Buffer[] = [signature];
  chunks(bytes).forEach(({ type, whole, data }, position) => {
    if (textChunks.has(type) && data.subarray(0, keywordField.length).equals(keywordField)) return;
    kept.push(whole);
    if (position === 0)
      kept.push(chunk('iTXt', Buffer.concat([keywordField, Buffer.from([0, 0, 0, 0]), text])));
  });
  return Buffer.concat(kept);
}

/** A PNG chunk: length, type, data and their CRC. */
export function chunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.alloc(12 + data.length);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, 'latin1');
  whole.set(data, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
  return whole;
}

/** A whole PNG of these chunks. */
export function png(...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([signature, ...parts, chunk('IEND', new Uint8Array())]);
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  readonly whole: Buffer;
}

/** The chunks from IHDR to IEND, each with its CRC checked; what follows IEND is no part of the image. */
function chunks(bytes: Buffer): Chunk[] {
  if (!bytes.subarray(0, 8).equals(signature)) {
    throw malformed('it does not begin with the PNG signature');
  }
  const found: Chunk[] = [];
  for (let at = 8; ;) {
    if (at + 12 > bytes.length)
      throw malformed('it ends before its IEND chunk; the file may have been cut short');
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (!/^[A-Za-z]{4}$/.test(type)) throw malformed(`at byte ${at} there is no chunk type`);
    const end = at + 12 + length;
    if (end > bytes.length)
      throw malformed(`its ${type} chunk runs past the end; the file may have been cut short`);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) {
      throw malformed(`the checksum of its ${type} chunk is wrong`);
    }
    if ((found.length === 0) !== (type === 'IHDR') || (type === 'IHDR' && length !== 13)) {
      throw malformed('it must begin with exactly one IHDR chunk of 13 bytes');
    }
    found.push({ type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) });
    if (type === 'IEND') return found;
    at = end;
  }
}

function exactUtf8(credential: string): Buffer {
  const text = Buffer.from(credential, 'utf8');
  if (credential.includes('\0') || text.toString('utf8') !== credential) {
    throw new AppError(
      'invalid-request',
      'The credential cannot be baked into a PNG: its text holds a NUL character or half of a surrogate pair. Give the JSON or JWT text as it was issued.',
    );
  }
  return text;
}

function malformed(reason: string): AppError {
  return new AppError(
    'invalid-request',
    `The image is not a sound PNG: ${reason}. Save it again as PNG and try once more.`,
  );
}
