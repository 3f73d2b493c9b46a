import { crc32, gunzipSync, gzipSync } from 'node:zlib';
import { AppError } from '../kernel/index.js';

/** The fewest entries a list may have (Bitstring Status List 1.0, section 3.1): a herd to hide in. */
export const minimumEntries = 131_072;

/** The most bytes that a foreign list may unpack to: 2 MiB, or 16 million entries. */
const maximumBytes = 2 * 1024 * 1024;

/** `encodedList`: multibase base64url of the gzipped bits (Bitstring Status List 1.0, section 3.3). */
export function encodeList(bits: Uint8Array): string {
  return `u${gzipSync(bits, { level: 9 }).toString('base64url')}`;
}

/** How an `encodedList` is to be read. */
export interface ListForm {
  /** StatusList2021: without the leading `u`, in either base64 alphabet. */
  readonly legacy?: boolean;
  /** Bits for each entry (`statusSize`); 1 unless told. */
  readonly size?: number;
}

/**
 * The bits of an `encodedList`.
 * @throws rule-violated when it is malformed, unpacks to more than 2 MiB, or has fewer than 131,072 entries.
 */
export function decodeList(encodedList: unknown, { legacy = false, size = 1 }: ListForm = {}): Uint8Array {
  const text = typeof encodedList === 'string' ? encodedList : '';
  const body = text.startsWith('u') ? text.slice(1) : legacy ? text : '';
  if (!(legacy ? /^[A-Za-z0-9_+/-]+={0,2}$/ : /^[A-Za-z0-9_-]+$/).test(body)) {
    throw new AppError(
      'rule-violated',
      'The encodedList of the status list is not multibase base64url (u and then the list).',
    );
  }
  const compressed = Buffer.from(body, 'base64url');
  let bits: Uint8Array;
  try {
    bits = new Uint8Array(gunzipSync(compressed, { maxOutputLength: maximumBytes }));
  } catch (cause) {
    const tooLarge = (cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new AppError(
      'rule-violated',
      tooLarge
        ? 'The status list unpacks to more than 2 MiB.'
        : 'The encodedList of the status list is not gzip.',
      { cause },
    );
  }
  if (!isOneMember(compressed, bits)) {
    throw new AppError('rule-violated', 'The status list is not one gzip member with nothing after it.');
  }
  if (bits.length * 8 < minimumEntries * size) {
    throw new AppError(
      'rule-violated',
      `The status list has ${Math.floor((bits.length * 8) / size)} entries; it must have at least ${minimumEntries}.`,
    );
  }
  return bits;
}

/**
 * Whether these bytes are one gzip member and no more: its trailer (RFC 1952, section 2.3.1) then stands at the very
 * end and is that of everything unpacked. What follows one is read by some and overlooked by others.
 */
function isOneMember(compressed: Buffer, unpacked: Uint8Array): boolean {
  const trailer = compressed.subarray(-8);
  return trailer.readUInt32LE(4) === unpacked.length && trailer.readUInt32LE(0) === crc32(unpacked);
}

/**
 * Whether the entry at `index` is set; index 0 is the left-most bit (section 3.1).
 * @throws rule-violated when the index is not a whole number within the list.
 */
export function bitAt(bits: Uint8Array, index: number): boolean {
  return ((bits[byteOf(bits, index)]! >> (7 - (index % 8))) & 1) === 1;
}

/** A copy of the bits with the entry at `index` set or cleared. */
export function withBit(bits: Uint8Array, index: number, value: boolean): Uint8Array {
  const changed = Uint8Array.from(bits);
  const mask = 1 << (7 - (index % 8));
  const byte = byteOf(bits, index);
  changed[byte] = value ? changed[byte]! | mask : changed[byte]! & ~mask;
  return changed;
}

/** `bitAt` for a verifier that reads one entry: decodes the list first. */
export function isBitSet(encodedList: unknown, index: number): boolean {
  return entryAt(encodedList, index) === 1;
}

/**
 * The value of the entry at `index`, `size` bits from position `index` times `size` (section 3.2), the first bit
 * the most significant.
 * @throws rule-violated for a malformed list or an index that is not in it.
 */
export function entryAt(encodedList: unknown, index: number, form: ListForm = {}): number {
  const { size = 1 } = form;
  const bits = decodeList(encodedList, form);
  let value = 0;
  for (let bit = 0; bit < size; bit += 1) value = value * 2 + Number(bitAt(bits, index * size + bit));
  return value;
}

function byteOf(bits: Uint8Array, index: number): number {
  if (!Number.isSafeInteger(index) || index < 0 || index >= bits.length * 8) {
    throw new AppError(
      'rule-violated',
      `The status index ${index} is not in the list, whose entries are 0 to ${bits.length * 8 - 1}.`,
    );
  }
  return Math.floor(index / 8);
}
