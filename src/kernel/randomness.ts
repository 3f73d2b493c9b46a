import { randomBytes } from 'node:crypto';

/** Where every room gets chance from, so that a test can fix it. */
export interface Randomness {
  /** `count` unpredictable bytes. */
  bytes(count: number): Uint8Array;
}

/** The machine's cryptographic generator. */
export const systemRandomness: Randomness = { bytes: (count) => new Uint8Array(randomBytes(count)) };

/** `count` random bytes as base64url without padding. */
export function randomToken(randomness: Randomness, count = 32): string {
  return Buffer.from(randomness.bytes(count)).toString('base64url');
}

/** A random UUID of version 4 (RFC 9562, section 5.4). */
export function randomUuid(randomness: Randomness): string {
  const bytes = Buffer.from(randomness.bytes(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** `length` characters drawn evenly from `alphabet` (at most 256 characters), by rejection of the uneven tail. */
export function randomText(randomness: Randomness, alphabet: string, length: number): string {
  const limit = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomness.bytes(length)) {
      if (byte < limit && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}
