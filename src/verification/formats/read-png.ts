import { crc32 } from 'node:zlib';
import { inflaterOf, theOnly, type CarriedText } from './carried-text.js';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const keyword = 'openbadgecredential';
/** What Open Badges 2.0 baked under: an assertion without a signature of this kind. */
const olderKeyword = 'openbadges';

export function isPng(bytes: Uint8Array): boolean {
  return signature.equals(bytes.subarray(0, 8));
}

/**
 * The credential baked in a PNG (Open Badges 3.0, section 5.3.1): the text of the `iTXt` chunk with the keyword
 * `openbadgecredential`. All chunks are read and their checksums compared; a compressed text is read though the
 * specification forbids it, up to 2 MiB in all. Two different credentials, or one in another kind of text chunk, are refused.
 */
export function readPng(bytes: Uint8Array): CarriedText {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts: string[] = [];
  const inflate = inflaterOf();
  let older = false;
  let at = 8;
  let ended = false;
  while (!ended && at + 12 <= file.length) {
    const length = file.readUInt32BE(at);
    const next = at + 12 + length;
    if (next > file.length) return unreadable('a chunk is longer than the file');
    const kind = file.toString('latin1', at + 4, at + 8);
    const data = file.subarray(at + 8, at + 8 + length);
    if (kind === 'iTXt' || kind === 'tEXt' || kind === 'zTXt') {
      if (crc32(file.subarray(at + 4, at + 8 + length)) !== file.readUInt32BE(at + 8 + length)) {
        return unreadable('the checksum of a text chunk is wrong');
      }
      const name = data.toString('latin1', 0, Math.max(0, data.indexOf(0)));
      if (name === olderKeyword) older = true;
      if (name === keyword) {
        if (kind !== 'iTXt')
          return unreadable(`the credential is in a ${kind} chunk, where only iTXt can hold it`);
        const text = internationalText(data.subarray(keyword.length + 1), inflate);
        if (typeof text !== 'string') return text;
        texts.push(text);
      }
    }
    ended = kind === 'IEND';
    at = next;
  }
  if (texts.length === 0 && older) {
    return {
      ok: false,
      kind: 'older-version',
      reason: 'The image carries a badge of Open Badges 2.0 or older, which this verifier does not check.',
    };
  }
  return theOnly(texts, 'image');
}

/** The text of an iTXt chunk after its keyword (PNG third edition, section 11.3.3.4). */
function internationalText(data: Buffer, inflate: ReturnType<typeof inflaterOf>): string | CarriedText {
  const compressed = data[0] === 1;
  const languageEnd = data.indexOf(0, 2);
  const translatedEnd = languageEnd === -1 ? -1 : data.indexOf(0, languageEnd + 1);
  if (translatedEnd === -1) return unreadable('its text chunk is cut short');
  const text = data.subarray(translatedEnd + 1);
  const plain = compressed ? inflate(text) : text;
  if (plain === undefined) return unreadable('its compressed text cannot be inflated');
  return plain === 'too-large'
    ? { ok: false, kind: 'too-large', reason: 'The text in the image inflates to more than 2 MiB.' }
    : plain.toString('utf8');
}

function unreadable(why: string): CarriedText {
  return { ok: false, kind: 'unreadable', reason: `The image could not be read: ${why}.` };
}
